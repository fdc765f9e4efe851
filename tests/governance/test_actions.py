from datetime import date

import pytest

from governance import actions, queries
from governance.enums import RoundStateName
from governance.models import AuditEntry, RoundState, User
from governance.rules import Refusal, Stale
from tests.factories import TODAY


def test_change_round_state_writes_state_and_history(
    round_state: RoundState, controller: User
) -> None:
    actions.change_round_state(
        state=round_state, to=RoundStateName.SUBMITTED, by=controller, today=TODAY, seen=1
    )

    round_state.refresh_from_db()
    assert round_state.state == RoundStateName.SUBMITTED
    assert round_state.changed_on == TODAY
    assert round_state.version == 2
    entry = queries.history(round_state)[0]
    assert (entry.actor, entry.field, entry.old, entry.new) == (
        str(controller),
        "state",
        "open",
        "submitted",
    )


def test_change_round_state_refuses_a_second_click(
    round_state: RoundState, controller: User
) -> None:
    act = {"state": round_state, "to": RoundStateName.SUBMITTED, "by": controller, "today": TODAY}
    actions.change_round_state(**act, seen=1)

    with pytest.raises(Refusal):
        actions.change_round_state(**act, seen=2)

    assert AuditEntry.objects.filter(object_id=round_state.pk).count() == 1


def test_change_round_state_refuses_a_stale_form(round_state: RoundState, controller: User) -> None:
    RoundState.objects.update(version=5)

    with pytest.raises(Stale):
        actions.change_round_state(
            state=round_state,
            to=RoundStateName.SUBMITTED,
            by=controller,
            today=date(2026, 3, 11),
            seen=1,
        )

    assert RoundState.objects.get().state == RoundStateName.OPEN
    assert not AuditEntry.objects.exists()
