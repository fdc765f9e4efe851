from django.urls import path

from desk import views

app_name = "desk"

urlpatterns = [
    path("", views.todo, name="todo"),
    path("handelser/", views.event_list, name="event_list"),
    path("handelser/lasta/", views.events_read, name="events_read"),
    path("handelser/<int:pk>/", views.event_open, name="event_open"),
    path("rapportera/", views.reporting, name="reporting"),
    path("namndoversikt/", views.overview, name="overview"),
    path("namndoversikt/excel/", views.overview_workbook, name="overview_workbook"),
    path(
        "namndoversikt/<int:period_id>/<int:body_id>/",
        views.overview_committee,
        name="overview_committee",
    ),
    path(
        "namndoversikt/<int:period_id>/<int:body_id>/<int:indicator_id>/",
        views.overview_figure,
        name="overview_figure",
    ),
    path("trad/<int:pk>/", views.thread, name="thread"),
]
