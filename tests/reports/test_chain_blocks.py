"""Blocks of the steering chain on real rows: what they print, where it came from, what differs."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from economy.enums import AmountKind
from economy.models import Amount
from figures.enums import ValueKind
from governance.enums import Light, Role
from governance.models import Unit
from governance.queries import root_unit
from reports.blocks.base import Block
from reports.blocks.content import decode, differences, encode, figure_refs
from reports.blocks.indicators import IndicatorGroup
from reports.blocks.kinds import block_kinds
from reports.builders.report import gather
from reports.clearance.printing import draft_html
from reports.models import BlockSpec, Report
from targets.enums import AssignmentStatus, Giver, IndicatorKind, Nature
from targets.models import AssignmentReport, Goal, Indicator, Judgement, Outcome, Plan, Target, Term
from tests.economy.factories import make_amount, make_line
from tests.reports import chain_factories
from tests.reports.factories import choose, make_block, make_report, make_section, make_template
from tests.targets import factories as target_rows


@dataclass
class Shown:
    """The report with its blocks by kind, as gathered now."""

    report: Report

    def block(self, kind: str) -> Block:
        content = gather(self.report)
        return next(b for s in content.sections for b in s.blocks if b.key == str(kind))


@pytest.fixture
def shown(committee, period) -> Shown:
    return Shown(chain_factories.make_chain_report(committee, period))


def test_everything_is_kept_by_encoding(shown):
    content = gather(shown.report)

    assert decode(encode(content)) == content


def test_every_block_names_its_year_or_periods(shown):
    said = {b.key: b.shows for s in gather(shown.report).sections for b in s.blocks}

    assert said == {
        "goal_table": "Plan 2025",
        "attainment_summary": "Plan 2025, helår 2025",
        "indicator_table": "Helår 2025, jämfört med helår 2024",
        "indicator_chart": "Helår 2024–helår 2025",
        "assignment_list": "Plan 2025, helår 2025",
        "judgements": "Plan 2025, helår 2025",
    }


def test_the_goal_table_is_the_whole_tree(shown):
    table = shown.block("goal_table")

    rows = [
        (area.name, goal.kind, goal.depth, goal.is_heading, goal.number, goal.contributes_to)
        for area in table.areas
        for goal in area.goals
    ]
    assert rows == [
        ("Området fokus-1", "Mål", 1, False, "7", ()),
        ("Området fokus-1", "Uppdrag", 2, False, "28", ()),
        ("Området fokus-1", "Uppdrag", 2, False, "31", ()),
        ("", "Rubrik", 1, True, "", ()),
        ("", "Mål", 2, False, "", ("Nr 7. Målet mal-1",)),
    ]


NOT_DUE = Light.NOT_JUDGED.label


def lines_of(group: IndicatorGroup) -> list[tuple[str, ...]]:
    return [
        (row.line.name, *(cell.text for _column, cell in row.cells), row.line.light_word)
        for _line, rows in group.printed
        for row in rows
    ]


def test_the_kind_chooses_the_columns(shown):
    steering, figures = shown.block("indicator_table").groups

    assert (steering.heading, steering.shows_status) == ("Styrtal", True)
    assert [column.heading for column in steering.columns] == [
        "Utfall",
        "Årets målvärde",
        "Långsiktigt målvärde",
    ]
    assert lines_of(steering) == [
        ("Indikatorn sjuk", "5,7\xa0%", "5,5\xa0%", "< 5\xa0%", "Når inte målet"),
        ("Kvinnor", "–", "", "", "Redovisas inte (liten grupp)"),
        ("Män", "–", "", "", "Redovisas inte (liten grupp)"),
        ("Indikatorn hme", "79", "77", "80", "Når målet"),
    ]
    assert (figures.heading, figures.shows_status) == ("Nyckeltal", False)
    assert [column.heading for column in figures.columns] == [
        "Utfall 2025",
        "Utfall 2024",
        "Förändring",
    ]
    assert lines_of(figures) == [
        (
            "Indikatorn fakturor",
            "161\xa0295\xa0kr",
            "166\xa0506\xa0kr",
            "−5\xa0211 kr, bättre",
            NOT_DUE,
        ),
        ("Indikatorn matsvinn", "16,8\xa0%", "14,4\xa0%", "+2,4 procentenheter, bättre", NOT_DUE),
    ]
    assert [line.scope for line in figures.lines] == ["", "Region Test"]


def test_a_part_shows_the_target_it_is_judged_by(shown):
    Indicator.objects.filter(key="sjuk").update(hides_small_groups=False)

    steering, _figures = shown.block("indicator_table").groups

    assert lines_of(steering)[1:3] == [
        ("Kvinnor", "6,1\xa0%", "5,5\xa0%", "", "Når inte målet"),
        ("Män", "4,2\xa0%", "5,5\xa0%", "", "Når målet"),
    ]


def test_the_goal_table_calls_its_indicators_what_they_are(shown, org):
    said = [shown.block("goal_table").indicator_word]
    Term.objects.create(organisation=org, year=2025, concept="steering", word="Styrmått")
    said.append(shown.block("goal_table").indicator_word)
    Indicator.objects.filter(key="hme").update(kind=IndicatorKind.GOAL)
    said.append(shown.block("goal_table").indicator_word)

    assert said == ["Styrtal", "Styrmått", "Målindikatorer/Styrmått"]


def test_an_assignment_from_another_committee_names_it(shown, other_committee):
    assignment = Goal.objects.get(key="uppdrag-28")
    assignment.giver, assignment.giver_body = Giver.OTHER_COMMITTEE, other_committee
    assignment.save()

    givers = [a.giver for area in shown.block("assignment_list").areas for a in area.assignments]

    assert givers == [other_committee.name, "Regionfullmäktige"]


def test_notes_and_comments_stand_under_the_figure(shown):
    steering, _figures = shown.block("indicator_table").groups

    assert [(line.notes, line.comment) for line in steering.lines] == [
        ((), "Kommentaren till sjuk."),
        (("Från tidigare mätning, gjord 2024-10-01.",), "Kommentaren till hme."),
    ]


def test_a_target_that_cannot_be_read_is_said_to_be_so(shown):
    target = Target.objects.filter(planned_indicator__key="hme", horizon="year")
    target.update(text="som i fjol, ungefär")

    steering, _figures = shown.block("indicator_table").groups

    hme = steering.lines[1]
    assert (hme.cells[1].text, hme.light_word) == ("som i fjol, ungefär", "Bedöms inte")
    assert hme.notes[0] == "Målet står som det skrevs och går inte att jämföra med."


def test_options_leave_out_parts_and_comments(shown):
    choose(BlockSpec.objects.all(), shows_breakdown=False, with_comments=False)

    steering, _figures = shown.block("indicator_table").groups

    assert [(line.parts, line.comment) for line in steering.lines] == [((), ""), ((), "")]


def test_units_stand_under_the_whole(shown, committee, period):
    unit = Unit.objects.create(
        body=committee, parent=root_unit(committee), key="omrade-it", name="Område IT"
    )
    outcome = Outcome.objects.get(indicator__key="fakturor", period=period)
    outcome.pk, outcome.unit = None, unit
    outcome.save(force_insert=True)
    choose(BlockSpec.objects.filter(kind="indicator_table"), shows_units=True)

    _steering, figures = shown.block("indicator_table").groups

    assert [part.name for part in figures.lines[0].parts] == ["Område IT"]
    assert [part.cells[0].text for part in figures.lines[0].parts] == ["161\xa0295\xa0kr"]


def test_a_goal_narrows_what_is_shown(shown):
    choose(BlockSpec.objects.all(), goal_key="mal-1")

    (steering,) = shown.block("indicator_table").groups
    judgements = shown.block("judgements")
    assignments = shown.block("assignment_list")
    choose(BlockSpec.objects.all(), goal_key="finns-inte")

    assert [line.key for line in steering.lines] == ["sjuk", "hme"]
    assert [goal.key for goal in judgements.goals] == ["mal-1"]
    assert [a.key for area in assignments.areas for a in area.assignments] == [
        "uppdrag-28",
        "uppdrag-31",
    ]
    assert shown.block("indicator_table").groups == ()
    assert shown.block("judgements").goals == ()
    assert shown.block("assignment_list").areas == ()


def test_a_heading_shows_what_lies_beneath_it(shown):
    plan = Goal.objects.get(key="mal-1").plan
    heading = target_rows.make_goal(
        plan, "rubrik", nature=Nature.HEADING, area=plan.focus_areas.get()
    )
    Goal.objects.filter(key="mal-1").update(parent=heading)
    choose(BlockSpec.objects.all(), goal_key="rubrik")

    (steering,) = shown.block("indicator_table").groups

    assert [line.key for line in steering.lines] == ["sjuk", "hme"]
    assert [goal.key for goal in shown.block("judgements").goals] == ["mal-1"]
    assert [a.key for area in shown.block("assignment_list").areas for a in area.assignments] == [
        "uppdrag-28",
        "uppdrag-31",
    ]


def test_a_goal_stands_in_its_own_area_wherever_its_parent_stands(shown):
    plan = Goal.objects.get(key="mal-1").plan
    other = target_rows.make_area(plan, "fokus-2")
    Goal.objects.filter(key="uppdrag-28").update(focus_area=other)

    areas = shown.block("goal_table").areas
    listed = shown.block("assignment_list").areas

    assert [(area.name, [goal.number for goal in area.goals]) for area in areas] == [
        (plan.focus_areas.get(key="fokus-1").name, ["7", "31"]),
        (other.name, ["28"]),
        ("", ["", ""]),
    ]
    assert [(area.name, [a.key for a in area.assignments]) for area in listed] == [
        (plan.focus_areas.get(key="fokus-1").name, ["uppdrag-31"]),
        (other.name, ["uppdrag-28"]),
    ]


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (ValueKind.MISSING, "Utfall saknas"),
        (ValueKind.SUPPRESSED, "Redovisas inte (liten grupp)"),
        (ValueKind.NOT_APPLICABLE, "Ej tillämpligt"),
    ],
)
def test_each_blank_has_its_own_word_where_no_status_says_it(shown, period, kind, word):
    Outcome.objects.filter(indicator__key="fakturor", period=period).update(
        kind=kind, number=None, decimals=None
    )

    _steering, figures = shown.block("indicator_table").groups

    cell, change = figures.lines[0].cells[0], figures.lines[0].cells[2]
    assert (cell.text, cell.is_blank, change.text) == (word, True, "–")


def test_a_value_held_back_leads_to_no_row(shown):
    """A row's history would tell the value that a small group keeps from being shown."""
    hidden = Outcome.objects.filter(indicator__key="sjuk", group_size__lt=407)

    refs = dict(figure_refs(gather(shown.report))).values()

    assert hidden.count() == 2
    assert {ref.id for ref in refs if ref.model == "targets.Outcome"} & {
        row.pk for row in hidden
    } == set()


