"""Regionkontorets uppföljningsrapport 1 2023 (S2 ch. 2, 3.2, 4 and the indicator lines of 5)."""

import pytest

from governance.enums import Light
from rounds.enums import RoundStateName
from rounds.models import RoundState
from targets.assessments.queries.attainment import assignment_list
from targets.enums import Nature
from tests.exchange.sources import Side, differing, figure, intended, side

pytestmark = pytest.mark.django_db

# 2.1: Fokusområde and its Mål.
GOALS = {
    "Accelerera digital transformation": [
        "Smartare och enklare vardag för medarbetare och beslutsfattare",
        "Informationsdrivna verksamheter",
        "Stärkt innovationskraft och digital samverkan med externa aktörer",
    ],
    "Attraktiva och hållbara livsmiljöer": [
        (
            "Bidra till god tillgänglighet till arbete, studier och samhällsservice, digitalt såväl "
            "som fysiskt"
        ),
        "Bidra till god tillgång till boende, kollektivtrafik, kultur och service",
        "Bidra till en minskad klimatpåverkan",
        "Bidra till en hållbar resursanvändning",
    ],
    "Förnyelseförmåga och konkurrenskraft": [
        "Bidra till att stärka det regionala näringslivets innovationskapacitet",
        "Positionera regionen för att attrahera etableringar, besökare och kompetenser",
        "Stärka det regionala ledarskapet och bidra till positiva förflyttningar inom näringslivet",
    ],
    "Utbildning, kompetens och jämlik hälsa": [
        "Bidra till en god kompetensförsörjning i regionen",
        "Bedriva ett aktivt jämställdhetsarbete",
        "Bidra till en god hälsa i befolkningen och minskade hälsoskillnader",
    ],
    "Nära och sammanhållen vård": [
        "Vidareutveckla den nära vården",
        "Öka användandet av digitala verktyg och besöksformer",
        (
            "Förbättra regionens tillgänglighet till vård över lag samt med särskilt fokus på barn- "
            "och ungdomspsykiatrin"
        ),
        (
            "Utveckla samverkan med kommunerna kring in- och utskrivning av äldre/multisjuka vid "
            "slutenvård"
        ),
    ],
    "Styrning utifrån kunskap och kvalitet inom hälso- och sjukvård": [
        (
            "Säkerställa implementering och uppföljning av personcentrerade och sammanhållna "
            "vårdförlopp"
        ),
        "Förbereda införandet av framtidens vårdinformationsstöd",
        "Etablera en ny läkarutbildningsstruktur för bastjänstgöring och specialistutbildning",
        "Öka måluppfyllnaden för standardiserade vårdförlopp (SVF)",
        "Systematisera patientsäkerhetsarbetet utifrån den regionala handlingsplanen",
        (
            "Förbättra tillgängligheten till hjärtsjukvård samt resultatet för de kvalitetsindikatorer "
            "där Halland ligger under rikssnitt"
        ),
        "Säkerställa implementering och uppföljning av tarmcancerscreening",
    ],
    "En robust kultursektor": ["Bidra till en mer robust kultursektor"],
}
EVERYDAY = "Smartare och enklare vardag för medarbetaren och beslutsfattaren"
# 2.2 and 2.2.1: the assignment and "målet" it contributes to, as the prose has it.
PLANNED = {
    "Utveckla system för digital orientering och information": EVERYDAY,
    "Utveckla och införa ett nytt schemaverktyg": EVERYDAY,
    "Utveckla och införa ett nytt intranät och förnyat ledningssystem": EVERYDAY,
    "Stärkt service och transparens gentemot invånare": EVERYDAY,
}
CONDITIONS = {
    "Systematisk informationssäkerhet": EVERYDAY,
    "Internt klimat- och miljöarbete": "Bidra till en minskad klimatpåverkan",
    "Intern hållbar resursanvändning": "Bidra till en hållbar resursanvändning",
    "Intern social hållbarhet": "Bedriva ett aktivt jämställdhetsarbete",
    "Krisberedskap och robusthet": "Vidareutveckla den nära vården",
    "Hälsoinnovation och AI": "Hälsoinnovation och AI",
    "Utbildning och kompetens": "förutsättningar för verksamhetens genomförande och Region "
    "Hallands arbete med medarbetaren",
}


@pytest.fixture
def s2(demo: None) -> Side:
    return side("region-halland", "rs", "plan-2023", "apr-2023")


