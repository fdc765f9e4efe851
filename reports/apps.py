from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporter och dialogunderlag"

    def ready(self) -> None:
        from documents.permissions import register_owner  # noqa: PLC0415 -- models must be loaded
        from reports.permissions import may_read_document  # noqa: PLC0415 -- the same

        register_owner(may_read_document)
