from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exchange.governance_file.schema import place_table, schema_text


class Command(BaseCommand):
    help = "Skriver styrfilens JSON Schema (docs/governance-file.schema.json)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--table", action="store_true", help="tabellen i docs/governance-file.md i stället"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(place_table() if options["table"] else schema_text(), ending="")
