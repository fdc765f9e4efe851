"""What waits for whom with packs: the dialogue each is made for says by which day."""

from collections.abc import Iterator
from datetime import date

from dialogues.board_dialogues.queries.rounds import BoardPack, pack_occasions, packs_for_board
from governance.enums import Role
from governance.models import User
from governance.permissions import held_roles
from governance.rules import OpenTask
from reports.clearance.queries.waiting import waiting_for


def packs_to_write(user: User, today: date) -> Iterator[OpenTask]:
    """What the committee's own people have to do with packs."""
    waiting = waiting_for(user, today)
    occasions = pack_occasions(one.report.pk for one in waiting)
    for one in waiting:
        dialogue = occasions.get(one.report.pk)
        yield OpenTask(
            what="Granska dialogunderlaget" if one.is_review else "Skriv dialogunderlaget",
            body=one.report.body.short_name,
            occasion=one.report.name,
            due=dialogue.pack_due_on if dialogue else None,
            url_name="reports:pack_detail",
            pk=one.report.pk,
            button="Granska" if one.is_review else "Skriv",
            detail=one.report.get_state_display(),
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
