from django.urls import path

from targets.views import entry, indicators, plans, rounds

app_name = "targets"

urlpatterns = [
    path("rapportera/<int:pk>/", entry.entry_grid, name="entry_grid"),
    path("rapportera/<int:pk>/lamna-in/", entry.round_submit, name="round_submit"),
    path("plan/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("utfall/<int:pk>/historik/", indicators.indicator_history, name="indicator_history"),
    path("omgangar/", rounds.round_list, name="round_list"),
    path("omgangar/ny/", rounds.round_create, name="round_create"),
    path("omgangar/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("omgangar/<int:pk>/andra/", rounds.round_edit, name="round_edit"),
    path("omgangar/<int:pk>/las/", rounds.round_lock, name="round_lock"),
    path("omgangar/<int:pk>/paminn/", rounds.round_remind, name="round_remind"),
    path("paminnelser/<int:pk>/igen/", rounds.reminder_retry, name="reminder_retry"),
    path("lage/<int:pk>/", rounds.round_state, name="round_state"),
    path("lage/<int:pk>/andra/", rounds.round_change, name="round_change"),
]
