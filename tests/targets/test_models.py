"""What the database itself refuses."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from figures.enums import ValueKind
from governance.queries import root_unit
from targets.models import Outcome, Target
from tests.targets.factories import make_indicator, make_outcome, make_place


def outcome(indicator, committee, period, **fields):
    return Outcome(indicator=indicator, unit=root_unit(committee), period=period, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": ValueKind.NUMBER},
        {"kind": ValueKind.NUMBER, "number": Decimal(1)},
        {"kind": ValueKind.MISSING, "number": Decimal(0), "decimals": 0},
        {"kind": ValueKind.TEXT, "text": ""},
        {"kind": ValueKind.INEQUALITY},
        {"kind": "unknown"},
        {"kind": ValueKind.NUMBER, "number": Decimal(1), "decimals": 7},
        {"kind": ValueKind.NUMBER, "number": Decimal(1), "decimals": 0, "breakdown": "all"},
    ],
)
def test_incoherent_outcome_is_refused(indicator, committee, period, fields):
    row = outcome(indicator, committee, period, **fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": ValueKind.NUMBER, "number": Decimal(0), "decimals": 0},
        {"kind": ValueKind.MISSING},
        {"kind": ValueKind.SUPPRESSED},
        {"kind": ValueKind.NOT_APPLICABLE},
        {"kind": ValueKind.TEXT, "text": "Processerna är kartlagda"},
        {"kind": ValueKind.INEQUALITY, "text": ">80 %"},
    ],
)
def test_every_kind_of_outcome_is_kept(indicator, committee, period, fields):
    row = outcome(indicator, committee, period, **fields)

    row.save()

    assert Outcome.objects.get(pk=row.pk).kind == fields["kind"]


def test_outcome_once_per_indicator_unit_period_and_breakdown(indicator, committee, period):
    make_outcome(indicator, committee, period, "1")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_outcome(indicator, committee, period, "2")


def test_entered_decimals_are_kept(indicator, committee, period):
    kept = Outcome.objects.get(pk=make_outcome(indicator, committee, period, "3.30").pk)

    assert (kept.number, kept.decimals) == (Decimal("3.30"), 2)


def test_keys_are_unique_within_their_parent(org, plan, indicator):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_indicator(org, indicator.key)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_place(plan, indicator)


def test_one_target_per_horizon(plan, indicator):
    place = plan.planned_indicators.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(planned_indicator=place, key="ar-2", text="högst 6")


def test_tolerance_is_not_negative(org):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_indicator(org, tolerance=Decimal(-1))
