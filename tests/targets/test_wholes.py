"""Whichever way a unit's value comes in, everything that is computed of it is computed."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from governance.enums import ChangeKind
from governance.models import AuditEntry, Unit
from governance.queries import root_unit
from governance.rules import FigureRef
from targets.enums import RollUp
from targets.models import Outcome
from targets.outcomes.actions.details import record_details, restore
from targets.outcomes.actions.fetching import record_fetched
from targets.outcomes.rules.details import Details
from tests.factories import TODAY
from tests.targets.factories import row_key
from tests.targets.saving import record_outcome
from tests.targets.views.swap import sent

HX = {"HX-Request": "true"}


@pytest.fixture
def units(committee, indicator):
    indicator.unit_label, indicator.rollup = "antal", RollUp.SUM
    indicator.save()
    root = root_unit(committee)
    root.body = committee
    return [
        Unit.objects.create(body=committee, parent=root, key=key, name=f"Område {key}")
        for key in ("norr", "soder")
    ]


@pytest.fixture
def place(units, indicator, period):
    """Where the value comes in: the first unit, the second having reported four."""
    Outcome.objects.create(indicator=indicator, unit=units[1], period=period, number=4, decimals=0)
    return {"indicator": indicator, "unit": units[0], "period": period}


@pytest.fixture
def into(place, login, controller, round_state):
    """Three by each way in."""
    browser = login(controller)
    cell = sent(row_key(place["indicator"], place["unit"]), "value", "3", was="")
    grid = reverse("targets:entry_grid", args=[round_state.pk])
    by = {**place, "by": controller, "today": TODAY}

    def excel():
        data = browser.get(reverse("targets:grid_export", args=[round_state.pk])).content
        book, out = load_workbook(BytesIO(data)), BytesIO()
        book["Utfall"]["G5"] = 3
        book.save(out)
        found = browser.post(
            reverse("targets:grid_import", args=[round_state.pk]),
            {"file": SimpleUploadedFile("utfall.xlsx", out.getvalue())},
        ).context["found"]
        browser.post(grid, found.fields)

    def restored():
        for seen, text in enumerate(["3", "30"]):
            record_outcome(**by, text=text, seen=seen)
        entry = AuditEntry.objects.filter(field="value", new="30").get()
        outcome = Outcome.objects.get(unit=place["unit"])
        restore(outcome=outcome, change=entry.pk, seen=2, by=controller, today=TODAY)

    return {
        "the script": lambda: browser.post(grid, cell, headers=HX),
        "the plain form": lambda: browser.post(grid, cell),
        "Excel": excel,
        "an action": lambda: record_outcome(**by, text="3", seen=0),
        "fetching": lambda: record_fetched(
            **by,
            number=Decimal(3),
            decimals=0,
            origin=FigureRef(model="economy.Amount", id=1, version=1),
            label="Budget",
            seen=0,
        ),
        "the row's page": lambda: record_details(
            **by,
            details=Details(numerator=Decimal(3), denominator=Decimal(1)),
            compute=True,
            seen=0,
        ),
        "restoring": restored,
    }


@pytest.mark.parametrize(
    "way",
    [
        "the script",
        "the plain form",
        "Excel",
        "an action",
        "fetching",
        "the row's page",
        "restoring",
    ],
)
def test_three_and_four_make_seven(way, into, committee, period):
    into[way]()

    whole = Outcome.objects.get(unit=root_unit(committee), period=period)
    assert (whole.number, whole.is_rolled_up) == (7, True)
    last = AuditEntry.objects.filter(object_id=whole.pk, field="value").latest("pk")
    assert (last.kind, last.new.partition(", ")[2]) == (ChangeKind.COMPUTED, "summan av enheterna")


def test_numerators_said_afterwards_make_the_share_of_the_whole(
    place, controller, committee, period, round_state
):
    """A share is whole when every unit has said what it is a share of."""
    indicator, other = place["indicator"], Outcome.objects.get()
    indicator.unit_label, indicator.rollup = "%", RollUp.RATIO
    indicator.save()
    other.numerator, other.denominator = Decimal(1), Decimal(10)
    other.save()
    record_outcome(**place, text="50", seen=0, by=controller, today=TODAY)

    record_details(
        **place,
        details=Details(numerator=Decimal(1), denominator=Decimal(2)),
        seen=1,
        by=controller,
        today=TODAY,
    )

    whole = Outcome.objects.get(unit=root_unit(committee), period=period)
    assert (whole.number, whole.numerator, whole.denominator) == (Decimal("16.666667"), 2, 12)


def test_group_sizes_said_afterwards_make_the_group_of_the_whole(
    place, controller, committee, period, round_state
):
    Outcome.objects.update(group_size=5)
    record_outcome(**place, text="3", seen=0, by=controller, today=TODAY)

    record_details(**place, details=Details(group_size=4), seen=1, by=controller, today=TODAY)

    assert Outcome.objects.get(unit=root_unit(committee), period=period).group_size == 9
