from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Organisation och roller"

    def ready(self) -> None:
        import governance.checks  # noqa: F401, PLC0415 -- registers the system check
