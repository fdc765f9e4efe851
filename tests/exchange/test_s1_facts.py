"""Driftnämnden Regionservice, plan 2021 (S1 ch. 3, 4, 6 and 8): goals, indicators, activities."""

import pytest

from targets.enums import Nature
from tests.exchange.sources import Side, differing, intended, side

pytestmark = pytest.mark.django_db

ATTRACTIVE, CARE, DIGITAL, SKILLS, ECONOMY, OWN = (
    "Hög attraktivitet",
    "Nära och sammanhållen vård",
    "Digitalisering i vården",
    "Kompetensförsörjning",
    "Hållbar ekonomi i balans och god ekonomisk hushållning",
    "Verksamhetens egna utvecklingsområden",
)
CHIEFS = "Skapa förutsättningar för chefer att leda i förändring och att lyckas i sitt chefsuppdrag"
# Ch. 3: (Fokusområde, Regiongemensamma uppdrag, Förvaltningens uppdrag / deluppdrag).
CHAIN = [
    (
        ATTRACTIVE,
        (
            "Aktivt bidra till att klimat- och miljöarbete, internt och externt, bidrar till att "
            "Halland blir den bästa livsplatsen"
        ),
        [
            "Minska koldioxidutsläppen för godstransporter",
            "Minska koldioxidutsläppen från persontransporter",
            "Minska användning av samt byta ut miljöfarliga kemikalier",
        ],
    ),
    (
        CARE,
        "Optimera förutsättningarna för morgondagens hälso- och sjukvård",
        [
            (
                "Förvaltningen ska vara beredd att delta i och bidra till utredningsarbetet som leds "
                "av RK"
            )
        ],
    ),
    (
        DIGITAL,
        "Förbättra regionens digitala tillgänglighet",
        ["Säkerställa så att förutsättningarna finns för digitala vårdmöten"],
    ),
    (
        DIGITAL,
        (
            "Förbättra kvalitet och resursanvändning genom arbetssätt som drar nytta av digitala "
            "verktyg"
        ),
        ["Genomföra verksamhetsutveckling med stöd av digitala verktyg"],
    ),
    (
        DIGITAL,
        "Säkerställa att regionens behov av vårdinformationsstöd tillgodoses",
        [
            "Bemanna med rätt kompetenser i projektutvecklingsfasen utifrån styrning och behov.",
        ],
    ),
    (
        SKILLS,
        (
            "Bidra till att de insatser som görs på olika nivåer i organisationen gör att "
            "verksamhetens behov av kritisk kompetens tillgodoses"
        ),
        [
            "Säkerställa att fler verksamheter beskriver och följer upp kompetensbehov",
            "Identifiera och ta fram karriärstegar",
            "Successionsplanering av nyckelkompetenser",
        ],
    ),
    (
        SKILLS,
        "Skapa förutsättningar för medarbetare inom kritiska yrkesgrupper att arbeta längre",
        [
            (
                "Förvaltningen ska vara beredd att delta i och bidra till arbetet med att ta fram en "
                "pensionspolicy som leds av RK"
            )
        ],
    ),
    (SKILLS, CHIEFS, [CHIEFS]),
    (
        ECONOMY,
        "",
        [
            "Vidareutveckla städ/VNS tjänster enligt beslutad standardiseringsleverans",
            "Vidareutveckla teletjänster enligt beslutad standardiseringsleverans",
            "Vidareutveckla logistiktjänster enligt beslutad standardiseringsleverans",
            "Vidareutveckla kosttjänster enligt beslutad standardiseringsleverans",
            "Vidareutveckla tekniska tjänster enligt beslutad standardiseringsleverans",
            "Utveckla GAS tjänster enligt beslutad standardiseringsleverans",
            "Utveckla upphandlingstjänster enligt beslutad standardiseringsleverans",
        ],
    ),
    (
        "",
        OWN,
        [
            "Standardiseringsprojekt: etapp 2 (IT)",
            (
                "Ta över ansvar av kostverksamhet (patientmåltider, personalmatsal, caféverksamhet) "
                "från HS och NSVH (HS behöver synka med sin driftnämnd innan denna blir giltig)"
            ),
            "Stödja folkhögskolornas utbildning av servicemedarbetare",
            (
                "Analysera och föreslå förändrad uthållighet i materialförsörjningen till RH "
                "kärnverksamhet"
            ),
            (
                "Studera och föreslå möjligheter till att konkurrensutsätta (delar av) "
                "tjänsteleveranser"
            ),
            "Arbetsmiljöplan 2021 - kommer i november",
        ],
    ),
]


