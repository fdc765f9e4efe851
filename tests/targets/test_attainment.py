"""The attainment of S4 (Örebro 2025, chapter 4) counted from its goals and assignments."""

from datetime import date

import pytest

from governance.enums import Light
from governance.queries import standing_refs
from targets.assessments.queries.attainment import assignment_list, attainment_summary, judgements
from targets.assessments.rules.assessment import RULE
from targets.enums import AssignmentStatus, Attainment, Moment, Nature
from targets.models import AssignmentReport, Goal, Judgement, Level, StatusWord
from tests.factories import make_period
from tests.targets import factories

PART, DONE = AssignmentStatus.YEAR_PART_DONE, AssignmentStatus.DONE
EXPECTED, LATER = AssignmentStatus.YEAR_PART_EXPECTED, AssignmentStatus.STARTED_CONTINUES
COUNCIL = {
    "28": PART, "29": PART, "30": LATER, "31": LATER, "32": DONE, "44": EXPECTED, "45": PART,
    "49": PART, "50": EXPECTED, "52": LATER, "53": PART, "54": PART, "38": PART, "35": DONE,
    "57": PART, "58": PART,
}  # fmt: skip
OWN = (DONE, PART, PART)
GOALS = {
    "5": Attainment.ACHIEVED,
    "6": Attainment.ACHIEVED,
    "7": Attainment.PARTLY,
    "8": Attainment.ACHIEVED,
    "9": Attainment.ACHIEVED,
    "Beredskap och säkerhet": Attainment.ACHIEVED,
    "Motverka välfärdsbrottslighet": Attainment.ACHIEVED,
}
UNDER = {
    "5": ("44", "45"),
    "6": ("49", "50"),
    "7": ("52", "53", "54"),
    "8": ("38",),
    "9": ("35",),
    "Beredskap och säkerhet": ("57",),
    "Motverka välfärdsbrottslighet": ("58",),
}


@pytest.fixture
def level(org):
    def make(key: str, nature: Nature, plural: str) -> Level:
        return Level.objects.create(
            organisation=org,
            key=key,
            year=2025,
            nature=nature,
            name=key.title(),
            plural=plural,
            position=Level.objects.count(),
        )

    return make


@pytest.fixture
def service(plan, period, level):
    """The Service committee's plan of 2025 with what its annual report says of it."""
    goals = level("malsattning", Nature.GOAL, "Målsättningar från regionfullmäktige")
    council = level("uppdrag", Nature.ASSIGNMENT, "Uppdrag från regionfullmäktige")
    level("namndmal", Nature.GOAL, "Nämndens mål")
    own = level("namnduppdrag", Nature.ASSIGNMENT, "Nämndens uppdrag")
    headings = level("rubrik", Nature.HEADING, "")

    def node(key, of, *, number="", parent=None) -> Goal:
        return Goal.objects.create(
            plan=plan, level=of, key=key, number=number, name=f"Om {key}", parent=parent,
            position=plan.goals.count(),
        )  # fmt: skip

    def reported(goal, status) -> None:
        AssignmentReport.objects.create(goal=goal, period=period, status=status)

    heading = node("servicenamnden", headings)
    parents = dict.fromkeys(COUNCIL, heading)
    for number, (name, result) in enumerate(GOALS.items()):
        goal = node(f"mal-{number}", goals, number=name if name.isdigit() else "")
        Judgement.objects.create(goal=goal, period=period, result=result)
        parents |= dict.fromkeys(UNDER[name], goal)
    for number, status in COUNCIL.items():
        reported(node(f"nr-{number}", council, number=number, parent=parents[number]), status)
    for number, status in enumerate(OWN):
        reported(node(f"namnd-{number}", own, parent=heading), status)
    return plan


def test_the_printed_table_of_s4_comes_out_of_its_facts(service, period):
    summary = attainment_summary(service, period)

    counted = [(r.label, *r.counts) for r in summary.rows]
    assert counted == [
        ("Målsättningar från regionfullmäktige", 6, 1, 0, 0),
        ("Uppdrag från regionfullmäktige", 13, 3, 0, 0),
        ("Nämndens mål", 0, 0, 0, 0),
        ("Nämndens uppdrag", 3, 0, 0, 0),
    ]
    assert summary.moment == Moment.OUTCOME
    assert [len(row.sources) for row in summary.rows] == [7, 16, 0, 3]


def test_a_changed_status_is_no_longer_as_it_was_printed(service, period):
    sources = {ref for row in attainment_summary(service, period).rows for ref in row.sources}
    report = AssignmentReport.objects.get(goal__number="30")
    AssignmentReport.objects.filter(pk=report.pk).update(version=2)

    still = standing_refs(sources)

    assert [ref.id for ref in sources - still] == [report.pk]