def test_the_chart_holds_values_targets_and_sources(shown, period):
    chart = shown.block("indicator_chart")

    assert (chart.periods, chart.unit) == (("Helår 2024", "Helår 2025"), "%")
    assert [(line.name, [value.text for value in line.values]) for line in chart.series] == [
        ("Totalt", ["5,7", "5,7"]),
        ("Kvinnor", ["Utfall saknas", "Redovisas inte (liten grupp)"]),
        ("Män", ["Utfall saknas", "Redovisas inte (liten grupp)"]),
    ]
    assert [target and target.parsed.in_words for target in chart.targets] == [None, "högst 5,5"]
    assert chart.chart.title == "Indikatorn sjuk"
    assert [row[2] for row in chart.rows] == ["", "högst 5,5"]


def test_a_chart_of_nothing_is_empty(shown):
    choose(BlockSpec.objects.all(), indicator_key="finns-inte")

    chart = shown.block("indicator_chart")

    assert (chart.series, chart.periods, chart.has_caption) == ((), (), False)


@pytest.mark.parametrize(("blank", "zero"), [(False, "0"), (True, "")])
def test_the_template_says_how_a_counted_zero_is_printed(shown, blank, zero):
    choose(BlockSpec.objects.all(), blank_zero=blank)

    summary = shown.block("attainment_summary")

    assert summary.columns == (
        "Har uppnåtts",
        "Har delvis uppnåtts",
        "Har inte uppnåtts",
        "Inte bedömt",
    )
    assert [(row.name, row.cells) for row in summary.rows] == [
        ("Mål", ("1", zero, zero, "1")),
        ("Uppdrag", ("1", "1", zero, zero)),
    ]


