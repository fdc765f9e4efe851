from django.urls import path

from internal_control import views
from internal_control.grids import ResultGrid
from rounds.grids import grid_paths

app_name = "internal_control"

urlpatterns = [
    path("plan/<int:pk>/", views.plan_detail, name="plan_detail"),
    *grid_paths(ResultGrid),
]
