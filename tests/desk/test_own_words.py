"""A region that words every Concept its own way meets its own words alone, on every page of it."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from rounds.enums import RoundStateName
from rounds.models import RoundState
from targets.enums import Concept, IndicatorKind
from targets.models import Goal, Outcome, Plan, PlannedIndicator, Term
from tests.desk.overview_facts import report, standing
from tests.desk.test_overview import EXCEL, URL, committee_url, figure_url
from tests.targets.factories import make_indicator, make_outcome

NAMED = re.compile(
    "|".join(
        rf"(?<![\w”]){stem}"
        for stem in (
            "målvärde", "utfall", "indikator", "fokusområde", "måluppfyllelse", "målindikator",
            "föregående", "förändring", "prognos för året",
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
# What every region's pages say: the menu's entry, a light's own word, the moment a judgement is of
# and the rule as it is kept with the judgement.
SHARED = re.compile(
    r"<header.*?</header>|<nav.*?</nav>|<footer.*?</footer>|<span class=\"quiet\">Utfall</span>"
    r"|Regel: [^<]*"
    r"|<[^>]*\b(?:href|action|hx-\w+|src|value)=\"[^\"]*\"|\b(?:Utfall|Målvärde) saknas",
    re.DOTALL,
)


@pytest.fixture
def sick_leave(org):
    indicator = make_indicator(org)
    indicator.name = "Sjukfrånvaro"
    indicator.save()
    return indicator


@pytest.fixture
def handed_in(committee, period, last_year, sick_leave):
    make_outcome(sick_leave, committee, last_year, "7.53")
    standing(period, committee, RoundStateName.SUBMITTED)
    return report(committee, period, sick_leave, "6.94")


@pytest.fixture
def worded(org, period):
    for concept in (*Concept, *IndicatorKind):
        word = f"Vårt {concept.value}"
        Term.objects.create(organisation=org, year=period.ends_on.year, concept=concept, word=word)


def said(html: str) -> list[str]:
    main = re.sub(r".*<main|</main>.*", "", html, flags=re.DOTALL)
    text = SHARED.sub("", main)
    return [text[max(0, m.start() - 60) : m.end() + 30] for m in NAMED.finditer(text)]


def test_the_boards_pages_say_the_regions_words(
    login, member, handed_in, period, committee, sick_leave, worded
):
    client = login(member)
    views = [f"{URL}?visning={mode}" for mode in ("omraden", "indikatorer")]
    views += [committee_url(period, committee), figure_url(period, committee, sick_leave)]

    pages = [client.get(url).text for url in views]

    assert [said(page) for page in pages] == [[]] * len(pages)
    assert "Vårt focus_area" in pages[0]
    assert "Vårt indicator" in pages[1]
    assert "Vårt outcome" in pages[2]
    assert "Vårt target_year" in pages[3]


@pytest.mark.parametrize("mode", ["omraden", "indikatorer"])
def test_the_workbook_says_the_regions_words(login, member, handed_in, worded, mode):
    sheets = load_workbook(BytesIO(login(member).get(f"{EXCEL}?visning={mode}").content)).worksheets
    headings = [cell.value for row in sheets[0].iter_rows(max_row=4) for cell in row if cell.value]

    assert [text for text in headings if NAMED.search(str(text))] == []
    assert sheets[0].title.startswith("Vårt")


def test_the_committees_pages_say_the_regions_words(
    login, controller, handed_in, period, committee, worded
):
    client = login(controller)
    plan = Plan.objects.get(body=committee, year=period.ends_on.year)
    place = PlannedIndicator.objects.get(plan=plan)
    goal = Goal.objects.get(plan=plan)
    state = RoundState.objects.get(body=committee, reporting_round__period=period)
    outcome = Outcome.objects.get(indicator=place.indicator, period=period, unit__body=committee)
    pages = {
        (name, row.pk): client.get(reverse(f"targets:{name}", args=[row.pk])).text
        for name, row in (
            ("plan_detail", plan),
            ("plan_edit", plan),
            ("plan_open_next", plan),
            ("plan_area_add", plan),
            ("plan_indicator_add", plan),
            ("goal_add", plan),
            ("activity_add", plan),
            ("goal_detail", goal),
            ("target_edit", place),
            ("outcome_detail", outcome),
            ("entry_grid", state),
        )
    }

    assert {name: found for (name, _pk), page in pages.items() if (found := said(page))} == {}
