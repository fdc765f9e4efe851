from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.governance_file.queries import dump
from governance.models import Organisation


class Command(BaseCommand):
    help = "Skriver styrfilen för en organisation, eller för alla."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", nargs="?", help="organisationens nyckel")

    def handle(self, *args: Any, **options: Any) -> None:
        key = options["organisation"]
        if key and not Organisation.objects.filter(key=key).exists():
            known = ", ".join(Organisation.objects.order_by("key").values_list("key", flat=True))
            raise CommandError(f"Organisationen {key} finns inte. Det finns: {known or 'ingen'}.")
        self.stdout.write(dump([key] if key else None), ending="")