def test_assignments_stand_in_the_plans_order_with_their_sentences(service, period):
    rows = assignment_list(service, period)

    assert [row.number for row in rows][:8] == ["28", "29", "30", "31", "32", "", "", ""]
    assert rows[0].label == "Nr 28. Om nr-28"
    assert rows[0].under == "Om servicenamnden"
    assert rows[0].standing.sentence == (
        "Uppdraget är flerårigt och uppdragets del av innevarande år har genomförts."
    )
    assert {row.standing.light for row in rows} == {Light.MET, Light.NEAR}


def test_a_judgement_stands_on_the_assignments_beneath(service, period):
    seventh = next(row for row in judgements(service, period) if row.number == "7")

    assert [row.number for row in seventh.assignments] == ["52", "53", "54"]
    assert seventh.proposal_now == Attainment.PARTLY
    assert seventh.grounds == "3 grunder är bedömda: 2 uppnådda, 1 delvis, 0 inte uppnådda."
    assert seventh.standing.sentence == "Bedömningen är att målet delvis har uppnåtts."


def test_what_contributes_is_a_ground_too_and_counted_once(service, period):
    fifth, sixth = service.goals.get(number="5"), service.goals.get(number="6")
    shared = service.goals.get(number="45")
    shared.contributes_to.add(fifth, sixth)

    rows = {row.number: row for row in judgements(service, period)}

    assert [row.number for row in rows["5"].assignments] == ["44", "45"]
    assert [row.number for row in rows["6"].assignments] == ["49", "50", "45"]
    assert rows["6"].assignments[-1].contributes_to == ("Nr 5. Om mal-0", "Nr 6. Om mal-1")


def test_an_unjudged_goal_shows_todays_proposal(org, plan, period):
    goal = factories.make_goal(plan)
    indicator = factories.make_indicator(org)
    factories.make_place(plan, indicator, goal=goal, target="högst 7,0 %")
    factories.make_outcome(indicator, plan.body, period, "6.94")

    row = judgements(plan, period)[0]

    assert (row.is_judged, row.proposal, row.rule) == (False, Attainment.ACHIEVED, RULE)
    assert row.standing.light == Light.NO_OUTCOME
    assert [(each.name, each.light) for each in row.indicators] == [(indicator.name, Light.MET)]


def test_what_is_under_way_at_a_forecast_is_not_judged(org, plan):
    spring = make_period(org, 2025)
    spring.ends_on = date(2025, 4, 30)
    spring.save()
    goal = factories.make_goal(plan, nature=Nature.ASSIGNMENT)
    AssignmentReport.objects.create(goal=goal, period=spring, status=AssignmentStatus.ONGOING)

    summary = attainment_summary(plan, spring)

    assert summary.moment == Moment.FORECAST
    assert [row.counts for row in summary.rows] == [(0, 0, 0, 1)]
    assert summary.headings[0] == "Bedöms uppnås"


def test_a_mixed_summary_is_headed_by_the_words_in_use(service, period):
    words = [attainment_summary(service, period).headings[0]]
    judged = Judgement.objects.filter(goal__plan=service, goal__number="5")
    judged.update(moment=Moment.FORECAST)
    words.append(attainment_summary(service, period).headings[0])
    Judgement.objects.filter(goal__plan=service).update(moment=Moment.FORECAST)
    AssignmentReport.objects.all().delete()
    words.append(attainment_summary(service, period).headings[0])

    assert words == ["Har uppnåtts", "Har uppnåtts / Bedöms uppnås", "Bedöms uppnås"]


def test_a_word_without_what_it_counts_as_counts_as_its_status(org, service, period):
    before = attainment_summary(service, period)
    for subject, status in (("goal", "achieved"), ("assignment", DONE), ("assignment", LATER)):
        StatusWord.objects.create(organisation=org, subject=subject, status=status, word="Så")

    after = attainment_summary(service, period)

    assert after.rows == before.rows
    assert after.headings[0] == "Så"


@pytest.mark.parametrize("read", [attainment_summary, assignment_list, judgements])
def test_more_nodes_cost_no_more_queries(
    read, service, period, org, django_assert_max_num_queries, plan
):
    goal = service.goals.get(number="5")
    factories.make_place(plan, factories.make_indicator(org, "forsta"), goal=goal)
    with django_assert_max_num_queries(30) as few:
        read(service, period)
    for number in range(10):
        child = factories.make_goal(plan, f"under-{number}", parent=goal, nature=Nature.ASSIGNMENT)
        child.contributes_to.add(service.goals.get(number="6"))
        AssignmentReport.objects.create(goal=child, period=period, status=DONE)
        factories.make_place(plan, factories.make_indicator(org, f"i-{number}"), goal=goal)

    with django_assert_max_num_queries(len(few)):
        read(service, period)
