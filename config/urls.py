from django.urls import include, path

urlpatterns = [
    path("", include("desk.urls")),
    path("konto/", include("governance.urls")),
    path("dokument/", include("documents.urls")),
    path("rapporteringar/", include("rounds.urls")),
    path("mal/", include("targets.urls")),
    path("internkontroll/", include("internal_control.urls")),
    path("ekonomi/", include("economy.urls")),
    path("underlag/", include("reports.urls")),
    path("dialoger/", include("dialogues.urls")),
]
