"""A table of transitions that leaves a state out cannot be made."""

import pytest
from django.db.models import TextChoices

from governance.states import StateTable, Transition


class Door(TextChoices):
    OPEN = "open", "Öppen"
    SHUT = "shut", "Stängd"
    SEALED = "sealed", "Förseglad"


def act(target: str, *sources: str) -> Transition:
    return Transition(
        name=target,
        sources=frozenset(sources),
        target=target,
        verb="ändras",
        done="är",
        then="Sen.",
    )


WHOLE = (act("shut", "open"), act("open", "shut"), act("sealed", "shut"))


def test_table_with_every_state_is_made():
    table = StateTable(
        subject="Dörren", states=Door, transitions=WHOLE, ends=frozenset({Door.SEALED})
    )

    assert [each.name for each in table.possible("shut")] == ["open", "sealed"]


@pytest.mark.parametrize(
    ("transitions", "ends", "what"),
    [
        (WHOLE[:2], {"sealed"}, r"no act leads to \['sealed'\]"),
        (WHOLE, set(), r"no act leads from \['sealed'\]"),
        (WHOLE, {"shut", "sealed"}, r"an act leads from the end \['shut'\]"),
        ((*WHOLE, act("ajar", "open")), {"sealed"}, r"unknown states \['ajar'\]"),
        ((*WHOLE, act("open", "ajar")), {"sealed"}, r"unknown states \['ajar'\]"),
        (WHOLE, {"sealed", "ajar"}, r"unknown states \['ajar'\]"),
    ],
)
def test_table_that_leaves_a_state_out_is_refused(transitions, ends, what):
    with pytest.raises(ValueError, match=f"Dörren: {what}"):
        StateTable(subject="Dörren", states=Door, transitions=transitions, ends=frozenset(ends))
