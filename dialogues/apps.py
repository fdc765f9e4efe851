from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "dialogues"
    verbose_name = "Dialoger och protokoll"

    def ready(self) -> None:
        import dialogues.permissions  # noqa: PLC0415 -- models must be loaded first
        import documents.permissions  # noqa: PLC0415 -- the same
        import reports.permissions  # noqa: PLC0415 -- the same

        reports.permissions.register_reader(dialogues.permissions.reads_pack)
        documents.permissions.register_owner(dialogues.permissions.reads_document)
