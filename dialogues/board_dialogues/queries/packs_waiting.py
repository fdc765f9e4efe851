"""What waits for whom with packs: the dialogue each is made for says by which day."""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery

from dialogues.board_dialogues.queries.rounds import BoardPack, packs_for_board
from dialogues.models import Dialogue
from governance.enums import Role
from governance.models import User
from governance.permissions import held_roles
from governance.rules import OpenTask
from reports.clearance.queries.waiting import waiting_reports
from reports.enums import WITH_THE_CONTROLLER, ReportState


def packs_to_write(user: User, today: date) -> Iterator[OpenTask]:
    """What the committee's own people have to do with packs."""
    days = Dialogue.objects.filter(pack=OuterRef("pk")).order_by("held_on", "id")
    waiting = waiting_reports(user, today).annotate(due=Subquery(days.values("pack_due_on")[:1]))
    for report in waiting.select_related("body", "template"):
        is_review = report.state not in WITH_THE_CONTROLLER
        button = "Granska" if is_review else "Skriv"
        yield OpenTask(
            what=f"{button} {report.template.called_in_full}",
            body=report.body.short_name,
            occasion=report.name,
            due=report.due,
            url_name="reports:pack_detail",
            pk=report.pk,
            button=button,
            detail=ReportState(report.state).label,
        )


def packs_to_receive(user: User, today: date) -> Iterator[OpenTask]:
    """Packs for the office to receive, and for chair and members to read before the dialogue."""
    roles = {Role.CHAIR.value, Role.MEMBER.value}
    reading = {body for body, role in held_roles(user, today) if role in roles}
    for pack in packs_for_board(user, today):
        is_new = not (pack.latest.received_at or pack.latest.completion_requested_at)
        reads = pack.dialogue.receiving_body_id in reading and today <= pack.dialogue.held_on
        if pack.may_receive and is_new:
            yield _pack(pack, what="Ta emot dialogunderlaget", button="Ta emot")
        elif reads:
            yield _pack(pack, what="Läs dialogunderlaget", button="Läs")


def _pack(pack: BoardPack, *, what: str, button: str) -> OpenTask:
    return OpenTask(
        what=what,
        body=pack.dialogue.committee.short_name,
        occasion=pack.dialogue.round.name,
        due=pack.dialogue.held_on,
        url_name="reports:version_detail",
        pk=pack.latest.version_id,
        button=button,
        detail=pack.latest.words,
    )
