"""What statuses count as and what grounds propose."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.enums import Light
from targets.assessments.rules.assessment import (
    COUNTS,
    RULE,
    SENTENCES,
    Wording,
    columns_of,
    counted,
    counts_as,
    departs,
    moment_at,
    proposed,
    status_sentence,
    status_word,
)
from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Moment, Subject

A, P, N, U = Attainment
ORDER = [N, P, A]
LIGHTS = [Light.MISSED, Light.NEAR, Light.MET]
OURS = {
    (Subject.ASSIGNMENT, "ongoing", Moment.OUTCOME): Wording(
        word="Löper på", sentence="Uppdraget löper på.", counts_as=A
    ),
    (Subject.ASSIGNMENT, "done", Moment.FORECAST): Wording(
        word="Redan klart", sentence="", counts_as=U
    ),
    (Subject.GOAL, "achieved", Moment.OUTCOME): Wording(
        word="Målet är nått", sentence="Målet är nått.", counts_as=A
    ),
}


@pytest.mark.parametrize(
    ("status", "outcome", "forecast"),
    [
        (AssignmentStatus.DONE, A, A),
        (AssignmentStatus.YEAR_PART_DONE, A, A),
        (AssignmentStatus.YEAR_PART_EXPECTED, A, A),
        (AssignmentStatus.STARTED_CONTINUES, P, P),
        (AssignmentStatus.ONGOING, P, U),
        (AssignmentStatus.NOT_STARTED, N, U),
        (AssignmentStatus.NOT_DONE, N, N),
        (AssignmentStatus.CANCELLED, N, N),
    ],
)
def test_what_a_status_counts_as_without_words_of_ones_own(status, outcome, forecast):
    said = [
        counts_as(subject=Subject.ASSIGNMENT, status=status, moment=moment, words={})
        for moment in (Moment.OUTCOME, Moment.FORECAST)
    ]

    assert said == [outcome, forecast]


def test_every_status_counts_as_something_and_has_a_sentence():
    statuses = {
        Subject.ASSIGNMENT: AssignmentStatus,
        Subject.ACTIVITY: ActivityStatus,
        Subject.GOAL: Attainment,
    }

    assert {status.value for each in statuses.values() for status in each} <= set(COUNTS)
    assert {(s, status) for s, each in statuses.items() for status in each} == set(SENTENCES)


@pytest.mark.parametrize(
    ("status", "moment", "counts", "word", "sentence"),
    [
        ("ongoing", Moment.OUTCOME, A, "Löper på", "Uppdraget löper på."),
        ("ongoing", Moment.FORECAST, U, "Löper på", "Uppdraget löper på."),
        ("done", Moment.FORECAST, U, "Redan klart", "Uppdraget har genomförts."),
        ("done", Moment.OUTCOME, A, "Genomfört", "Uppdraget har genomförts."),
    ],
)
def test_the_organisations_own_words_decide(status, moment, counts, word, sentence):
    asked = {
        "subject": Subject.ASSIGNMENT,
        "status": AssignmentStatus(status),
        "moment": moment,
        "words": OURS,
    }

    assert (counts_as(**asked), status_word(**asked), status_sentence(**asked)) == (
        counts,
        word,
        sentence,
    )


def test_a_forecast_does_not_borrow_the_sentence_of_an_outcome():
    asked = {"subject": Subject.GOAL, "moment": Moment.FORECAST, "words": OURS}

    assert status_sentence(status=A, **asked) == (
        "Bedömningen är att målet kommer att uppnås vid årets slut."
    )
    assert status_sentence(status=U, **asked) == "Målet har inte bedömts."
    assert status_sentence(status=A, **{**asked, "moment": Moment.OUTCOME}) == "Målet är nått."
    assert status_word(status=P, subject=Subject.GOAL, moment=Moment.FORECAST, words={}) == (
        "Bedöms delvis uppnås"
    )


@pytest.mark.parametrize(
    ("ends_on", "moment"),
    [
        (date(2025, 4, 30), Moment.FORECAST),
        (date(2025, 12, 30), Moment.FORECAST),
        (date(2025, 12, 31), Moment.OUTCOME),
        (date(2026, 3, 31), Moment.OUTCOME),
    ],
)
def test_a_period_that_ends_before_the_year_foresees(ends_on, moment):
    assert moment_at(ends_on=ends_on, year=2025) == moment


@pytest.mark.parametrize(
    ("lights", "assignments", "result"),
    [
        ([], [], U),
        ([Light.NO_OUTCOME, Light.NO_TARGET], [U], U),
        ([Light.MET], [], A),
        ([Light.MET, Light.NO_OUTCOME], [A, U], A),
        ([Light.NEAR], [A], P),
        ([Light.MISSED], [A], N),
        ([Light.MISSED], [A, A], P),
        ([Light.MISSED, Light.MISSED], [A, A, P], P),
        ([Light.MISSED, Light.MISSED], [A, P], N),
        ([], [P, A, A], P),
    ],
)
def test_what_the_grounds_propose(lights, assignments, result):
    proposal = proposed(lights=lights, assignments=assignments)

    assert (proposal.result, proposal.rule) == (result, RULE)
    assert proposal.judged + proposal.not_judged == len(lights) + len(assignments)


@given(
    st.lists(st.sampled_from(LIGHTS), max_size=6),
    st.lists(st.sampled_from(ORDER), max_size=6),
    st.integers(0, 11),
)
def test_a_better_ground_never_gives_a_worse_proposal(lights, assignments, which):
    before = proposed(lights=lights, assignments=assignments).result
    scale, grounds = (LIGHTS, lights) if which < len(lights) else (ORDER, assignments)
    index = which if which < len(lights) else which - len(lights)
    if index >= len(grounds) or grounds[index] == scale[-1]:
        return
    grounds[index] = scale[scale.index(grounds[index]) + 1]

    after = proposed(lights=lights, assignments=assignments).result

    assert ORDER.index(after) >= ORDER.index(before)


@given(st.lists(st.sampled_from([A, P, N, U]), max_size=30))
def test_every_node_is_counted_once(nodes):
    counts = counted(columns_of(()), [(0, node) for node in nodes])

    assert counts == tuple(nodes.count(each) for each in Attainment)


def test_ones_own_levels_are_columns_and_no_node_is_left_out():
    columns = columns_of([(7, A), (5, P), (9, P)])

    counts = counted(columns, [(7, A), (9, P), (0, A), (0, P), (0, N), (0, U), (4, P)])

    assert columns == ((7, A), (5, P), (9, P), (0, N), (0, U))
    assert counts == (2, 2, 1, 1, 1)


@pytest.mark.parametrize(
    ("proposal", "result", "departure"),
    [(A, A, False), (A, P, True), (U, P, False), (P, U, True), (U, U, False)],
)
def test_a_departure_is_from_a_proposal_that_was_made(proposal, result, departure):
    assert departs(proposal=proposal, result=result) is departure


def test_the_grounds_are_told_in_numbers():
    assert proposed(lights=[Light.MET], assignments=[U]).in_words == (
        "1 grund är bedömd: 1 uppnådd, 0 delvis, 0 inte uppnådda. 1 är inte bedömd."
    )
