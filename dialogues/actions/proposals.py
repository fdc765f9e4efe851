"""The decision proposal: written, approved by its chiefs, sent out with its appendix pinned."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from dialogues import printing, queries, rules
from dialogues.actions.writing import at_noon, note, write_fields
from dialogues.enums import ProposalState
from dialogues.models import Dialogue, Proposal, ProposalPoint, SigningChief
from dialogues.rules import NotAllowedNow, Point, Unfilled
from documents.actions import request_pdf
from documents.enums import PageFormat
from governance.actions import raise_version
from governance.models import Person, User
from reports.queries import latest_handed_over

PROPOSAL_FIELDS = (
    "unit",
    "author_name",
    "author_title",
    "title",
    "dated_on",
    "diary_number",
    "addressee",
    "summary",
    "consequences",
    "financial_consequences",
    "appendix_label",
    "delivered_to",
)


@transaction.atomic
def create_proposal(*, dialogue: Dialogue, by: User, today: date) -> Proposal:
    """Begin the decision proposal, before or after the pack exists."""
    if Proposal.objects.filter(dialogue=dialogue).exists():
        raise NotAllowedNow("Det finns redan ett beslutsförslag för dialogen.")
    names = queries.names_of(dialogue.committee, dialogue.receiving_body)
    organisation = dialogue.receiving_body.organisation
    board = dialogue.round.board
    proposal = Proposal.objects.create(
        dialogue=dialogue,
        key=f"beslutsforslag-{dialogue.key}",
        unit=organisation.unit_of_office,
        author_name=by.person.name if by.person else "",
        author_title=by.person.title if by.person else "",
        title=f"Nämndsdialog {names['namnd']} {dialogue.round.name.lower()}"[:200],
        dated_on=today,
        diary_number=dialogue.diary_number,
        addressee=board.name,
        appendix_label=f"Dialogunderlag {names['namnd']}",
        delivered_to=names["namnd"][:1].upper() + names["namnd"][1:],
    )
    note(proposal, dialogue.receiving_body, by=by, field="state", new=ProposalState.DRAFT)
    return proposal


@transaction.atomic
def save_proposal(
    *,
    proposal: Proposal,
    values: Mapping[str, object],
    points: Sequence[Point],
    chiefs: Sequence[tuple[Person, str, bool]],
    by: User,
    seen: int,
) -> None:
    """Write the whole draft: its texts, its points in order (ids kept) and its signing chiefs.

    A change takes back approvals already given, since they were given to another text.
    """
    _require_draft(proposal)
    body = proposal.dialogue.receiving_body
    if len({point.key for point in points}) != len(points):
        raise NotAllowedNow("Två beslutspunkter har samma nyckel. Ladda om sidan.")
    write_fields(
        proposal, body, {k: values[k] for k in PROPOSAL_FIELDS if k in values}, by=by, seen=seen
    )
    _write_points(proposal, points, by=by)
    _write_chiefs(proposal, chiefs)
    proposal.chiefs.update(approved_at=None, approved_by="")


def _require_draft(proposal: Proposal) -> None:
    if proposal.state != ProposalState.DRAFT:
        raise NotAllowedNow(
            f"Beslutsförslaget är {proposal.get_state_display().lower()} och kan inte ändras."
        )


def _write_points(proposal: Proposal, points: Sequence[Point], *, by: User) -> None:
    body = proposal.dialogue.receiving_body
    kept = {row.key: row for row in proposal.points.all()}
    for row in kept.values():
        if row.key not in {point.key for point in points}:
            note(proposal, body, by=by, field=f"point {row.key}", old=row.text, new="")
            row.delete()
    for position, point in enumerate(points, start=1):
        was = kept[point.key].text if point.key in kept else ""
        ProposalPoint.objects.update_or_create(
            proposal=proposal,
            key=point.key,
            defaults={"text": point.text, "position": position},
        )
        if was != point.text:
            note(proposal, body, by=by, field=f"point {point.key}", old=was, new=point.text)


def _write_chiefs(proposal: Proposal, chiefs: Sequence[tuple[Person, str, bool]]) -> None:
    proposal.chiefs.exclude(person__in=[person for person, _title, _acting in chiefs]).delete()
    for position, (person, title, is_acting) in enumerate(chiefs, start=1):
        SigningChief.objects.update_or_create(
            proposal=proposal,
            person=person,
            defaults={"title": title, "is_acting": is_acting, "position": position},
        )


@transaction.atomic
def approve_proposal(*, proposal: Proposal, by: User, seen: int) -> None:
    """A signing chief approves; the last one makes the proposal approved."""
    _require_draft(proposal)
    _require_complete(proposal)
    chief = proposal.chiefs.filter(person=by.person_id).first()
    if chief is None:
        raise NotAllowedNow("Du står inte som undertecknare av beslutsförslaget.")
    if chief.approved_at is not None:
        raise NotAllowedNow("Du har redan godkänt beslutsförslaget.")
    raise_version(proposal, seen=seen)
    chief.approved_at, chief.approved_by = timezone.now(), str(by)
    chief.save(update_fields=["approved_at", "approved_by"])
    body = proposal.dialogue.receiving_body
    note(proposal, body, by=by, field="approved", new=f"{chief}")
    if not proposal.chiefs.filter(approved_at=None).exists():
        proposal.state = ProposalState.APPROVED
        proposal.save(update_fields=["state"])
        note(proposal, body, by=by, field="state", old="draft", new=proposal.state)


def _require_complete(proposal: Proposal) -> None:
    points = [point.text for point in proposal.points.all()]
    if not points:
        raise Unfilled("Beslutsförslaget har inga beslutspunkter.")
    if left := rules.unfilled(points):
        raise Unfilled(f"En beslutspunkt är inte ifylld: ”{left[0][:60]}”.")
    if not proposal.chiefs.exists():
        raise Unfilled("Ange vilka chefer som undertecknar beslutsförslaget.")


@transaction.atomic
def reopen_proposal(*, proposal: Proposal, by: User, seen: int) -> None:
    """Back to draft before it has been sent out; the chiefs then approve again."""
    if proposal.state != ProposalState.APPROVED:
        raise NotAllowedNow("Bara ett godkänt beslutsförslag som inte är utsänt kan öppnas igen.")
    raise_version(proposal, seen=seen)
    proposal.state = ProposalState.DRAFT
    proposal.save(update_fields=["state"])
    proposal.chiefs.update(approved_at=None, approved_by="")
    note(
        proposal,
        proposal.dialogue.receiving_body,
        by=by,
        field="state",
        old="approved",
        new="draft",
    )


@transaction.atomic
def send_proposal(*, proposal: Proposal, by: User, today: date, seen: int) -> None:
    """Send out: the appendix's version is pinned now, and the PDF is ordered.

    Without a pack handed over the place stays named and empty, and the document says so.
    """
    if proposal.state != ProposalState.APPROVED:
        raise NotAllowedNow("Beslutsförslaget ska vara godkänt av cheferna innan det sänds ut.")
    raise_version(proposal, seen=seen)
    dialogue = proposal.dialogue
    if dialogue.pack is not None:
        proposal.appendix_version = latest_handed_over(dialogue.pack)
    proposal.state, proposal.sent_on = ProposalState.SENT, today
    proposal.save(update_fields=["state", "sent_on", "appendix_version"])
    print_proposal(proposal=proposal, by=by)
    note(proposal, dialogue.receiving_body, by=by, field="state", old="approved", new="sent")


@transaction.atomic
def print_proposal(*, proposal: Proposal, by: User) -> None:
    """Order the PDF of the proposal as it stands; the view rings for the worker."""
    body = proposal.dialogue.receiving_body
    proposal.document = request_pdf(
        organisation=body.organisation,
        html=printing.proposal_html(proposal),
        page_format=PageFormat.A4,
        css=["proposal.css"],
        title=proposal.title,
        filename=f"Beslutsförslag {proposal.diary_number}.pdf",
        created_at=at_noon(proposal.dated_on),
        by=by,
    )
    proposal.save(update_fields=["document"])
