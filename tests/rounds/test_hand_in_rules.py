"""What the board may know of a committee and a period before it reads a figure."""

from datetime import date

import pytest

from rounds.enums import RoundStateName
from rounds.rules.hand_in import Occasion, hand_in_status

TODAY = date(2026, 3, 10)
OPEN, RETURNED = RoundStateName.OPEN, RoundStateName.RETURNED
SUBMITTED, APPROVED, LOCKED = (
    RoundStateName.SUBMITTED,
    RoundStateName.APPROVED,
    RoundStateName.LOCKED,
)


def occasion(state: RoundStateName, *, due: date = TODAY, changed: date | None = None) -> Occasion:
    return Occasion(state=state, due_on=due, changed_on=changed)


@pytest.mark.parametrize(
    ("states", "handed_in"),
    [
        ([], False),
        ([OPEN], False),
        ([RETURNED], False),
        ([OPEN, RETURNED], False),
        ([SUBMITTED], True),
        ([APPROVED], True),
        ([LOCKED], True),
        ([RETURNED, LOCKED], True),
        ([OPEN, SUBMITTED], True),
    ],
)
def test_handed_in_when_one_round_of_the_period_is(states, handed_in):
    assert hand_in_status([occasion(state) for state in states], TODAY).is_handed_in is handed_in


def test_open_and_sent_back_cannot_be_told_apart():
    changed = date(2026, 3, 1)

    assert hand_in_status([occasion(OPEN)], TODAY) == hand_in_status(
        [occasion(RETURNED, changed=changed)], TODAY
    )


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 3, 12), "Ej inlämnat, sista dag 2026-03-12"),
        (date(2026, 3, 10), "Ej inlämnat, sista dag 2026-03-10"),
        (date(2026, 3, 9), "Ej inlämnat, 1 dag sen (sista dag var 2026-03-09)"),
        (date(2026, 3, 7), "Ej inlämnat, 3 dagar sen (sista dag var 2026-03-07)"),
    ],
)
def test_late_is_said_in_days(due, words):
    assert hand_in_status([occasion(OPEN, due=due)], TODAY).in_words == words


def test_late_is_counted_from_the_earliest_last_day():
    rounds = [occasion(OPEN, due=date(2026, 4, 1)), occasion(RETURNED, due=date(2026, 3, 5))]

    assert hand_in_status(rounds, TODAY).days_late == 5


def test_words_of_what_is_handed_in_and_of_what_was_never_opened():
    submitted = occasion(SUBMITTED, changed=date(2026, 2, 10))

    assert hand_in_status([submitted], TODAY).in_words == "Inlämnad 2026-02-10"
    assert hand_in_status([occasion(LOCKED)], TODAY).in_words == "Låst"
    assert hand_in_status([], TODAY).in_words == "Ej inlämnat, ingen rapportering är öppnad"


def test_reopened_is_still_handed_in_to_those_outside():
    reopened = Occasion(
        state=OPEN,
        due_on=date(2026, 3, 1),
        changed_on=date(2026, 3, 9),
        is_kept=True,
        reason="Fel månad.",
    )

    found = hand_in_status([reopened], TODAY)

    assert (found.is_handed_in, found.in_words) == (True, "Öppnad igen 2026-03-09: Fel månad.")


def test_when_a_reopened_one_was_sent_back_inside_is_not_told():
    returned = Occasion(
        state=RETURNED, due_on=date(2026, 3, 1), changed_on=date(2026, 3, 9), is_kept=True
    )

    assert hand_in_status([returned], TODAY).in_words == "Öppnad igen"
