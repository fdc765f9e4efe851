"""The demo in an empty database: its files and its accounts."""

from collections.abc import Sequence
from pathlib import Path as FilePath

from django.contrib.auth.hashers import make_password
from django.db import transaction

from exchange.governance_file.actions import Loaded, load
from governance import writing
from governance.models import Organisation, Person, User
from governance.queries import DEMO_PASSWORD
from governance.rules import Refusal


class NotEmpty(Refusal):
    """The demo is loaded into an empty database only."""


# Per organisation: one account per role, and whose it is; the persons stand in the demo files.
DEMO_ACCOUNTS = {
    "region-halland": {
        "controller": "karin-lundqvist",
        "forvaltningschef": "johan-ekstrom",
        "ordforande": "eva-sandell",
        "lasare": "oskar-lindh",
        "handlaggare": "sofia-nyberg",
        "regiondirektor": "lars-wikander",
        "ekonomidirektor": "petra-holmdahl",
        "sekreterare": "maria-tornblad",
        "au-ordforande": "birgitta-almgren",
        "justerare": "anders-fjellstrom",
        "ledamot": "nils-hagberg",
        "registrator": "gunilla-palmer",
        "systemadministrator": "tomas-bergdahl",
        "sjukhus-controller": "camilla-ostergard",
        "regionkontor-controller": "viktor-alden",
    },
    "region-orebro": {
        "orebro-controller": "mikaela-brandt",
        "orebro-forvaltningschef": "stefan-rudling",
        "orebro-ordforande": "agneta-wallsten",
        "orebro-lasare": "peter-kihlberg",
        "orebro-handlaggare": "ida-norell",
        "orebro-ledamot": "rolf-enmark",
    },
}


ADMINISTRATOR = "systemadministrator"


@transaction.atomic
def load_demo(files: Sequence[FilePath]) -> Loaded:
    """Load the demo and make its accounts. Raises NotEmpty when an organisation stands already."""
    if Organisation.objects.exists():
        raise NotEmpty("Demon läses bara in i en tom databas. Töm den med make reset.")
    loaded = load(files)
    password = make_password(DEMO_PASSWORD)  # slow on purpose; once is enough for a printed one
    for organisation, accounts in DEMO_ACCOUNTS.items():
        for username, key in accounts.items():
            person = Person.objects.get(organisation__key=organisation, key=key)
            account = User(
                username=username,
                password=password,
                person=person,
                is_demo=True,
                is_system_administrator=username == ADMINISTRATOR,
            )
            writing.add(account, by=None, about=person, told={"": ("", "konto skapat")})
    return loaded
