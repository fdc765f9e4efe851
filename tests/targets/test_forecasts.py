"""A forecast of the year beside an outcome: typed, kept and printed as one, never as the outcome."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from figures.enums import ValueKind
from governance.enums import Light
from governance.models import AuditEntry
from reports.builders.report import gather
from reports.clearance.printing import draft_html
from targets.models import Outcome
from targets.outcomes.queries.figures import indicator_rows
from tests.reports.factories import make_block, make_report, make_section, make_template
from tests.targets import factories
from tests.targets.factories import row_key
from tests.targets.views.swap import sent

HX = {"HX-Request": "true"}


@pytest.fixture
def spring(period):
    """The period ends before the year does."""
    period.name, period.ends_on = "Delår 1 2025", date(2025, 4, 30)
    period.save()
    return period


@pytest.fixture
def indicator(org, plan):
    found = factories.make_indicator(org)
    factories.make_place(plan, found, target="högst 7,0 %")
    return found


@pytest.fixture
def typed(login, controller, spring, round_state, indicator, committee):
    """A forecast typed in the grid, and nothing else."""
    client = login(controller)
    url = reverse("targets:entry_grid", args=[round_state.pk])
    key = row_key(indicator, committee)

    def save(text, was="", version=0):
        return client.post(url, sent(key, "forecast", text, version, was=was), headers=HX)

    return save


def test_a_forecast_is_no_outcome(typed, indicator, committee, spring, login, controller):
    answer = typed("6,5")

    (row,) = indicator_rows(body=committee, period=spring)
    outcome = Outcome.objects.get()
    assert answer.status_code == 200
    assert (outcome.kind, outcome.number) == (ValueKind.MISSING, None)
    assert (outcome.forecast_number, outcome.forecast_decimals) == (Decimal("6.5"), 1)
    assert (row.value, row.forecast, row.light) == ("", "6,5", Light.NO_OUTCOME)
    entry = AuditEntry.objects.get(object_type="targets.Outcome")
    assert (entry.field, entry.old, entry.new) == ("forecast_number", "", "6,5")


@pytest.mark.parametrize("text", ["> 5", "ungefär", "-1"])
def test_a_forecast_is_a_number_of_the_indicators_kind(typed, text):
    assert typed(text).status_code == 422
    assert not Outcome.objects.exists()


def test_an_outcome_leaves_the_forecast_and_the_other_way(typed, indicator, committee, spring):
    typed("6,5")
    Outcome.objects.update(kind="number", number=Decimal("5.1"), decimals=1)
    typed("6,4", "6,5", 1)

    (row,) = indicator_rows(body=committee, period=spring)

    assert (row.value, row.forecast, row.light) == ("5,1", "6,4", Light.MET)


def test_a_whole_year_has_no_forecast_to_type(login, controller, round_state, indicator):
    page = login(controller).get(reverse("targets:entry_grid", args=[round_state.pk]))

    assert "Prognos för året" not in page.content.decode()


def test_a_forecast_is_printed_as_one(typed, login, controller, round_state, committee, spring):
    typed("6,5")
    report = make_report(committee, make_template(committee.organisation), key="d1")
    section = make_section(report, "tal")
    make_block(section, "indicator_figures", spring)
    make_block(section, "indicator_table", spring)
    client = login(controller)
    row = row_key(Outcome.objects.get().indicator, committee)

    grid = client.get(reverse("targets:entry_grid", args=[round_state.pk])).content.decode()
    detail = client.get(reverse("targets:outcome_row", args=[round_state.pk, row]))
    cards, table = (block for section in gather(report).sections for block in section.blocks)
    printed = draft_html(gather(report))

    assert "Prognos för året" in grid
    assert ("Prognos för året", "6,5 %") in detail.context["page"].facts
    ((_name, said),) = cards.facts()
    assert said == "– %, prognos för året 6,5 %, mål högst 7,0 %, Utfall saknas"
    ((_name, said),) = table.facts()
    assert said == ("Utfall –, Prognos för året 6,5\xa0%, Målvärde högst 7,0\xa0%, Utfall saknas")
    assert printed.count("6,5") == 2
