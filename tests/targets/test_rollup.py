"""The rolled-up whole as a stored row: written, raised, taken away, told in the history."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from figures.enums import ValueKind
from governance.models import AuditEntry, Unit
from governance.queries import root_unit
from governance.rules import decimals_of
from rounds.enums import RoundStateName
from rounds.models import RoundState
from targets.enums import Breakdown, RollUp
from targets.models import Outcome
from targets.outcomes.actions.anew import change_indicator
from targets.outcomes.actions.values import roll_up
from tests.factories import TODAY
from tests.targets.factories import make_indicator
from tests.targets.saving import record_outcome


@pytest.fixture
def units(committee):
    root = root_unit(committee)
    return [
        Unit.objects.create(body=committee, parent=root, key=key, name=f"Område {key}")
        for key in ("norr", "soder")
    ]


@pytest.fixture
def counted(org):
    indicator = make_indicator(org, "antal", unit="antal")
    indicator.rollup = RollUp.SUM
    indicator.save()
    return indicator


@pytest.fixture
def report(counted, period):
    """One unit's value as a row; None takes it away again."""

    def save(unit, number, *, breakdown=Breakdown.TOTAL, **fields):
        value = None if number is None else Decimal(number)
        return Outcome.objects.update_or_create(
            indicator=counted,
            unit=unit,
            period=period,
            breakdown=breakdown,
            defaults={
                "kind": ValueKind.MISSING if value is None else ValueKind.NUMBER,
                "number": value,
                "decimals": None if value is None else decimals_of(value),
                **fields,
            },
        )[0]

    return save


@pytest.fixture
def roll(counted, committee, period, controller):
    def again(breakdown=Breakdown.TOTAL):
        return roll_up(
            indicator=counted, body=committee, period=period, breakdown=breakdown, by=controller
        )

    return again


def history():
    return list(AuditEntry.objects.order_by("id").values_list("field", "old", "new"))


def test_whole_is_written_when_the_last_unit_has_reported(units, report, roll, committee):
    report(units[0], "12")
    assert roll() is None

    report(units[1], "8.5")
    whole = roll()

    kept = Outcome.objects.get(unit=root_unit(committee))
    assert (whole.pk, kept.number, kept.decimals, kept.version) == (kept.pk, Decimal("20.5"), 1, 1)
    assert kept.is_rolled_up
    assert history() == [("value", "", "20,5, summan av enheterna")]


def test_same_values_again_write_nothing(units, report, roll):
    for unit in units:
        report(unit, "1")
    roll()

    roll()

    assert len(history()) == 1


def test_changed_unit_raises_the_version_of_the_whole(units, report, roll):
    for unit in units:
        report(unit, "1")
    roll()
    report(units[0], "4")

    whole = roll()

    assert (whole.number, whole.version) == (Decimal(5), 2)
    assert history()[-1] == ("value", "2", "5, summan av enheterna")


def test_whole_is_missing_again_when_a_units_value_goes_away(units, report, roll):
    for unit in units:
        report(unit, "1")
    roll()
    report(units[0], None)

    whole = roll()

    assert (whole.kind, whole.number, whole.version) == (ValueKind.MISSING, None, 2)
    assert history()[-1] == ("value", "2", "inget värde, alla enheter har inte rapporterat")


def test_value_entered_for_the_whole_stands_until_all_have_reported(
    units, report, roll, counted, committee, period
):
    entered = report(root_unit(committee), "30")
    report(units[0], "1")

    assert roll().number == 30
    assert history() == []

    report(units[1], "1")

    assert (roll().pk, roll().number) == (entered.pk, 2)
    assert history() == [("value", "30", "2, summan av enheterna")]


def test_each_breakdown_has_its_own_whole(units, report, roll):
    for unit in units:
        report(unit, "3", breakdown=Breakdown.WOMEN)

    whole = roll(Breakdown.WOMEN)

    assert (whole.breakdown, whole.number) == (Breakdown.WOMEN, 6)
    assert roll() is None


