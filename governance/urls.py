from django.urls import path

from governance import views

app_name = "governance"

urlpatterns = [
    path("logga-in/", views.login, name="login"),
    path("logga-ut/", views.logout, name="logout"),
    path("session/", views.session, name="session"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("sekretess/", views.secrecy_list, name="secrecy_list"),
    path("sekretess/markera/<str:row>/", views.secrecy_mark, name="secrecy_mark"),
    path("sekretess/<int:pk>/", views.secrecy_detail, name="secrecy_detail"),
    path("sekretess/<int:pk>/hav/", views.secrecy_lift, name="secrecy_lift"),
    path("sekretess/<int:pk>/las/", views.secrecy_read, name="secrecy_read"),
    path("halsa/", views.health, name="health"),
]
