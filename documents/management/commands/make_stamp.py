from typing import Any

from django.core.management.base import BaseCommand

from documents.stamping import make_stamp, stamp_exists


class Command(BaseCommand):
    help = "Skapar stämpelns certifikat (Uppsikt teststämpel) om det saknas."

    def handle(self, *args: Any, **options: Any) -> None:
        if stamp_exists():
            self.stdout.write("Stämpelns certifikat finns redan.")
            return
        make_stamp()
        self.stdout.write("Stämpelns certifikat är skapat: Uppsikt teststämpel.")
