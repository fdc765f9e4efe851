from django.urls import path

from targets.views import entry, indicators, plans

app_name = "targets"

urlpatterns = [
    path("rapportera/<int:pk>/", entry.entry_grid, name="entry_grid"),
    path("rapportera/<int:pk>/lamna-in/", entry.round_submit, name="round_submit"),
    path("plan/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("utfall/<int:pk>/historik/", indicators.indicator_history, name="indicator_history"),
]
