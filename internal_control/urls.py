from django.urls import URLPattern

app_name = "internal_control"

urlpatterns: list[URLPattern] = []
