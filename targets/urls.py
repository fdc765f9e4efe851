from django.urls import path

from targets import views

app_name = "targets"

urlpatterns = [
    path("rapportera/<int:pk>/", views.entry_grid, name="entry_grid"),
    path("rapportera/<int:pk>/lamna-in/", views.round_submit, name="round_submit"),
    path("plan/<int:pk>/", views.plan_detail, name="plan_detail"),
    path("utfall/<int:pk>/historik/", views.indicator_history, name="indicator_history"),
]
