from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.queries import document
from documents.tasks import ring
from exchange.demo.walk import walk
from governance.rules import Refusal


class Command(BaseCommand):
    help = "Går hela vandringen i demon, från utfall till exporterad paragraf; kräver en arbetare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, required=True, metavar="KATALOG")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["output"])
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for paper in walk(lambda pk: ring(document(pk))):
                (folder / paper.filename).write_bytes(paper.data)
                self.stdout.write(f"{paper.filename}: {len(paper.data)} byte")
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
