"""Asked inside the server's own environment: where each page of the demo lies."""

import dialogues.actions
from documents.tasks import ring
from governance.models import Organisation, User
from tests import world
from tests.pages import ENTRIES, address
from tests.world import World


def addresses() -> dict[str, str]:
    organisation = Organisation.objects.get(key="region-halland")
    return {name: address(name, organisation) for name, entry in ENTRIES.items() if entry.html}


def sent_for_verification() -> int:
    """Proposal approved and sent, § written and sent for verification; the worker prints it."""
    accounts = {user.username: user for user in User.objects.select_related("person")}
    here = World(organisation=Organisation.objects.get(key="region-halland"), users=accounts)
    world.send_proposal(here)
    paragraph = world.write_paragraph(here)
    verification = dialogues.actions.send_for_verification(
        meeting=paragraph.meeting, paragraphs=[paragraph], by=accounts["sekreterare"]
    )
    ring(verification.document)
    return verification.pk
