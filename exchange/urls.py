from django.urls import path

from exchange.entry_workbook import views

app_name = "exchange"

urlpatterns = [
    path("utfall/<int:pk>/excel/", views.grid_export, name="grid_export"),
    path("utfall/<int:pk>/", views.grid_import, name="grid_import"),
]
