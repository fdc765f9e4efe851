"""A body's walk through a round: which act follows what, and what it leaves behind."""

import pytest

from governance.history import history_of
from governance.models import AuditEntry, User
from governance.rules import Invalid, Refusal, Stale
from governance.states import WrongState
from rounds.actions.hand_in import decide, hand_in
from rounds.enums import HANDED_IN, RoundStateName
from rounds.models import HandIn, RoundState
from rounds.states import ROUND
from tests.factories import TODAY, keep, take

PAIRS = [(state, act.name) for state in RoundStateName for act in ROUND.transitions]
ALLOWED = {
    ("open", "hand_in"),
    ("open", "lock"),
    ("returned", "hand_in"),
    ("returned", "lock"),
    ("submitted", "return"),
    ("submitted", "approve"),
    ("submitted", "lock"),
    ("approved", "lock"),
    ("approved", "reopen"),
    ("locked", "reopen"),
}


def put(state: RoundState, to: str) -> None:
    state.state = to
    state.save(update_fields=["state"])
    if to in HANDED_IN:
        keep(state)


def test_hand_in_writes_state_and_history(round_state: RoundState, controller: User) -> None:
    hand_in(state=round_state, by=controller, today=TODAY, seen=1)

    round_state.refresh_from_db()
    assert round_state.state == RoundStateName.SUBMITTED
    assert (round_state.changed_on, round_state.version) == (TODAY, 2)
    (entry,) = history_of(round_state)
    assert (entry.actor, entry.field, entry.old, entry.new) == (
        str(controller),
        "state",
        "open",
        "submitted",
    )


def test_second_hand_in_is_refused_in_words(round_state: RoundState, controller: User) -> None:
    hand_in(state=round_state, by=controller, today=TODAY, seen=1)

    with pytest.raises(WrongState) as refused:
        hand_in(state=round_state, by=controller, today=TODAY, seen=2)

    assert refused.value.message == "Perioden är inlämnad och kan inte lämnas in."
    assert (AuditEntry.objects.count(), HandIn.objects.count()) == (1, 1)


def test_stale_form_hands_nothing_in(round_state: RoundState, controller: User) -> None:
    RoundState.objects.update(version=5)

    with pytest.raises(Stale):
        hand_in(state=round_state, by=controller, today=TODAY, seen=1)

    assert RoundState.objects.get().state == RoundStateName.OPEN
    assert not AuditEntry.objects.exists()
    assert not HandIn.objects.exists()


@pytest.mark.parametrize(("state", "act"), PAIRS)
def test_acts_follow_the_table(
    state: str, act: str, round_state: RoundState, controller: User
) -> None:
    put(round_state, state)

    if (state, act) in ALLOWED:
        take(round_state, act, by=controller, reason="Fel källa.")
    else:
        with pytest.raises(Refusal):
            take(round_state, act, by=controller, reason="Fel källa.")

    round_state.refresh_from_db()
    target = ROUND.named(act).target if (state, act) in ALLOWED else state
    assert round_state.state == target


@pytest.mark.parametrize(("state", "act"), [("submitted", "return"), ("locked", "reopen")])
@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_return_and_reopening_need_a_reason(
    state: str, act: str, reason: str, round_state: RoundState, controller: User
) -> None:
    put(round_state, state)

    with pytest.raises(Invalid):
        take(round_state, act, by=controller, reason=reason)

    round_state.refresh_from_db()
    assert (round_state.state, round_state.version) == (state, 1)
    assert not AuditEntry.objects.exists()


def test_reason_stands_until_the_next_act_and_in_the_history_for_good(
    round_state: RoundState, controller: User
) -> None:
    put(round_state, "submitted")

    take(round_state, "return", by=controller, reason=" Sjukfrånvaron är fel. ")
    assert RoundState.objects.get().reason == "Sjukfrånvaron är fel."
    take(round_state, "hand_in", by=controller)

    assert RoundState.objects.get().reason == ""
    assert [(entry.field, entry.new) for entry in history_of(round_state)] == [
        ("state", "submitted"),
        ("reason", "Sjukfrånvaron är fel."),
        ("state", "returned"),
    ]


def test_approval_carries_what_was_shown(
    round_state: RoundState, controller: User, head: User
) -> None:
    made = hand_in(state=round_state, by=controller, today=TODAY, seen=1)
    act = {"state": round_state, "act": "approve", "by": head, "today": TODAY, "seen": 2}

    with pytest.raises(Stale) as refused:
        decide(**act, shown="0" * 64)
    decide(**act, shown=made.sha256)

    assert refused.value.message.startswith("Nämnden har lämnat in på nytt")
    entry = AuditEntry.objects.get(field="sha256")
    assert (entry.new, entry.actor) == (made.sha256, str(head))
