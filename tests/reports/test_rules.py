import pytest

from reports import rules
from reports.enums import ReportState
from reports.rules import Step

HEAD = Step(position=1, role="head_of_administration", name="Förvaltningschef")
CHAIR = Step(position=5, role="chair", name="Ordförande")


def test_the_chain_goes_in_order_of_position():
    assert rules.first_step([CHAIR, HEAD]) == HEAD
    assert rules.next_step([CHAIR, HEAD], 1) == CHAIR
    assert rules.next_step([CHAIR, HEAD], 5) is None
    assert rules.first_step([]) is None


@pytest.mark.parametrize(
    ("state", "current", "expected"),
    [
        (ReportState.DRAFT, None, ("todo", "todo")),
        (ReportState.SUBMITTED, 1, ("current", "todo")),
        (ReportState.SUBMITTED, 5, ("done", "current")),
        (ReportState.RETURNED, None, ("todo", "todo")),
        (ReportState.APPROVED, None, ("done", "done")),
    ],
)
def test_steps_are_drawn_by_state(state, current, expected):
    drawn = tuple(rules.step_state(step, state=state, current=current) for step in (HEAD, CHAIR))

    assert drawn == expected


def test_roles_in_definite_form():
    assert [rules.definite(step.name) for step in (HEAD, CHAIR)] == [
        "förvaltningschefen",
        "ordföranden",
    ]


def test_text_is_kept_without_trailing_blanks():
    assert rules.kept_text("\r\na  \r\n\r\nb\r\n") == "a\n\nb"


def test_too_much_text_is_refused():
    with pytest.raises(rules.TooLong):
        rules.kept_text("a" * 20_001)
