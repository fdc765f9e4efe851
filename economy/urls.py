from django.urls import path

from economy import views
from economy.grids import AmountGrid
from rounds.grids import grid_paths

app_name = "economy"

urlpatterns = [
    path("<int:pk>/", views.overview, name="overview"),
    *grid_paths(AmountGrid),
]
