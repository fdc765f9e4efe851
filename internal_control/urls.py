from django.urls import path

from internal_control import views

app_name = "internal_control"

urlpatterns = [
    path("plan/<int:pk>/", views.plan_detail, name="plan_detail"),
]
