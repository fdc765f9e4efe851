"""What is stored is printed: every field and every value of an enum, on a page and in a block."""

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.urls import reverse

from economy.enums import AmountKind
from economy.models import Amount
from figures.enums import ValueKind, ValueScope
from governance.enums import Light
from internal_control.models import ControlResult
from reports.builders.report import gather
from reports.clearance.printing import draft_html
from targets.enums import ActivityStatus, AssignmentStatus, Attainment, Breakdown, Giver, Moment
from targets.models import (
    Activity,
    ActivityReport,
    AssignmentReport,
    Goal,
    Indicator,
    Judgement,
    Outcome,
)
from tests.economy.factories import make_amount, make_line
from tests.internal_control.factories import make_area, make_level, make_plan, make_result
from tests.reports import chain_factories
from tests.reports.factories import make_block, make_section
from tests.targets.factories import row_key

# Which row it is, and how often it was written.
PLACE = {"id", "version", "line", "period", "indicator", "unit", "goal", "activity", "area"}
# Told on the value's own page, to which the figure's reference leads from the block.
OWN_PAGE = {
    "numerator", "denominator", "group_size", "source", "is_rolled_up", "origin_model",
    "origin_id", "origin_version", "origin_label", "category", "is_confirmed", "forecast_is_confirmed",
}  # fmt: skip
# How another column is printed.
BESIDE = {"decimals", "restated_decimals", "forecast_decimals"}

VALUES = {
    "economy.Amount": {
        "kind": ("outcome", "1,7"),
        "value": (Decimal(4_500_000), "4,5"),
        "is_not_applicable": (True, "Ej tillämpligt"),
        "is_stated": (True, "uppgivet"),
        "note": ("Enligt bokslutet", "Enligt bokslutet"),
    },
    "targets.Outcome": {
        "breakdown": ("women", "Kvinnor"),
        "kind": ("number", "5,7"),
        "number": (Decimal("6.3"), "6,3"),
        "text": ("kartlagda", "kartlagda"),
        "scope": ("region", "region"),
        "measured_on": (date(2025, 11, 3), "2025-11-03"),
        "is_carried_forward": (True, "tidigare mätning"),
        "is_stated": (True, "Uppgivet värde"),
        "comment": ("Fler har kommit åter", "Fler har kommit åter"),
        "restated_number": (Decimal("8.1"), "omräknat"),
        "restated_note": ("Ny metod", "Ny metod"),
        "forecast_number": (Decimal("6.8"), "6,8"),
    },
    "targets.AssignmentReport": {
        "status": ("cancelled", "Avbrutet"),
        "comment": ("Vilar till hösten", "Vilar till hösten"),
    },
    "targets.ActivityReport": {
        "status": ("delayed", "Försenad"),
        "comment": ("Upphandlingen dröjer", "Upphandlingen dröjer"),
    },
    "targets.Judgement": {
        "moment": ("forecast", "Prognos"),
        "rule": ("Regeln som den löd.", "Har delvis uppnåtts"),
        "proposal": ("not_achieved", "Har inte uppnåtts"),
        "result": ("partly", "Har delvis uppnåtts"),
        "level": (None, "Har uppnåtts"),
        "reason": ("Ett undantag", "Ett undantag"),
        "comment": ("Nådde fram", "Nådde fram"),
        "judged_by": ("Karin Lund", "Karin Lund"),
        "judged_on": (date(2026, 1, 20), "2026-01-20"),
    },
    "internal_control.ControlResult": {
        "performed": (False, "Inte utförd"),
        "level": (None, "Utan anmärkning"),
        "comment": ("Stickprov gjort", "Stickprov gjort"),
        "note": ("Med en brist", "Med en brist"),
    },
}
WITH = {  # what else has to hold for the row
    "is_not_applicable": {"value": None},
    "text": {"kind": "text", "number": None, "decimals": None},
    "restated_number": {"restated_decimals": 1, "restated_note": "Ny metod"},
    "restated_note": {"restated_decimals": 1, "restated_number": Decimal("8.1")},
    "forecast_number": {"forecast_decimals": 1},
    "performed": {"level": None},
    "proposal": {"reason": "Ett undantag"},
}


@pytest.fixture
def rows(committee, period, org):
    """One row of each model, in a report with every block that prints it."""
    report = chain_factories.make_chain_report(committee, period)
    plan = Goal.objects.get(key="mal-1").plan
    activity = Activity.objects.create(
        plan=plan, goal=Goal.objects.get(key="mal-1"), key="a", name="Öva", position=1
    )
    line = make_line(committee)
    area = make_area(make_plan(committee, period.ends_on.year))
    section = make_section(report, "resten")
    make_block(section, "economy_table", period)
    at = {"plan_year": 2025, "with_comments": True}
    make_block(section, "activity_list", period, **at)
    make_block(section, "control_grid", period, **at)
    Indicator.objects.update(hides_small_groups=False)
    sick = Indicator.objects.get(key="sjuk")
    women = Outcome.objects.get(indicator=sick, breakdown=Breakdown.WOMEN)
    return report, {
        Amount: make_amount(line, period, "1700000"),
        Outcome: Outcome.objects.get(indicator=sick, period=period, breakdown=Breakdown.TOTAL),
        AssignmentReport: AssignmentReport.objects.get(goal__key="uppdrag-28"),
        ActivityReport: ActivityReport.objects.create(
            activity=activity, period=period, status=ActivityStatus.ONGOING
        ),
        Judgement: Judgement.objects.get(),
        ControlResult: make_result(area, period, make_level(org)),
        Breakdown: women,
    }


