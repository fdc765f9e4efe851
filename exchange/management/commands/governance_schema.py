from typing import Any

from django.core.management.base import BaseCommand

from exchange.schema import schema_text


class Command(BaseCommand):
    help = "Skriver styrfilens JSON Schema (docs/governance-file.schema.json)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(schema_text(), ending="")