def test_seven_focus_areas_hold_their_goals(s2: Side) -> None:
    found: dict[str, list[str]] = {}
    for goal in s2.goals:
        if goal.level.nature == Nature.GOAL and goal.focus_area:
            found.setdefault(goal.focus_area.name, []).append(goal.name)

    assert found == GOALS
    assert [area.name for area in s2.plan.focus_areas.all()] == list(GOALS)
    assert sum(map(len, GOALS.values())) == 25


def test_eleven_assignments_stand_under_the_two_headings(s2: Side) -> None:
    found: dict[str, list[str]] = {}
    for goal in s2.goals:
        if goal.level.nature == Nature.ASSIGNMENT and goal.parent:
            found.setdefault(goal.parent.name, []).append(goal.name)

    assert found == {
        "Regionstyrelsens planerade utveckling": list(PLANNED),
        "Förutsättningar för verksamhetens genomförande": list(CONDITIONS),
    }
    assert len(PLANNED) + len(CONDITIONS) == 11


def test_every_assignment_contributes_to_the_goal_the_prose_names(s2: Side) -> None:
    place = "S2 2.2, bidrar till: {}".format
    source = {place(name): goal for name, goal in (PLANNED | CONDITIONS).items()}
    ours = {
        place(row.name): ", ".join(row.contributes_to)
        for row in assignment_list(s2.plan, s2.period)
    }

    assert differing(source, ours) == intended("S2 2.2")


def test_assignments_are_the_boards_and_all_are_under_way(s2: Side) -> None:
    rows = assignment_list(s2.plan, s2.period)

    assert {(row.giver, row.unit, row.standing.status) for row in rows} == {
        ("Regionstyrelsen", "Regionkontoret", "ongoing")
    }
    delayed = next(row for row in rows if row.name == "Systematisk informationssäkerhet")
    assert "Viss försening" in delayed.standing.comment


def test_indicators_equal_the_printed_lines(s2: Side) -> None:
    source = {
        "Personalomsättning": "11,15%",
        "Personalomsättning, kvinnor": "12,46 procent".removesuffix(" procent"),
        "Personalomsättning, män": "9,49",
        "Pensionsavgångar": "1,59",
        "Interna avgångar": "4,38",
        "Externa avgångar": "5,18",
        "Externa avgångar, IT & Digitalisering": "8,28",
        "Sjukfrånvaro": "2,58%",
        "Ackumulerad budgetavvikelse": "34 181 tkr",
        "Prognos budgetavvikelse": "24 700 tkr",
    }
    rows = s2.rows(with_units=True)
    women, men = rows["personalomsattning"].parts
    ours = {row.name: row.value for row in rows.values()} | {
        "Personalomsättning, kvinnor": women.value,
        "Personalomsättning, män": men.value,
        "Externa avgångar, IT & Digitalisering": rows["externa-avgangar"].units[0].value,
    }

    assert differing(source, ours, same=figure) == {}
    assert (women.label, men.label) == ("Kvinnor", "Män")


def test_targets_are_printed_as_written_and_read_as_at_most(s2: Side) -> None:
    rows = s2.rows("personalomsattning", "sjukfranvaro")

    assert {key: (row.target_text, row.target_words, row.light) for key, row in rows.items()} == {
        "personalomsattning": ("11%", "högst 11 %", Light.MISSED),
        "sjukfranvaro": ("5,2%", "högst 5,2 %", Light.MET),
    }


def test_activities_of_the_work_environment_plan_are_under_way(s2: Side) -> None:
    found = [
        (activity.other_plan, activity.name, [each.status for each in activity.reports.all()])
        for activity in s2.plan.activities.order_by("position")
    ]

    assert found == [
        (
            "Arbetsmiljöplan 2023",
            "Utveckla hållbara former för platsoberoende arbetssätt",
            ["ongoing"],
        ),
        ("Arbetsmiljöplan 2023", "Förbättra chefers förutsättningar", ["ongoing"]),
    ]


def test_period_is_january_to_april_and_locked(s2: Side) -> None:
    state = RoundState.objects.get(reporting_round__period=s2.period, body=s2.body)

    assert (str(s2.period.starts_on), str(s2.period.ends_on)) == ("2023-01-01", "2023-04-30")
    assert state.state == RoundStateName.LOCKED
