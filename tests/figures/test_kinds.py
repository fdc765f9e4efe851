"""A kind is a part of what is typed: changed alone, it is a change."""

import pytest
from django.http import QueryDict

from figures.enums import ValueKind
from figures.forms import typed_in
from figures.rules.value import Value
from targets.outcomes.grids import OutcomeGrid

CELL = "59u3.value"


def typed(state, **fields):
    data = QueryDict(mutable=True)
    data.update({f"{name}-{CELL}": value for name, value in fields.items()})
    return typed_in(data, OutcomeGrid(state), is_partial=False)


@pytest.mark.parametrize(
    ("text", "was", "was_kind", "kind", "count"),
    [
        ("8", "8", "number", "number", 0),
        ("8", "8", "number", "suppressed", 1),
        ("minst 5", "minst 5", "text", "number", 1),
        ("", "suppressed", "suppressed", "suppressed", 0),
        ("", "suppressed", "suppressed", "number", 1),
        ("", "", "number", "not_applicable", 1),
    ],
)
def test_plain_form_sends_what_was_changed(round_state, text, was, was_kind, kind, count):
    sent = typed(round_state, value=text, was=was, waskind=was_kind, kind=kind, version="1")

    assert len(sent) == count


@pytest.mark.parametrize("number", ["sNaN", "NaN", "Infinity", "-Infinity"])
def test_number_that_is_none_is_no_value(number):
    assert Value.from_data(f'{{"number":"{number}","kind":"number"}}') is None
    assert Value(kind=ValueKind.NUMBER).data == '{"kind":"number"}'