def test_nothing_unjudged_means_no_column_for_it(shown):
    Goal.objects.filter(key="beredskap").delete()

    summary = shown.block("attainment_summary")

    assert len(summary.columns) == 3
    assert [row.cells for row in summary.rows] == [("1", "0", "0"), ("1", "1", "0")]


def test_assignments_carry_the_sentence_of_their_status(shown):
    (area,) = shown.block("assignment_list").areas

    assert [(a.name, a.terms, a.word, a.sentence) for a in area.assignments] == [
        (
            "Nr 28. Målet uppdrag-28",
            "Regionfullmäktige, flerårigt",
            "Årets del genomförd",
            "Uppdraget är flerårigt och uppdragets del av innevarande år har genomförts.",
        ),
        (
            "Nr 31. Målet uppdrag-31",
            "Regionfullmäktige, flerårigt",
            "Påbörjat, fortsätter kommande år",
            "Uppdraget har startat men är inte helt klart och kommer att genomföras kommande år.",
        ),
    ]
    assert area.assignments[0].comment == "Arbetet med uppdrag-28 fortgår."


def test_a_judgement_shows_its_grounds_and_departure(shown):
    goal, unjudged = shown.block("judgements").goals

    assert (goal.moment, goal.word, goal.proposal) == (
        "Utfall",
        "Har uppnåtts",
        "Har delvis uppnåtts",
    )
    assert (goal.is_departure, goal.reason) == (True, "Sjukfrånvaron beror på en enstaka händelse.")
    assert (goal.rule, goal.by_whom) == ("Regeln som den löd.", "Bedömt av Karin Lund 2026-01-20")
    assert goal.sentence == "Bedömningen är att målet har uppnåtts."
    assert [(ground.name, ground.value, ground.word) for ground in goal.grounds] == [
        ("Indikatorn sjuk", "5,7\xa0%", "Når inte målet"),
        ("Indikatorn hme", "79", "Når målet"),
        ("Nr 28. Målet uppdrag-28", "", "Årets del genomförd"),
        ("Nr 31. Målet uppdrag-31", "", "Påbörjat, fortsätter kommande år"),
    ]
    assert (unjudged.word, unjudged.by_whom, unjudged.source) == ("Inte bedömt", "", None)


