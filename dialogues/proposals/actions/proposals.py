"""The decision proposal: written, approved by its chiefs, sent out with its appendix pinned."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import capfirst

from dialogues.enums import ProposalState
from dialogues.models import Dialogue, Proposal, ProposalPoint, SigningChief
from dialogues.proposals.actions.rows import at_noon, match_rows
from dialogues.proposals.printing import proposal_html
from dialogues.proposals.rules import NotAllowedNow, Point, Unfilled, point_field, unfilled
from dialogues.states import PROPOSAL
from documents.actions import request_pdf, tell
from documents.enums import PageFormat
from governance.locks import exclusive
from governance.models import Person, User
from governance.refusals import atomic
from governance.rules import Invalid, Withheld
from governance.states import move
from governance.writing import add, differing_of, says_withheld, told_of, update
from reports.clearance.queries.versions import latest_handed_over

PROPOSAL_FIELDS = (
    "title",
    "unit",
    "author_name",
    "author_title",
    "dated_on",
    "diary_number",
    "addressee",
    "summary",
    "consequences",
    "financial_consequences",
    "appendix_label",
    "delivered_to",
)


@atomic()
def create_proposal(*, dialogue: Dialogue, by: User, today: date) -> Proposal:
    """Begin the decision proposal, before or after the pack exists."""
    exclusive(Dialogue.objects.filter(pk=dialogue.pk))
    if Proposal.objects.filter(dialogue=dialogue).exists():
        raise NotAllowedNow("Det finns redan ett beslutsförslag för dialogen.")
    committee = dialogue.committee.name[:1].lower() + dialogue.committee.name[1:]
    organisation = dialogue.receiving_body.organisation
    board = dialogue.round.board
    proposal = Proposal(
        dialogue=dialogue,
        key=f"beslutsforslag-{dialogue.key}",
        unit=organisation.unit_of_office,
        author_name=by.person.name if by.person else "",
        author_title=by.person.title if by.person else "",
        title=f"Nämndsdialog {committee} {dialogue.round.name.lower()}"[:200],
        dated_on=today,
        diary_number=dialogue.diary_number,
        addressee=board.name,
        appendix_label=f"Dialogunderlag {committee}",
        delivered_to=capfirst(committee),
    )
    return add(proposal, by=by, told={"state": ("", ProposalState.DRAFT)})


@atomic()
def save_proposal(
    *,
    proposal: Proposal,
    values: Mapping[str, object],
    points: Sequence[Point],
    chiefs: Sequence[tuple[Person, str, bool]],
    by: User,
    seen: int,
    withdraws: bool = False,
) -> None:
    """Write the whole draft: its texts, its points in order (ids kept) and its signing chiefs.

    A change takes back approvals already given, since they were given to another text: Invalid
    unless the writer says so.
    """
    if len({point.key for point in points}) != len(points):
        raise NotAllowedNow("Två beslutspunkter har samma nyckel. Ladda om sidan.")
    differing = differing_of(proposal, {k: values[k] for k in PROPOSAL_FIELDS if k in values})
    old = {row.key: row for row in proposal.points.all()}
    told = told_of(proposal, differing) | _told_of_points(old, points)
    move(proposal, PROPOSAL, "change", by=by, seen=seen, values=differing, told=told)
    if not withdraws and (approved := approvals_told(proposal)):
        raise Invalid(f"{approved} Bekräfta att det ska godkännas på nytt, och spara igen.")
    match_rows(
        old,
        {p.key: {"text": p.text, "position": n} for n, p in enumerate(points, start=1)},
        lambda key: ProposalPoint(proposal=proposal, key=key),
        about=proposal,
        by=by,
    )
    named = {row.person: row for row in proposal.chiefs.select_related("person")}
    match_rows(
        named,
        {
            person: {"title": title, "is_acting": acting, "position": n}
            for n, (person, title, acting) in enumerate(chiefs, start=1)
        },
        lambda person: SigningChief(proposal=proposal, person=person),
        about=proposal,
        by=by,
    )
    _take_back_approvals(proposal)
    if any(person not in named for person, _title, _acting in chiefs):
        tell(proposal, PROPOSAL, "change", by=by)


def _told_of_points(
    old: Mapping[str, ProposalPoint], points: Sequence[Point]
) -> dict[str, tuple[object, object]]:
    new = {point.key: point.text for point in points}
    texts = {key: (old[key].text if key in old else "", new.get(key, "")) for key in {**old, **new}}
    return {point_field(key): (was, now) for key, (was, now) in texts.items() if was != now}


def approvals_told(proposal: Proposal) -> str:
    """Who has approved the draft, in words; "" where nobody has."""
    names = [chief.approved_by for chief in proposal.chiefs.exclude(approved_at=None)]
    return f"Förslaget är godkänt av {' och '.join(names)}." if names else ""


def _take_back_approvals(proposal: Proposal) -> None:
    for chief in proposal.chiefs.exclude(approved_at=None):
        update(chief, {"approved_at": None, "approved_by": ""})


@atomic()
def approve_proposal(
    *, proposal: Proposal, by: User, seen: int, now: datetime | None = None
) -> str:
    """A signing chief approves; the last one makes the proposal approved. The act that it was."""
    chiefs = list(proposal.chiefs.all())
    mine = next((chief for chief in chiefs if chief.person_id == by.person_id), None)
    if mine is None:
        raise NotAllowedNow("Du står inte som undertecknare av beslutsförslaget.")
    if mine.approved_at is not None:
        raise NotAllowedNow("Du har redan godkänt beslutsförslaget.")
    _require_complete(proposal)
    is_last = not any(chief.approved_at is None for chief in chiefs if chief != mine)
    told, act = {"approved": ("", f"{mine}")}, "approve" if is_last else "endorse"
    move(proposal, PROPOSAL, act, by=by, seen=seen, told=told)
    _require_readable(proposal)
    update(mine, {"approved_at": now or timezone.now(), "approved_by": str(by)})
    tell(proposal, PROPOSAL, act, by=by)
    return act


def _require_readable(proposal: Proposal) -> None:
    """Held by its move, so that no mark comes between."""
    if any(map(says_withheld, (proposal, *proposal.points.order_by("pk")))):
        raise Withheld(
            "Beslutsförslaget har sekretessmarkerade uppgifter. Häv markeringen först, eller låt "
            "förslaget gå på papper."
        )


def _require_complete(proposal: Proposal) -> None:
    points = [point.text for point in proposal.points.all()]
    if not points:
        raise Unfilled("Beslutsförslaget har inga beslutspunkter.")
    if left := unfilled(points):
        raise Unfilled(f"En beslutspunkt är inte ifylld: ”{left[0][:60]}”.")
    if not proposal.chiefs.exists():
        raise Unfilled("Ange vilka chefer som undertecknar beslutsförslaget.")


@atomic()
def reopen_proposal(*, proposal: Proposal, by: User, seen: int) -> None:
    """Back to draft before it has been sent out; the chiefs then approve again."""
    move(proposal, PROPOSAL, "reopen", by=by, seen=seen)
    _take_back_approvals(proposal)


@atomic()
def send_proposal(*, proposal: Proposal, by: User, today: date, seen: int) -> None:
    """Send out: the appendix's version is pinned now, and the PDF is ordered.

    Without a pack handed over the place stays named and empty, and the document says so.
    """
    pack = proposal.dialogue.pack
    pinned = latest_handed_over(pack) if pack is not None else proposal.appendix_version
    values = {"sent_on": today, "appendix_version": pinned}
    move(proposal, PROPOSAL, "send", by=by, seen=seen, values=values)
    _require_readable(proposal)
    tell(proposal, PROPOSAL, "send", by=by)
    print_proposal(proposal=proposal, by=by)


@atomic()
def print_proposal(*, proposal: Proposal, by: User) -> None:
    """Order the PDF of the proposal as it stands, once; the view rings for the worker."""
    held = exclusive(Proposal.objects.select_related("document").filter(pk=proposal.pk))[0]
    held.dialogue = proposal.dialogue
    html = proposal_html(held)
    proposal.document = held.document
    if held.document is not None and held.document.html == html and not held.document.is_failed:
        return
    document = request_pdf(
        organisation=proposal.dialogue.receiving_body.organisation,
        html=html,
        page_format=PageFormat.A4,
        css=["proposal.css"],
        title=f"Beslutsförslag {proposal.diary_number}",
        filename=f"Beslutsförslag {proposal.diary_number}.pdf",
        created_at=at_noon(proposal.dated_on),
        by=by,
    )
    update(proposal, {"document": document}, raises_version=False)
