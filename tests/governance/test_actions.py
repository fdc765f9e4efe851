from datetime import date

import pytest

from governance import actions, queries
from governance.enums import RoundStateName
from governance.models import AuditEntry, RoundState, User
from governance.rules import Invalid, Refusal, Stale
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


STEPS = tuple(RoundStateName)
ALLOWED = {
    ("open", "submitted"),
    ("open", "locked"),
    ("returned", "submitted"),
    ("returned", "locked"),
    ("submitted", "returned"),
    ("submitted", "approved"),
    ("submitted", "locked"),
    ("approved", "locked"),
    ("locked", "open"),
}


@pytest.mark.parametrize("old", STEPS)
@pytest.mark.parametrize("new", STEPS)
def test_change_round_state_follows_the_table(
    old: RoundStateName, new: RoundStateName, round_state: RoundState, controller: User
) -> None:
    round_state.state = old
    round_state.save(update_fields=["state"])
    act = {"state": round_state, "to": new, "by": controller, "today": TODAY, "seen": 1}

    if (old, new) in ALLOWED:
        actions.change_round_state(**act, reason="Fel källa.")
    else:
        with pytest.raises(Refusal):
            actions.change_round_state(**act, reason="Fel källa.")

    round_state.refresh_from_db()
    assert round_state.state == (new if (old, new) in ALLOWED else old)


@pytest.mark.parametrize(("old", "new"), [("submitted", "returned"), ("locked", "open")])
@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_return_and_reopening_need_a_reason(
    old: str, new: str, reason: str, round_state: RoundState, controller: User
) -> None:
    round_state.state = old
    round_state.save(update_fields=["state"])

    with pytest.raises(Invalid):
        actions.change_round_state(
            state=round_state,
            to=RoundStateName(new),
            by=controller,
            today=TODAY,
            seen=1,
            reason=reason,
        )

    round_state.refresh_from_db()
    assert (round_state.state, round_state.version) == (old, 1)
    assert not AuditEntry.objects.exists()


def test_reason_stands_until_the_next_change_and_in_the_history_for_good(
    round_state: RoundState, controller: User
) -> None:
    RoundState.objects.update(state=RoundStateName.SUBMITTED)
    round_state.refresh_from_db()
    act = {"state": round_state, "by": controller, "today": TODAY}

    actions.change_round_state(
        **act, to=RoundStateName.RETURNED, seen=1, reason=" Sjukfrånvaron är fel. "
    )
    assert RoundState.objects.get().reason == "Sjukfrånvaron är fel."
    actions.change_round_state(**act, to=RoundStateName.SUBMITTED, seen=2)

    assert RoundState.objects.get().reason == ""
    history = [(entry.field, entry.new) for entry in queries.history(round_state)]
    assert history == [
        ("state", "submitted"),
        ("reason", "Sjukfrånvaron är fel."),
        ("state", "returned"),
    ]
