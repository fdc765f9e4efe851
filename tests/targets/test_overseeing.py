"""What the board may know of a committee and a period before it reads a figure."""

from datetime import date

import pytest

from governance.enums import RoundStateName
from targets.rules.overseeing import Occasion, hand_in, may_be_compared_with

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
    assert hand_in([occasion(state) for state in states], TODAY).is_handed_in is handed_in


def test_open_and_sent_back_cannot_be_told_apart():
    changed = date(2026, 3, 1)

    assert hand_in([occasion(OPEN)], TODAY) == hand_in([occasion(RETURNED, changed=changed)], TODAY)


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
    assert hand_in([occasion(OPEN, due=due)], TODAY).in_words == words


def test_late_is_counted_from_the_earliest_last_day():
    rounds = [occasion(OPEN, due=date(2026, 4, 1)), occasion(RETURNED, due=date(2026, 3, 5))]

    assert hand_in(rounds, TODAY).days_late == 5


def test_words_of_what_is_handed_in_and_of_what_was_never_opened():
    submitted = occasion(SUBMITTED, changed=date(2026, 2, 10))

    assert hand_in([submitted], TODAY).in_words == "Inlämnad 2026-02-10"
    assert hand_in([occasion(LOCKED)], TODAY).in_words == "Låst"
    assert hand_in([], TODAY).in_words == "Ej inlämnat, ingen rapportering är öppnad"


@pytest.mark.parametrize(
    ("states", "may"),
    [([], True), ([OPEN], False), ([RETURNED], False), ([LOCKED], True), ([OPEN, LOCKED], True)],
)
def test_earlier_values_are_shown_unless_they_are_a_draft(states, may):
    assert may_be_compared_with([occasion(state) for state in states]) is may
