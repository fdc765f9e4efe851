"""An undo brings back the value with all that belonged to it, not its number alone."""

from decimal import Decimal

import pytest

from economy.grids import AmountGrid
from figures.actions import record
from figures.enums import ValueKind
from figures.rules.grid import Typed
from figures.rules.key import CellKey, Key, key_from
from governance.models import AuditEntry
from targets.models import Outcome
from targets.outcomes.actions.details import NotRestorable, record_details, restore
from targets.outcomes.grids import OutcomeGrid
from targets.outcomes.rules.details import Details
from tests.economy.factories import make_amount, make_line
from tests.factories import TODAY
from tests.targets.factories import row_key


@pytest.fixture
def typing(round_state, controller):
    def send(grid, key, column, text, *, seen, **more):
        cell = CellKey(row=key, column=column)
        typed = Typed(cell=cell, text=text, seen=seen, **more)
        answers = record(grid(round_state), [typed], by=controller, today=TODAY)
        assert answers[typed] is None

    return send


def test_fraction_with_its_marks_comes_back(
    typing, indicator, committee, period, round_state, controller
):
    key = key_from(row_key(indicator, committee))
    typing(OutcomeGrid, key, "value", "228 av 413", seen=0)
    outcome = Outcome.objects.select_related("unit__body").get()
    said = Details(
        numerator=Decimal(228), denominator=Decimal(413), source="Heroma", is_stated=True
    )
    place = {"indicator": indicator, "unit": outcome.unit, "period": period}
    record_details(**place, details=said, seen=1, by=controller, today=TODAY)
    shown = "55,205811"

    typing(OutcomeGrid, key, "value", "60", seen=2)
    typing(OutcomeGrid, key, "value", shown, seen=3, is_undo=True)

    outcome.refresh_from_db()
    assert (outcome.numerator, outcome.denominator, outcome.decimals) == (228, 413, 1)
    assert (outcome.source, outcome.is_stated) == ("Heroma", True)


def test_typed_again_it_is_a_new_value(typing, indicator, committee):
    key = key_from(row_key(indicator, committee))
    typing(OutcomeGrid, key, "value", "228 av 413", seen=0)
    typing(OutcomeGrid, key, "value", "60", seen=1)

    typing(OutcomeGrid, key, "value", "55,205811", seen=2)

    assert Outcome.objects.get().numerator is None


def test_chosen_blank_comes_back_by_its_kind(typing, indicator, committee):
    key = key_from(row_key(indicator, committee))
    typing(OutcomeGrid, key, "value", "", seen=0, kind=ValueKind.NOT_APPLICABLE)
    typing(OutcomeGrid, key, "value", "60", seen=1)

    typing(OutcomeGrid, key, "value", "", seen=2, kind=ValueKind.NOT_APPLICABLE, is_undo=True)

    assert Outcome.objects.get().kind == ValueKind.NOT_APPLICABLE


def test_stated_amount_is_stated_again(typing, committee, period):
    line = make_line(committee, "omsattning")
    amount = make_amount(line, period, "260000")
    amount.is_stated = True
    amount.save()
    typing(AmountGrid, Key(what=line.pk), "outcome", "0,3", seen=1)

    typing(AmountGrid, Key(what=line.pk), "outcome", "0,26", seen=2, is_undo=True)

    amount.refresh_from_db()
    assert (amount.value, amount.is_stated) == (Decimal(260000), True)


def test_restored_onto_a_blank_it_keeps_nothing_of_the_blank(
    typing, indicator, committee, period, controller
):
    key = key_from(row_key(indicator, committee))
    typing(OutcomeGrid, key, "value", "8", seen=0)
    typing(OutcomeGrid, key, "value", "", seen=1)
    outcome = Outcome.objects.select_related("unit__body", "indicator", "period").get()
    said = Details(source="Heroma", group_size=33)
    place = {"indicator": indicator, "unit": outcome.unit, "period": period}
    record_details(**place, details=said, seen=2, by=controller, today=TODAY)
    entry = AuditEntry.objects.filter(field="value", old="8").get()

    restore(outcome=outcome, change=entry.pk, seen=3, by=controller, today=TODAY)

    outcome.refresh_from_db()
    assert (outcome.number, outcome.source, outcome.group_size) == (8, "", None)


def test_nothing_is_restored_of_what_no_plan_asks_for(
    typing, indicator, committee, plan, controller
):
    key = key_from(row_key(indicator, committee))
    typing(OutcomeGrid, key, "value", "8", seen=0)
    typing(OutcomeGrid, key, "value", "9", seen=1)
    place = plan.planned_indicators.get()
    place.targets.all().delete()
    place.delete()
    outcome = Outcome.objects.select_related("unit__body", "indicator", "period").get()
    entry = AuditEntry.objects.filter(field="value", old="8").get()

    with pytest.raises(NotRestorable):
        restore(outcome=outcome, change=entry.pk, seen=2, by=controller, today=TODAY)

    outcome.refresh_from_db()
    assert outcome.number == 9
