from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from exchange.demo.actions import NotEmpty, load_demo
from exchange.governance_file.actions import BrokenFile, rows_written


class Command(BaseCommand):
    help = "Läser in demon i en tom databas och skapar demokonton."

    def handle(self, *args: Any, **options: Any) -> None:
        files = sorted((Path(settings.BASE_DIR) / "demo").glob("*.yaml"))
        try:
            loaded = load_demo(files)
        except NotEmpty as refusal:
            raise CommandError(refusal.message) from None
        except BrokenFile as broken:
            for problem in broken.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"Inget lästes in: {len(broken.problems)} fel.") from None
        self.stdout.write(f"Demon är inläst. {rows_written(loaded)}")
        call_command("demo_accounts", stdout=self.stdout)
