"""What the page of a decision proposal shows, gathered once, so that the template only prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogues import permissions
from dialogues.enums import ProposalState
from dialogues.models import Meeting, Proposal, ProposalPoint, SigningChief
from dialogues.states import PROPOSAL
from governance.models import Person, User
from governance.queries import closed_rows
from reports.clearance.queries.versions import latest_handed_over

CHIEF_ROWS = 3


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    proposal: Proposal
    points: Sequence[ProposalPoint]
    chiefs: Sequence[SigningChief]
    may_write: bool
    may_approve: bool
    pack_now: str
    is_late: bool
    is_closed: bool

    @property
    def buttons(self) -> Mapping[str, str]:
        return PROPOSAL.buttons(self.proposal.state)

    @property
    def is_sent(self) -> bool:
        return self.proposal.state == ProposalState.SENT

    @property
    def tone(self) -> str:
        return {"draft": "neutral", "approved": "info", "sent": "success"}[self.proposal.state]


def proposal_page(proposal: Proposal, user: User, today: date) -> ProposalPage:
    chiefs = list(proposal.chiefs.select_related("person"))
    mine = [chief for chief in chiefs if chief.person_id == user.person_id]
    latest = latest_handed_over(proposal.dialogue.pack) if proposal.dialogue.pack else None
    return ProposalPage(
        proposal=proposal,
        points=list(proposal.points.all()),
        chiefs=chiefs,
        may_write=permissions.is_case_officer(user, proposal.dialogue.receiving_body, today),
        may_approve=PROPOSAL.allows("approve", proposal.state)
        and bool(mine)
        and mine[0].approved_at is None,
        pack_now=f"version {latest.number}, överlämnad {latest.handed_over_on}" if latest else "",
        is_closed=proposal.document is not None and bool(closed_rows(user, [proposal.document])),
        is_late=proposal.state != ProposalState.SENT and today > proposal.dialogue.proposal_due_on,
    )


@dataclass(frozen=True, kw_only=True)
class ChiefRow:
    """A row of the form for signing chiefs; blank rows wait to be filled."""

    number: int
    person_id: int | None = None
    title: str = ""
    is_acting: bool = False


def chief_rows(proposal: Proposal) -> list[ChiefRow]:
    rows = [(c.person_id, c.title, c.is_acting) for c in proposal.chiefs.all()]
    return _padded(rows)


def typed_chief_rows(chiefs: Sequence[tuple[Person, str, bool]]) -> list[ChiefRow]:
    return _padded([(person.pk, title, acting) for person, title, acting in chiefs])


def _padded(rows: Sequence[tuple[int, str, bool]]) -> list[ChiefRow]:
    filled = [
        ChiefRow(number=number, person_id=person, title=title, is_acting=acting)
        for number, (person, title, acting) in enumerate(rows, start=1)
    ]
    missing = range(len(filled) + 1, max(CHIEF_ROWS, len(filled) + 1) + 1)
    return filled + [ChiefRow(number=number) for number in missing]


def candidates(meeting: Meeting) -> list[Person]:
    """Who may have taken part: those with a mandate in the body, and those already noted."""
    return list(
        (
            Person.objects.filter(mandates__body=meeting.body)
            | Person.objects.filter(
                pk__in=meeting.attendances.values("person"),
                organisation=meeting.body.organisation_id,
            )
        )
        .distinct()
        .order_by("name")
    )