def test_a_difference_is_told_in_every_block_where_the_figure_stands(shown, period):
    before = gather(shown.report)
    outcome = Outcome.objects.get(indicator__key="hme", period=period)
    outcome.number, outcome.version = 75, 2
    outcome.save(update_fields=["number", "version"])
    AssignmentReport.objects.filter(goal__key="uppdrag-31").update(
        status=AssignmentStatus.DONE, version=2
    )

    told = differences(before, gather(shown.report))

    assert [line.partition(":")[0] for line in told] == [
        "Måluppfyllelse, Uppdrag",
        "Styrtal, Indikatorn hme",
        "Uppdragen, Nr 31. Målet uppdrag-31",
        "Uppdragen, Nr 31. Målet uppdrag-31, kommentar",
        "Bedömningen, Nr 7. Målet mal-1",
        "Bedömningen, Nr 7. Målet mal-1, Indikatorn hme",
        "Bedömningen, Nr 7. Målet mal-1, Nr 31. Målet uppdrag-31",
    ]
    assert told[1] == (
        "Styrtal, Indikatorn hme: ”Utfall 79, Årets målvärde 77, Långsiktigt målvärde 80, "
        "Når målet” är nu ”Utfall 75, Årets målvärde 77, Långsiktigt målvärde 80, Når inte målet”."
    )


