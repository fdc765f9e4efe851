import pytest

from reports.clearance.rules import Step, definite, first_step, next_step, step_state
from reports.composing.rules import kept_text
from reports.enums import ReportState

HEAD = Step(position=1, role="head_of_administration", name="Förvaltningschef")
CHAIR = Step(position=5, role="chair", name="Ordförande")


def test_the_chain_goes_in_order_of_position():
    assert first_step([CHAIR, HEAD]) == HEAD
    assert next_step([CHAIR, HEAD], 1) == CHAIR
    assert next_step([CHAIR, HEAD], 5) is None
    assert first_step([]) is None


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
    drawn = tuple(step_state(step, state=state, current=current) for step in (HEAD, CHAIR))

    assert drawn == expected


def test_roles_in_definite_form():
    assert [definite(step.name) for step in (HEAD, CHAIR)] == [
        "förvaltningschefen",
        "ordföranden",
    ]


def test_text_is_kept_without_trailing_blanks():
    assert kept_text("\r\na  \r\n\r\nb\r\n") == "a\n\nb"
