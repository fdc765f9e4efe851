from django.urls import path

from economy import views

app_name = "economy"

urlpatterns = [
    path("<int:pk>/", views.overview, name="overview"),
    path("rapportera/<int:pk>/", views.entry_grid, name="entry_grid"),
    path("rapportera/<int:pk>/excel/", views.grid_import, name="grid_import"),
    path("rapportera/<int:pk>/excel/hamta/", views.grid_export, name="grid_export"),
]
