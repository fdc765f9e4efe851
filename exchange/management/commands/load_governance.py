from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.governance_file.actions import BrokenFile, load, rows_written


class Command(BaseCommand):
    help = "Läser in styrfiler: allt eller inget, och bara det som skiljer sig."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
        parser.add_argument("--check", action="store_true", help="kontrollera utan att skriva")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["files"], write=not options["check"])
        except BrokenFile as broken:
            for problem in broken.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"Inget lästes in: {len(broken.problems)} fel.") from None
        for line in (*loaded.readings, *loaded.updated):
            self.stdout.write(line)
        if options["check"]:
            self.stdout.write("Filen är hel. Inget skrevs. Vid inläsning:")
        self.stdout.write(rows_written(loaded))
