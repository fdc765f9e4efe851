"""Asked inside the server's own environment: where each page of the demo lies."""

from datetime import date

from django.urls import reverse

from dialogues.verification.actions.verification import send_for_verification
from documents.tasks import ring
from governance.actions import LegalGround, mark_secret
from governance.models import Organisation, SecrecyMark, User
from rounds.models import RoundState
from targets.models import FocusArea, Plan
from tests import world
from tests.pages import ENTRIES, address
from tests.world import World


def mark_something(organisation: Organisation) -> None:
    """The demo has nothing secret, and a mark has pages."""
    if SecrecyMark.objects.exists():
        return
    plan = Plan.objects.get(body__organisation=organisation, body__key="dnrgs", key="plan-2025")
    users = User.objects.select_related("person")
    mark_secret(
        row=FocusArea.objects.create(plan=plan, key="skydd", name="Skydd", position=90),
        ground=LegalGround(law="offentlighets- och sekretesslagen", chapter=18, section="13"),
        reason="Visar var anläggningen är sårbar.",
        review_on=date(2027, 3, 10),
        readers=[users.get(username="ordforande").person],
        by=users.get(username="controller"),
        today=date(2026, 3, 10),
    )


def addresses() -> dict[str, str]:
    organisation = Organisation.objects.get(key="region-halland")
    mark_something(organisation)
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
