from django.urls import path

from desk import views

app_name = "desk"

urlpatterns = [
    path("", views.todo, name="todo"),
    path("rapportera/", views.reporting, name="reporting"),
    path("trad/<int:pk>/", views.thread, name="thread"),
]