def test_unit_that_has_ended_or_lies_deeper_is_not_asked(units, report, roll, committee):
    units[1].valid_to = date(2025, 6, 30)
    units[1].save()
    Unit.objects.create(body=committee, parent=units[0], key="avd", name="Avdelningen")
    report(units[0], "7")

    assert roll().number == 7


def test_entered_indicator_and_body_without_units_are_left_alone(units, report, roll, counted):
    counted.rollup = RollUp.ENTERED
    counted.save()
    for unit in units:
        report(unit, "1")

    assert roll() is None


def test_ratio_keeps_numerator_and_denominator(units, report, roll, counted):
    counted.rollup, counted.unit_label = RollUp.RATIO, "%"
    counted.save()
    report(units[0], "50.0", numerator=Decimal(1), denominator=Decimal(2))
    report(units[1], "10.0", numerator=Decimal(1), denominator=Decimal(10))

    whole = roll()

    assert (whole.number, whole.numerator, whole.denominator) == (
        Decimal("16.666667"),
        Decimal(2),
        Decimal(12),
    )
    assert history() == [("value", "", "16,7, täljare genom nämnare, summerade")]


def test_small_units_are_a_small_whole_together(units, report, roll):
    report(units[0], "1", group_size=4)
    report(units[1], "2", group_size=5)

    assert roll().group_size == 9


def test_all_units_not_applicable_makes_the_whole_so(units, report, roll):
    for unit in units:
        report(unit, None, kind=ValueKind.NOT_APPLICABLE)

    whole = roll()

    assert whole.kind == ValueKind.NOT_APPLICABLE
    assert history() == [("value", "", "Ej tillämpligt, summan av enheterna")]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_units_saved_in_the_same_moment_both_count(
    guarded_db, units, counted, round_state, controller, committee
):
    """Each saves what the other cannot yet see; the locked root unit makes the second one look."""
    meet = Barrier(len(units), timeout=30)

    def save(unit):
        try:
            unit.body = committee
            meet.wait()
            record_outcome(
                indicator=counted, unit=unit, period=round_state.reporting_round.period,
                text="5", seen=0, by=controller, today=TODAY,
            )  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(len(units)) as pool:
        list(pool.map(save, units))

    assert Outcome.objects.get(unit=root_unit(committee)).number == 10


def test_new_rule_makes_the_wholes_of_open_periods_anew(
    units, report, roll, counted, committee, period, last_year, round_state, controller
):
    for unit, number in zip(units, ("2", "4"), strict=True):
        report(unit, number)
    roll()
    Outcome.objects.create(
        indicator=counted, unit=root_unit(committee), period=last_year, number=9, decimals=0,
        is_rolled_up=True,
    )  # fmt: skip

    change_indicator(
        indicator=counted, values={"rollup": RollUp.MEAN}, seen=counted.version, by=controller
    )

    wholes = Outcome.objects.filter(unit=root_unit(committee))
    assert wholes.get(period=period).number == 3
    assert wholes.get(period=last_year).number == 9
    assert history()[-1] == ("value", "6", "3, medelvärdet av enheterna")


def test_whole_that_nothing_makes_any_longer_stands_as_entered(
    units, report, roll, counted, round_state, controller
):
    for unit in units:
        report(unit, "2")
    roll()

    change_indicator(
        indicator=counted, values={"rollup": RollUp.ENTERED}, seen=counted.version, by=controller
    )

    whole = Outcome.objects.get(unit=root_unit(round_state.body))
    assert (whole.number, whole.is_rolled_up) == (4, False)


def test_a_handed_in_whole_stays_as_it_was_handed_in(
    units, report, roll, counted, round_state, controller
):
    for unit, number in zip(units, ("2", "4"), strict=True):
        report(unit, number)
    roll()
    RoundState.objects.filter(pk=round_state.pk).update(state=RoundStateName.SUBMITTED)

    change_indicator(
        indicator=counted, values={"rollup": RollUp.MEAN}, seen=counted.version, by=controller
    )

    assert Outcome.objects.get(unit=root_unit(round_state.body)).number == 6
