from django.urls import path

from rounds import views

app_name = "rounds"

urlpatterns = [
    path("", views.round_list, name="round_list"),
    path("ny/", views.round_create, name="round_create"),
    path("<int:pk>/", views.round_detail, name="round_detail"),
    path("<int:pk>/andra/", views.round_edit, name="round_edit"),
    path("<int:pk>/las/", views.round_lock, name="round_lock"),
    path("<int:pk>/paminn/", views.round_remind, name="round_remind"),
    path("paminnelser/<int:pk>/igen/", views.reminder_retry, name="reminder_retry"),
    path("lage/<int:pk>/", views.round_state, name="round_state"),
    path("lage/<int:pk>/lamna-in/", views.hand_in, name="hand_in"),
    path("lage/<int:pk>/andra/", views.round_change, name="round_change"),
]