def test_a_changed_target_is_told(shown):
    before = gather(shown.report)
    Target.objects.filter(planned_indicator__key="hme", horizon="year").update(text="78")

    told = differences(before, gather(shown.report))

    assert [line.partition(":")[0] for line in told] == ["Styrtal, Indikatorn hme"]


def test_the_same_figure_twice_in_a_section_is_told_twice(committee, period, last_year):
    chain_factories.make_chain(committee, period)
    report = make_report(committee, make_template(committee.organisation, Role.CHAIR))
    section = make_section(report, "styrtal")
    make_block(section, "indicator_table", period, group="Medarbetare")
    second = make_block(section, "indicator_figures", period, group="Medarbetare")
    before = gather(report)
    choose([second], group="Annat")

    told = differences(before, gather(report))

    assert [line.partition(":")[0] for line in told] == [
        "Styrtal, Indikatorn fakturor (2)",
        "Styrtal, Indikatorn matsvinn (2)",
    ]


@pytest.mark.parametrize("kind", list(block_kinds()))
def test_a_block_that_has_nothing_to_show_says_so(committee, kind):
    report = make_report(committee, make_template(committee.organisation, Role.CHAIR))
    make_block(make_section(report, "tomt"), kind)

    (section,) = gather(report).sections

    assert list(figure_refs(gather(report))) == []
    assert [block.has_caption for block in section.blocks] == [False]


def fill(plan: Plan, period, numbers: range) -> None:
    goal = plan.goals.get(key="mal-1")
    for number in numbers:
        key = f"extra-{number}"
        chain_factories.make_assignment(plan, key, goal, period, AssignmentStatus.DONE)
        chain_factories.make_steering(plan, goal, key, "5", "4", period, long_term="3")
        other = target_rows.make_goal(plan, f"mal-{key}")
        other.contributes_to.add(goal)
        Judgement.objects.create(goal=other, period=period, result="achieved", proposal="achieved")


def test_queries_do_not_grow_with_the_rows(shown, period):
    plan = Plan.objects.get()
    fill(plan, period, range(1))
    few = queries_of(shown.report)
    fill(plan, period, range(1, 30))

    assert queries_of(shown.report) == few


def queries_of(report: Report) -> int:
    """How many queries six blocks take; the floors below may ask as they like, but not per row."""
    fresh = Report.objects.select_related("body__organisation", "template").get(pk=report.pk)
    with CaptureQueriesContext(connection) as asked:
        gather(fresh)
    return len(asked)


def test_the_economy_prints_all_that_is_held(committee, period):
    report = make_report(committee, make_template(committee.organisation, Role.CHAIR), key="ek")
    make_block(make_section(report, "ekonomi"), "economy_table", period)
    line = make_line(committee)
    budget = make_amount(line, period, "2000000", kind=AmountKind.BUDGET)
    forecast = make_amount(line, period, "3500000", kind=AmountKind.FORECAST)
    Amount.objects.filter(pk=forecast.pk).update(note="Efter rättelse")

    (told,) = Shown(report).block("economy_table").facts()
    refs = dict(Shown(report).block("economy_table").refs())
    page = draft_html(gather(report))

    assert told == (
        "Raden resultat",
        "– mnkr, Budget +2,0 mnkr, Prognos för året +3,5 mnkr, Prognos: Efter rättelse",
    )
    assert refs["Raden resultat, budget"].id == budget.pk
    assert refs["Raden resultat, prognos"].id == forecast.pk
    for words in ("Utfall saknas", "Budget +2,0 mnkr", "Prognos för året +3,5 mnkr", "rättelse"):
        assert words in page
