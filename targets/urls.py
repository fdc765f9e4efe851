from django.urls import path

from rounds.grids import grid_paths
from targets.assessments.views import assessments
from targets.indicators.views import indicators
from targets.outcomes.grids import OutcomeGrid
from targets.outcomes.views import outcomes
from targets.plans.views import planning, plans

app_name = "targets"

urlpatterns = [
    *grid_paths(OutcomeGrid),
    path("plan/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plan/<int:pk>/redigera/", plans.plan_edit, name="plan_edit"),
    path("plan/<int:pk>/flytta/", plans.plan_move, name="plan_move"),
    path("plan/<int:pk>/ta-bort/", plans.plan_remove, name="plan_remove"),
    path("plan/<int:pk>/nasta-ar/", plans.plan_open_next, name="plan_open_next"),
    path("plan/<int:pk>/fokusomraden/nytt/", planning.plan_area_add, name="plan_area_add"),
    path("fokusomrade/<int:pk>/", planning.plan_area_edit, name="plan_area_edit"),
    path("plan/<int:pk>/nytt/", planning.goal_add, name="goal_add"),
    path("plan/<int:pk>/indikator/", planning.plan_indicator_add, name="plan_indicator_add"),
    path("plan/<int:pk>/aktivitet/ny/", planning.activity_add, name="activity_add"),
    path("<int:pk>/", assessments.goal_detail, name="goal_detail"),
    path("<int:pk>/redigera/", planning.goal_edit, name="goal_edit"),
    path("<int:pk>/historik/", assessments.goal_history, name="goal_history"),
    path(
        "<int:pk>/status/<int:period_pk>/",
        assessments.assignment_report,
        name="assignment_report",
    ),
    path("<int:pk>/bedomning/<int:period_pk>/", assessments.goal_judge, name="goal_judge"),
    path("aktivitet/<int:pk>/", assessments.activity_detail, name="activity_detail"),
    path("aktivitet/<int:pk>/redigera/", planning.activity_edit, name="activity_edit"),
    path("aktivitet/<int:pk>/historik/", assessments.activity_history, name="activity_history"),
    path(
        "aktivitet/<int:pk>/status/<int:period_pk>/",
        assessments.activity_report,
        name="activity_report",
    ),
    path("rapportera/<int:pk>/rad/<str:row>/", outcomes.outcome_row, name="outcome_row"),
    path("rapportera/<int:pk>/rad/<str:row>/underlag/", outcomes.evidence_add, name="evidence_add"),
    path("utfall/<int:pk>/", outcomes.outcome_detail, name="outcome_detail"),
    path("utfall/<int:pk>/aterstall/", outcomes.outcome_restore, name="outcome_restore"),
    path("utfall/underlag/<int:pk>/", outcomes.evidence_download, name="evidence_download"),
    path("utfall/underlag/<int:pk>/ta-bort/", outcomes.evidence_remove, name="evidence_remove"),
    path("indikatorer/", indicators.indicator_index, name="indicator_index"),
    path("indikatorer/namnd/<int:pk>/", indicators.indicator_list, name="indicator_list"),
    path("indikatorer/namnd/<int:pk>/ny/", indicators.indicator_add, name="indicator_add"),
    path("indikatorer/<int:pk>/", indicators.indicator_detail, name="indicator_detail"),
    path("indikatorer/<int:pk>/redigera/", indicators.indicator_edit, name="indicator_edit"),
    path("indikatorer/<int:pk>/definition/", indicators.definition_add, name="definition_add"),
    path("indikatorer/<int:pk>/kategorier/", indicators.category_edit, name="category_edit"),
    path("indikatorer/malvarde/<int:pk>/", indicators.target_edit, name="target_edit"),
    path("indikatorer/malvarde/<int:pk>/tolkning/", indicators.target_echo, name="target_echo"),
]
