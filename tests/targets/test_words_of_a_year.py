"""An organisation's own levels of attainment, and words that change from one plan year on."""

import pytest
from django.urls import reverse

from governance.enums import Light, ScaleKind
from governance.models import Scale, ScaleLevel
from targets.assessments.queries.attainment import attainment_summary, judgements
from targets.assessments.queries.goal_page import goal_page
from targets.enums import AssignmentStatus, Attainment, Moment, Nature, Subject
from targets.models import AssignmentReport, AttainmentLevel, Judgement, StatusWord
from targets.outcomes.queries.figures import light_words
from tests.factories import TODAY, make_period
from tests.targets import factories

FIVE = (
    ("fullt", "Helt uppfyllt", Light.MET, Attainment.ACHIEVED),
    ("hog", "Uppfyllt i hög grad", Light.MET, Attainment.PARTLY),
    ("delvis", "Delvis uppfyllt", Light.NEAR, Attainment.PARTLY),
    ("lag", "Uppfyllt i låg grad", Light.MISSED, Attainment.PARTLY),
    ("inte", "Inte uppfyllt", Light.MISSED, Attainment.NOT_ACHIEVED),
)


@pytest.fixture
def five(org):
    """Five levels of attainment, from the plan year 2025 on."""
    return {
        key: AttainmentLevel.objects.create(
            organisation=org, key=key, from_year=2025, position=position, name=name,
            sentence=f"{name}.", foreseen=f"Bedöms bli {name.lower()}", tone=tone, counts_as=counts,
        )
        for position, (key, name, tone, counts) in enumerate(FIVE)
    }  # fmt: skip


def word(org, status, said, year=0, subject=Subject.ASSIGNMENT):
    return StatusWord.objects.create(
        organisation=org, subject=subject, status=status, word=said, from_year=year
    )


def judged(goal, period, level, moment=Moment.OUTCOME):
    return Judgement.objects.create(
        goal=goal, period=period, level=level, result=level.counts_as, moment=moment
    )


def test_five_levels_are_five_columns(five, plan, period):
    for key in ("hog", "hog", "lag"):
        judged(factories.make_goal(plan, f"mal-{plan.goals.count()}"), period, five[key])
    assignment = factories.make_goal(plan, "uppdrag", nature=Nature.ASSIGNMENT)
    AssignmentReport.objects.create(goal=assignment, period=period, status=AssignmentStatus.DONE)

    summary = attainment_summary(plan, period)

    assert summary.headings == (*(name for _key, name, *_ in FIVE), "Inte bedömt")
    assert [row.counts for row in summary.rows] == [(0, 2, 0, 1, 0, 0), (1, 0, 0, 0, 0, 0)]


def test_a_judgement_says_its_own_level(five, plan, period):
    goal = factories.make_goal(plan)
    judgement = judged(goal, period, five["hog"])
    (row,) = judgements(plan, period)
    said = [(row.standing.word, row.standing.light, row.standing.sentence)]
    Judgement.objects.filter(pk=judgement.pk).update(moment=Moment.FORECAST)
    (row,) = judgements(plan, period)
    said.append((row.standing.word, row.standing.light, row.standing.sentence))

    assert said == [
        ("Uppfyllt i hög grad", Light.MET, "Uppfyllt i hög grad."),
        ("Bedöms bli uppfyllt i hög grad", Light.MET, ""),
    ]


def test_ones_own_level_is_chosen_and_kept(five, login, controller, round_state, plan, period):
    goal, client = factories.make_goal(plan), login(controller)
    url = reverse("targets:goal_detail", args=[goal.pk])
    typed = {"result": "hog", "proposal": "not_judged", "version": 0}

    offered = client.get(url).context["form"].fields["result"].choices
    client.post(f"{url}bedomning/{period.pk}/", typed)
    page = client.get(url)

    assert [key for key, _word in offered] == [*five, "not_judged"]
    kept = Judgement.objects.get()
    assert (kept.level, kept.result) == (five["hog"], Attainment.PARTLY)
    assert "Uppfyllt i hög grad" in page.content.decode()
    assert page.context["form"]["result"].value() == "hog"


def test_levels_do_not_reword_the_years_before(five, org, committee):
    before, year = factories.make_plan(committee, 2024), make_period(org, 2024)
    Judgement.objects.create(
        goal=factories.make_goal(before), period=year, result=Attainment.ACHIEVED
    )

    summary = attainment_summary(before, year)

    assert summary.headings[0] == "Har uppnåtts"
    assert summary.rows[0].counts == (1, 0, 0, 0)


def test_words_of_a_later_year_do_not_reword_the_years_before(org, committee, controller, period):
    word(org, "done", "Klart")
    word(org, "done", "I hamn", 2025)
    plans = [factories.make_plan(committee, year) for year in (2024, 2025)]
    goals = [factories.make_goal(plan, nature=Nature.ASSIGNMENT) for plan in plans]
    goals[1].continues = goals[0]
    goals[1].save()
    for goal, at in zip(goals, (make_period(org, 2023), period), strict=True):
        AssignmentReport.objects.create(goal=goal, period=at, status=AssignmentStatus.DONE)

    page = goal_page(controller, goals[1], TODAY, period_id=period.pk)

    assert page.assignment is not None
    assert page.assignment.standing.word == "I hamn"
    assert [before.standing.word for before in page.before] == ["Klart"]


def test_a_later_scale_of_lights_does_not_reword_the_years_before(org):
    for name, since in (("Grönt", 0), ("Uppnått", 2025)):
        scale = Scale.objects.create(
            organisation=org, key=f"s{since}", kind=ScaleKind.LIGHT, name="S", from_year=since
        )
        ScaleLevel.objects.create(scale=scale, key="a", name=name, position=1, tone=Light.MET)

    assert [light_words(org.pk, year)["met"] for year in (2024, 2025, 2026)] == [
        "Grönt",
        "Uppnått",
        "Uppnått",
    ]
