"""Outcomes fetched from the economy and from frozen reports; a later difference is seen."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from economy.enums import AmountKind, Measure
from economy.models import Amount
from governance.models import AuditEntry, Unit
from governance.queries import root_unit
from governance.rules import FigureRef, Stale
from reports.clearance.queries.versions import content_of
from reports.fetching.actions import fetch
from reports.fetching.queries import (
    NotConvertible,
    fetch_page,
    fetched_values,
    printed_figures,
    sources_of,
)
from rounds.actions.locks import PeriodLocked
from targets.models import Outcome, Plan
from targets.outcomes.actions.values import roll_up
from tests.economy.factories import make_amount, make_line
from tests.factories import TODAY
from tests.targets.factories import make_indicator, make_place, make_plan
from tests.targets.saving import record_outcome


@pytest.fixture
def money(org, committee, period):
    """The budget deviation as an indicator of the year's plan, without outcome."""
    indicator = make_indicator(org, "budgetavvikelse", unit="mnkr")
    plan = Plan.objects.filter(body=committee, year=2025).first() or make_plan(committee)
    make_place(plan, indicator)
    return indicator


@pytest.fixture
def amount(committee, period):
    return make_amount(make_line(committee, "budgetavvikelse"), period, "16437512.00")


@pytest.fixture
def take(money, round_state, controller):
    def again(source, *, indicator=None, seen=0):
        return fetch(
            state=round_state,
            indicator=indicator or money.key,
            source=source,
            seen=seen,
            by=controller,
            today=TODAY,
        )

    return again


def history():
    return list(AuditEntry.objects.order_by("id").values_list("field", "old", "new"))


def test_amount_becomes_the_outcome_with_its_origin(take, amount, money):
    told = take(f"e{amount.pk}")

    kept = Outcome.objects.get()
    label = "Ekonomi: Raden budgetavvikelse, helår 2025, version 1"
    assert told == f"Hämtat 16,4 mnkr från {label}."
    assert (kept.number, kept.decimals, kept.version) == (Decimal("16.437512"), 1, 1)
    assert (kept.origin_model, kept.origin_id, kept.origin_version, kept.origin_label) == (
        "economy.Amount",
        amount.pk,
        1,
        label,
    )
    assert history() == [("value", "", "16,4"), ("origin_label", "", label)]


def test_unit_of_the_indicator_is_used(take, amount, money):
    money.unit_label = "tkr"
    money.save()

    take(f"e{amount.pk}")

    assert Outcome.objects.get().number == Decimal("16437.512")


def test_later_difference_is_seen_and_fetched_again(take, amount, committee, period):
    take(f"e{amount.pk}")
    (before,) = fetched_values(committee, period)
    Amount.objects.filter(pk=amount.pk).update(value=Decimal("16600000"), version=2)

    (row,) = fetched_values(committee, period)

    assert (before.now, before.differs) == ("16,4 mnkr", False)
    assert (row.value, row.now, row.differs) == ("16,4 mnkr", "16,6 mnkr", True)

    take(row.source_key, seen=row.version)
    (after,) = fetched_values(committee, period)
    assert (after.value, after.differs, after.version) == ("16,6 mnkr", False, 2)
    assert after.label.endswith("version 2")


def test_difference_below_what_is_printed_is_seen_too(take, amount, committee, period):
    take(f"e{amount.pk}")
    Amount.objects.filter(pk=amount.pk).update(value=Decimal("16437513"))

    assert fetched_values(committee, period)[0].differs


def test_origin_that_is_gone_is_said(take, amount, committee, period):
    take(f"e{amount.pk}")
    amount.delete()

    (row,) = fetched_values(committee, period)

    assert (row.now, row.differs, row.source_key) == ("Finns inte längre", True, "")


def test_typed_value_is_no_longer_fetched(take, amount, money, committee, period, controller):
    take(f"e{amount.pk}")

    record_outcome(
        indicator=money, unit=root_unit(committee), period=period, text="17", seen=1,
        by=controller, today=TODAY,
    )  # fmt: skip

    assert fetched_values(committee, period) == ()


def test_same_again_writes_nothing(take, amount):
    take(f"e{amount.pk}")

    take(f"e{amount.pk}", seen=1)

    assert (Outcome.objects.get().version, len(history())) == (1, 2)


@pytest.mark.parametrize("source", ["", "e", "e0", "e999", "r1-0", "x1", "e1;", "٣"])
def test_hostile_sources_are_refused(take, amount, source):
    with pytest.raises(NotConvertible):
        take(source)


