"""A new value drops what was said of the old one's measurement, whichever way it comes in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from figures.enums import ValueKind, ValueScope
from governance.models import AuditEntry, Unit
from governance.queries import root_unit
from governance.rules import FigureRef
from targets.enums import RollUp
from targets.models import Outcome
from targets.outcomes.actions.details import record_details, restore
from targets.outcomes.actions.fetching import record_fetched
from targets.outcomes.actions.values import roll_up
from targets.outcomes.queries.value_history import details_of
from targets.outcomes.rules.details import Details
from tests.factories import TODAY
from tests.targets.factories import row_key
from tests.targets.saving import record_outcome
from tests.targets.views.swap import sent

MARKED = Details(
    numerator=Decimal(228),
    denominator=Decimal(413),
    group_size=42,
    scope=ValueScope.REGION,
    measured_on=date(2024, 11, 3),
    is_carried_forward=True,
    is_stated=True,
    source="Heroma",
    comment="Se bilaga",
    restated_number=Decimal("7.1"),
    restated_decimals=1,
    restated_note="Flyttat område",
)
LEFT = Details(
    scope=ValueScope.REGION,  # of what is measured at the place, not of one value
    comment="Se bilaga",
    restated_number=Decimal("7.1"),
    restated_decimals=1,
    restated_note="Flyttat område",
)


@pytest.fixture
def place(indicator, committee, period, round_state):
    unit = root_unit(committee)
    unit.body = committee
    return {"indicator": indicator, "unit": unit, "period": period}


@pytest.fixture
def marked(place):
    origin = {"origin_model": "economy.Amount", "origin_id": 1, "origin_version": 1}
    return Outcome.objects.create(
        **place, number=Decimal("6.94"), decimals=2, origin_label="Budget", **origin, **vars(MARKED)
    )


@pytest.fixture
def left(marked):
    def details():
        row = Outcome.objects.get(pk=marked.pk)
        assert row.number != marked.number
        return details_of(row)

    return details


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("7,10", ValueKind.NUMBER),
        ("", ValueKind.NUMBER),
        ("> 80", ValueKind.NUMBER),
        ("Ord", ValueKind.TEXT),
        ("", ValueKind.SUPPRESSED),
    ],
)
def test_typed_value(place, marked, left, controller, text, kind):
    record_outcome(**place, text=text, kind=kind, seen=1, by=controller, today=TODAY)

    assert left() == LEFT
    assert Outcome.objects.get().origin_label == ""


def test_grid_and_so_a_workbook_read_into_it(login, marked, left, controller, round_state):
    fields = sent(row_key(marked.indicator, marked.unit), "value", "7,10", "1", was="6,94")

    login(controller).post(reverse("targets:entry_grid", args=[round_state.pk]), fields)

    assert left() == LEFT


def test_fetched_value(place, marked, left, controller):
    record_fetched(
        **place,
        number=Decimal(5),
        decimals=0,
        origin=FigureRef(model="economy.Amount", id=2, version=1),
        label="Utfall",
        seen=1,
        by=controller,
        today=TODAY,
    )

    assert left() == LEFT
    assert Outcome.objects.get().origin_label == "Utfall"


def test_details_page_keeps_what_stands_on_its_form(place, marked, left, controller):
    details = replace(MARKED, numerator=Decimal(229), is_stated=False)

    record_details(
        **place, details=details, compute=True, seen=1, by=controller, today=TODAY
    )  # fmt: skip

    assert left() == details
    assert Outcome.objects.get().origin_label == ""


def test_restored_value_brings_back_what_belonged_to_it(place, marked, left, controller):
    record_outcome(**place, text="7,10", seen=1, by=controller, today=TODAY)
    again = replace(LEFT, source="Manuell", is_stated=True)
    record_details(**place, details=again, seen=2, by=controller, today=TODAY)
    entry = AuditEntry.objects.filter(field="value").get()

    restore(outcome=Outcome.objects.get(), change=entry.pk, seen=3, by=controller, today=TODAY)

    assert details_of(Outcome.objects.get()) == MARKED
    assert Outcome.objects.get().origin_label == "Budget"


def test_restored_value_leaves_the_scope_as_it_stands(place, marked, controller):
    record_outcome(**place, text="7,10", seen=1, by=controller, today=TODAY)
    own = replace(LEFT, scope=ValueScope.OWN)
    record_details(**place, details=own, seen=2, by=controller, today=TODAY)
    entry = AuditEntry.objects.filter(field="value").get()

    restore(outcome=Outcome.objects.get(), change=entry.pk, seen=3, by=controller, today=TODAY)

    assert details_of(Outcome.objects.get()) == replace(MARKED, scope=ValueScope.OWN)


def test_rolled_up_value(place, marked, left, committee, period, controller):
    indicator = place["indicator"]
    indicator.rollup = RollUp.SUM
    indicator.save()
    unit = Unit.objects.create(body=committee, parent=place["unit"], key="norr", name="Norr")
    Outcome.objects.create(
        indicator=indicator, unit=unit, period=period, number=Decimal(5), decimals=0, group_size=30
    )

    roll_up(indicator=indicator, body=committee, period=period, by=controller)

    assert left() == replace(LEFT, group_size=30)


def test_same_value_and_a_comment_keep_the_marks(place, marked, controller):
    record_outcome(**place, text="6,94", comment="Ny", seen=1, by=controller, today=TODAY)

    assert details_of(Outcome.objects.get()) == replace(MARKED, comment="Ny")


def test_what_was_said_before_there_was_a_value_stays(place, controller):
    said = Details(source="Heroma", group_size=42)
    record_details(**place, details=said, seen=0, by=controller, today=TODAY)

    record_outcome(**place, text="7,10", seen=1, by=controller, today=TODAY)

    assert details_of(Outcome.objects.get()) == said


def test_small_group_stays_known_until_another_size_is_said(place, marked, left, controller):
    place["indicator"].hides_small_groups = True
    place["indicator"].save()

    record_outcome(**place, text="7,10", seen=1, by=controller, today=TODAY)

    assert left() == replace(LEFT, group_size=42)


def test_history_tells_what_was_dropped(place, marked, controller):
    record_outcome(**place, text="7,10", seen=1, by=controller, today=TODAY)

    assert set(AuditEntry.objects.values_list("field", "old", "new")) == {
        ("value", "6,94", "7,10"),
        ("numerator", "228", ""),
        ("denominator", "413", ""),
        ("group_size", "42", ""),
        ("measured_on", "2024-11-03", ""),
        ("is_carried_forward", "Ja", "Nej"),
        ("is_stated", "Ja", "Nej"),
        ("source", "Heroma", ""),
        ("origin_label", "Budget", ""),
    }
