"""Asked inside the server's own environment: where each page of the demo lies."""

from governance.models import Organisation
from tests.pages import ENTRIES, address


def addresses() -> dict[str, str]:
    organisation = Organisation.objects.get()
    return {name: address(name, organisation) for name, entry in ENTRIES.items() if entry.html}