@pytest.fixture
def s1(demo: None) -> Side:
    return side("region-halland", "dnrgs", "plan-2021", "apr-2021")


def nodes() -> list[tuple[str, str, str]]:
    """(focus area, upper node, name) of every cell, upper nodes before what is under them."""
    found = []
    for area, upper, names in CHAIN:
        found += [(area, "", upper)] if upper else []
        found += [(area, upper, name) for name in names]
    return found


def test_chain_has_the_sources_names_in_its_order(s1: Side) -> None:
    source = {f"S1 3, uppdrag {n}": name for n, (_area, _upper, name) in enumerate(nodes(), 1)}
    ours = {f"S1 3, uppdrag {n}": goal.name for n, goal in enumerate(s1.goals, 1)}

    assert differing(source, ours) == intended("S1 3")


def test_every_node_stands_under_what_the_source_puts_it_under(s1: Side) -> None:
    found = [
        (
            goal.focus_area.name if goal.focus_area else "",
            goal.parent.name if goal.parent else "",
        )
        for goal in s1.goals
    ]

    assert found == [(area, upper) for area, upper, _name in nodes()][: len(found)]


def test_levels_are_the_tables_columns_and_one_is_skipped(s1: Side) -> None:
    plurals = {goal.level.plural for goal in s1.goals if goal.level.nature != Nature.HEADING}
    skipping = [goal for goal in s1.goals if goal.focus_area_id and goal.focus_area.name == ECONOMY]

    assert plurals == {"Regiongemensamma uppdrag", "Förvaltningens uppdrag / deluppdrag"}
    assert len(skipping) == 7
    assert {goal.parent_id for goal in skipping} == {None}
    assert [goal.name for goal in s1.goals if goal.level.nature == Nature.HEADING] == [OWN]


def test_what_runs_over_years_and_has_a_last_day_says_so(s1: Side) -> None:
    due = {goal.key: str(goal.due_on) for goal in s1.goals if goal.due_on}
    several_years = {goal.key for goal in s1.goals if goal.is_multi_year}

    assert due == {"kostverksamhet": "2022-01-01"}
    assert several_years == {"kompetensbehov", "karriarstegar", "konkurrensutsattning"}


def test_indicators_stand_in_their_groups_without_target_and_outcome(s1: Side) -> None:
    found = [(row.group, row.name, row.target_text, row.value) for row in s1.rows().values()]

    assert found == [
        ("Medarbetare", "Personalomsättning", "", ""),
        ("Medarbetare", "Sjukfrånvaro", "", ""),
        ("Ekonomi", "Prognos budgetavvikelse", "", ""),
        ("Ekonomi", "Kostnadsutveckling", "", ""),
    ]


def test_chapter_with_the_committees_own_indicators_is_missing(s1: Side) -> None:
    groups = dict.fromkeys(row.group for row in s1.rows().values())
    ours = ", ".join(f"4.{number} {group}" for number, group in enumerate(groups, 1))
    source = "4.1 Medarbetare, 4.2 Ekonomi, 4.3"

    assert differing({"S1 4, rubriker": source}, {"S1 4, rubriker": ours}) == intended("S1 4")


def test_ten_recurring_tasks_are_activities_of_the_work_environment_plan(s1: Side) -> None:
    found = list(s1.plan.activities.order_by("position"))

    assert {activity.other_plan for activity in found} == {"Arbetsmiljöplan"}
    # One word of each point of 6.1, in its order.
    assert [
        word
        for word, activity in zip(
            (
                "skyddsronder",
                "brandskyddskontroll",
                "LISA",
                "APT",
                "lönesamtal",
                "personalstatistik",
                "Adato",
                "nya medarbetare",
                "nya chefer",
                "arbetsmiljöcertifierad",
            ),
            found,
            strict=True,
        )
        if word not in activity.name
    ] == []
