from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = "Organisation och roller"

    def ready(self) -> None:
        """First of our apps: every model stands by now, no other app has been asked anything."""
        import governance.checks  # noqa: F401, PLC0415 -- registers the system check
        from governance.declarations import load  # noqa: PLC0415 -- models must be loaded first

        load()