def address(row, round_state):
    if isinstance(row, Amount):
        return reverse("economy:overview", args=[row.line.body_id])
    if isinstance(row, Outcome):
        key = row_key(row.indicator, row.unit.body)
        return reverse("targets:outcome_row", args=[round_state.pk, key])
    if isinstance(row, ActivityReport):
        return reverse("targets:activity_detail", args=[row.activity_id])
    if isinstance(row, ControlResult):
        return reverse("internal_control:plan_detail", args=[row.area.plan_id])
    return reverse("targets:goal_detail", args=[row.goal_id])


def words_of(page: str) -> str:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", plain)


def test_every_stored_field_is_looked_for():
    for label, values in VALUES.items():
        fields = {field.name for field in apps.get_model(label)._meta.concrete_fields}

        assert fields - PLACE - OWN_PAGE - BESIDE == set(values)


@pytest.mark.parametrize(
    ("label", "field"), [(label, field) for label, each in VALUES.items() for field in each]
)
def test_a_stored_field_is_printed(rows, login, head, round_state, label, field):
    report, by_model = rows
    value, said = VALUES[label][field]
    row = by_model[Breakdown if field == "breakdown" else apps.get_model(label)]
    if value is not None:
        type(row).objects.filter(pk=row.pk).update(**{field: value, **WITH.get(field, {})})

    page = words_of(login(head).get(address(row, round_state)).content.decode())
    block = words_of(draft_html(gather(report)))

    assert said.lower() in page.lower()
    assert said.lower() in block.lower()


def _printed(rows, client, round_state, row, **values):
    report, _by_model = rows
    type(row).objects.filter(pk=row.pk).update(**values)
    page = words_of(client.get(address(row, round_state)).content.decode())
    return page, words_of(draft_html(gather(report)))


@pytest.mark.parametrize("status", [*AssignmentStatus, *ActivityStatus])
def test_every_status_is_printed(rows, login, head, round_state, status):
    model = AssignmentReport if isinstance(status, AssignmentStatus) else ActivityReport

    said = _printed(rows, login(head), round_state, rows[1][model], status=status)

    assert all(status.label in each for each in said)


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("result", Attainment)
def test_every_judgement_is_printed(rows, login, head, round_state, result, moment):
    values = {"result": result, "moment": moment, "reason": "Ett undantag"}

    said = _printed(rows, login(head), round_state, rows[1][Judgement], **values)

    foreseen = {"achieved": "Bedöms uppnås", "partly": "Bedöms delvis uppnås"}
    foreseen |= {"not_achieved": "Bedöms inte uppnås"}
    word = foreseen.get(result, result.label) if moment == Moment.FORECAST else result.label
    assert all(word in each for each in said)


@pytest.mark.parametrize("kind", ValueKind)
def test_every_kind_of_value_is_printed(rows, login, head, round_state, kind):
    values = {"kind": kind, "text": "> 80" if kind in {"text", "inequality"} else ""}
    if kind != ValueKind.NUMBER:
        values |= {"number": None, "decimals": None}
    word = {"number": "5,7", "text": "> 80", "inequality": "> 80"}.get(kind, kind.label)

    said = _printed(rows, login(head), round_state, rows[1][Outcome], **values)

    assert all(word in each for each in said)


@pytest.mark.parametrize("kind", AmountKind)
def test_every_kind_of_amount_is_printed(rows, login, head, round_state, kind):
    amount = make_amount(
        make_line(rows[1][Amount].line.body, "ny"), rows[1][Amount].period, "9300000", kind=kind
    )

    said = _printed(rows, login(head), round_state, amount)

    assert all("9,3" in each for each in said)
    assert kind == AmountKind.OUTCOME or all(kind.label in each for each in said)


@pytest.mark.parametrize("giver", Giver)
def test_every_giver_is_printed(rows, login, head, round_state, giver):
    Goal.objects.filter(key="uppdrag-28").update(giver=giver)

    said = _printed(rows, login(head), round_state, rows[1][AssignmentReport])

    assert all(giver.label in each for each in said)


def test_every_scope_is_printed(rows, login, head, round_state):
    for scope, words in ((ValueScope.OWN, ""), (ValueScope.REGION, "Region")):
        said = _printed(rows, login(head), round_state, rows[1][Outcome], scope=scope)

        assert all(words in each for each in said)


def test_every_light_has_a_shape(settings):
    shapes = (settings.BASE_DIR / "static" / "icons.svg").read_text()
    sheets = [
        (settings.BASE_DIR / path).read_text()
        for path in ("static/css/pack.css", "documents/paper/pack.css")
    ]

    for light in Light:
        assert f'id="light-{light.value}"' in shapes
        assert all(f".pk-light--{light.value} .pk-light__mark" in sheet for sheet in sheets)
