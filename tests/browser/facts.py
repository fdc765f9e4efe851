"""Asked inside the server's own environment: where each page of the demo lies."""

from django.urls import reverse

from dialogues.verification.actions.verification import send_for_verification
from documents.tasks import ring
from governance.models import Organisation, User
from rounds.models import RoundState
from targets.models import Plan
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
    verification = send_for_verification(
        meeting=paragraph.meeting, paragraphs=[paragraph], by=accounts["sekreterare"]
    )
    ring(verification.document)
    return verification.pk


def plan_address(organisation: str, body: str, key: str) -> str:
    plan = Plan.objects.get(body__organisation__key=organisation, body__key=body, key=key)
    return reverse("targets:plan_detail", args=[plan.pk])


def reopen_entry(pk: int) -> None:
    """Another test of the same site types in the period."""
    RoundState.objects.filter(pk=pk).update(state="open", changed_on=None, changed_by="")