def test_only_the_grids_indicators_without_outcome_can_be_fetched(
    take, amount, org, other_org, committee, period, controller, money
):
    make_indicator(org, "annan")
    make_indicator(other_org, "frammande", unit="mnkr")
    for key in ("annan", "frammande", "finns-inte"):
        with pytest.raises(NotConvertible):
            take(f"e{amount.pk}", indicator=key)

    record_outcome(
        indicator=money, unit=root_unit(committee), period=period, text="17", seen=0,
        by=controller, today=TODAY,
    )  # fmt: skip
    with pytest.raises(NotConvertible):
        take(f"e{amount.pk}", seen=1)


def test_other_committees_amounts_are_no_source(take, other_committee, period):
    foreign = make_amount(make_line(other_committee), period, "1")

    with pytest.raises(NotConvertible):
        take(f"e{foreign.pk}")


def test_other_units_are_refused_in_words(take, committee, period):
    share = make_amount(make_line(committee, "andel", measure=Measure.PERCENT), period, "88.10")

    with pytest.raises(NotConvertible, match="Källan är i % och indikatorn i mnkr"):
        take(f"e{share.pk}")


def test_stale_and_locked_are_refused(take, amount, round_state, money, committee, period):
    take(f"e{amount.pk}")
    Amount.objects.filter(pk=amount.pk).update(value=Decimal("1"))
    with pytest.raises(Stale):
        take(f"e{amount.pk}", seen=0)

    round_state.state = "submitted"
    round_state.save()
    with pytest.raises(PeriodLocked):
        take(f"e{amount.pk}", seen=1)


def test_rolling_up_takes_the_origin_away(take, amount, money, committee, period, controller):
    """A whole that is computed, of a unit that has not reported."""
    take(f"e{amount.pk}")
    Outcome.objects.update(is_rolled_up=True)
    money.rollup = "sum"
    Unit.objects.create(body=committee, parent=root_unit(committee), key="it", name="IT")

    whole = roll_up(indicator=money, body=committee, period=period, by=controller)

    assert (whole.origin_model, whole.origin_label) == ("", "")


def test_sources_are_told_with_kind_and_unit(committee, period):
    line = make_line(committee, "nettokostnad", decimals=2)
    make_amount(line, period, "-187700000", kind=AmountKind.BUDGET)

    assert [source.words for source in sources_of(committee, period)] == [
        "Ekonomi: Raden nettokostnad, budget, helår 2025, version 1: −187,70 mnkr"
    ]


def test_frozen_figures_of_the_report_are_sources(handed_over, take, money, committee, period):
    places = printed_figures(content_of(handed_over))
    sources = [source for source in sources_of(committee, period) if source.key.startswith("r")]
    assert [source.value for source in sources] == list(places.values())
    chosen = next(source for source in sources if source.value.unit == "mnkr")

    take(chosen.key)

    kept = Outcome.objects.get(indicator=money)
    assert FigureRef(
        model=kept.origin_model, id=kept.origin_id, version=kept.origin_version
    ) == FigureRef(model="reports.ReportVersion", id=handed_over.pk, version=1)
    assert kept.origin_label.startswith("Nämndsdialog våren 2026, version 1: ")
    (row,) = fetched_values(committee, period)
    assert (row.differs, row.now) == (False, row.value)


def test_page_costs_the_same_for_one_and_thirty_fetched(
    take, amount, org, committee, period, round_state, controller
):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            fetch_page(controller, round_state, TODAY)
        return len(counted)

    take(f"e{amount.pk}")
    cost()  # the roles are read once per user
    one = cost()
    plan = make_plan(committee, 2026)
    plan.year = 2025
    plan.save()
    for number in range(29):
        indicator = make_indicator(org, f"i{number}", unit="mnkr")
        make_place(plan, indicator)
        other = make_amount(make_line(committee, f"l{number}"), period, f"{number}")
        take(f"e{other.pk}", indicator=indicator.key)

    assert len(fetched_values(committee, period)) == 30
    assert cost() == one


def test_only_what_fits_is_offered(controller, round_state, org, money, amount, period):
    make_place(Plan.objects.get(), make_indicator(org, "antal", unit="st"))
    make_amount(make_line(round_state.body, "andel", measure=Measure.PERCENT), period, "12")

    page = fetch_page(controller, round_state, TODAY)

    assert [each.key for each in page.wanted] == [money.key]
    assert [source.value.unit for source in page.sources] == ["mnkr"]

    Amount.objects.filter(line__key="budgetavvikelse").delete()
    page = fetch_page(controller, round_state, TODAY)

    assert (page.wanted, page.sources) == ((), ())
    assert page.nothing == "Inget som kan hämtas har samma enhet som en rad utan värde."
