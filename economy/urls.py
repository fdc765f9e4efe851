from django.urls import path

from economy import views

app_name = "economy"

urlpatterns = [
    path("<int:pk>/", views.overview, name="overview"),
]
