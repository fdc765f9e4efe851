"""Every state of proposal, paragraph, verification and report against every act of its table: what
the table allows happens once, the rest is refused in its words."""

import pytest

from dialogues.states import PARAGRAPH, PROPOSAL, VERIFICATION
from governance.history import history_of
from governance.states import WrongState, move
from reports.states import REPORT
from tests.reports.factories import make_pack

MORE = {
    ("Proposal", "sent"): {"sent_on": "2026-03-10"},
    ("Verification", "verified"): {"verified_at": "2026-03-10T12:00:00Z"},
    ("Report", "submitted"): {"current_step": 1},
}
BLANK = {"Proposal": {"sent_on": None}, "Verification": {}, "Report": {"current_step": None}, "Paragraph": {}}  # fmt: skip
TABLES = {"proposal": PROPOSAL, "paragraph": PARAGRAPH, "verification": VERIFICATION, "report": REPORT}  # fmt: skip
MATRIX = [
    pytest.param(kind, act, state, id=f"{kind} {state} {act.name}")
    for kind, table in TABLES.items()
    for act in table.transitions
    for state in table.states.values
]


@pytest.fixture
def report(committee, period):
    return make_pack(committee, period)


def in_state(row, state):
    model = type(row)
    name = model.__name__
    values = BLANK[name] | MORE.get((name, state), {})
    model.objects.filter(pk=row.pk).update(state=state, **values)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(("kind", "act", "state"), MATRIX)
def test_act_in_state(request, secretary, kind, act, state):
    row, table = in_state(request.getfixturevalue(kind), state), TABLES[kind]
    name, before = type(row).__name__, len(history_of(row))
    values = MORE.get((name, act.target or state), BLANK[name])
    done = {"by": secretary, "values": values, "reason": "Därför."}

    if table.allows(act.name, state):
        move(row, table, act.name, **done)
        assert row.state == (act.target or state)
        assert len(history_of(row)) > before or not act.target
    else:
        with pytest.raises(WrongState, match=f"kan inte {act.verb}"):
            move(row, table, act.name, **done)
        row.refresh_from_db()
        assert row.state == state
        assert len(history_of(row)) == before


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_button_is_offered_where_the_act_is_allowed(table):
    for state in table.states.values:
        offered = {name for name, button in table.buttons(state).items() if button}
        named = {act.name for act in table.transitions if act.button}
        assert offered == named & {act.name for act in table.possible(state)}
