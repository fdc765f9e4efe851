"""Servicenämndens verksamhetsberättelse 2025, Region Örebro län (S4 ch. 4, 5.2, 5.5 and 6.5)."""

import pytest

from governance.enums import Light
from targets.assessments.queries.attainment import assignment_list, attainment_summary, judgements
from targets.enums import Direction, Horizon, Nature
from targets.indicators.rules.target_values import read_target
from targets.models import Indicator, Outcome, Target
from targets.plans.queries.words import words_for
from tests.exchange.sources import Side, differing, figure, intended, side

pytestmark = pytest.mark.django_db

# 4.1: Har uppnåtts, delvis, inte; a blank cell is a counted zero.
ATTAINMENT = {
    "Målsättningar från regionfullmäktige": (6, 1, 0),
    "Uppdrag från regionfullmäktige": (13, 3, 0),
    "Nämndens mål": (0, 0, 0),
    "Nämndens uppdrag": (3, 0, 0),
}
HEADING = "Mål och uppdrag: Servicenämnden"
YEAR = "Uppdraget är flerårigt och uppdragets del av innevarande år har genomförts."
EXPECTED = (
    "Uppdraget är flerårigt och uppdragets del av innevarande år bedöms vara genomfört vid årets "
    "slut."
)
STARTED = "Uppdraget har startat men är inte helt klart och kommer att genomföras kommande år."
DONE = "Uppdraget har genomförts."
JUDGED = (
    "Bedömningen utifrån nämndens/verksamhetens redovisning, styrtal och uppdrag samt {} mål är "
    "att målsättningen {}."
)
OURS, BOTH = "nämndens", "nämndens/verksamhetens"
# 4.2: number or name, full name, the closing sentence.
GOALS = [
    ("nr 5", "Forskning och utbildning av hög kvalitet med internationell spets.", BOTH, ""),
    ("nr 6", "Digitala lösningar för en enklare vardag för invånare och medarbetare", OURS, ""),
    (
        "nr 7",
        "Ansvarsfulla verksamheter med höga ambitioner för hållbar utveckling.",
        OURS,
        "delvis ",
    ),
    ("nr 8", "Kompetensförsörjningen är långsiktig.", BOTH, ""),
    ("nr 9", "En långsiktig stark och hållbar ekonomi med finansiell god hushållning.", OURS, ""),
    ("Beredskap och säkerhet", "Beredskap och säkerhet", OURS, ""),
    ("Motverka välfärdsbrottslighet", "Motverka välfärdsbrottslighet", BOTH, ""),
]
# 4.2: under what, level, number, name, the closing sentence.
ASSIGNMENTS = [
    (
        HEADING,
        "Nr 28",
        "Att arbeta med att forma en säker och hotbildsanpassad it-miljö för Region Örebro län.",
        YEAR,
    ),
    (
        HEADING,
        "Nr 29",
        (
            "Att tillsammans med övriga nämnder arbeta för en mer effektiv inköpsorganisation i "
            "Region Örebro län."
        ),
        YEAR,
    ),
    (
        HEADING,
        "Nr 30",
        "Att revidera befintlig upphandlingspolicy för Region Örebro län.",
        STARTED,
    ),
    (
        HEADING,
        "Nr 31",
        "Att revidera befintlig fastighetsutvecklingsplan för Region Örebro län.",
        STARTED,
    ),
    (
        HEADING,
        "Nr 32",
        (
            "Att genomföra en ”second opinion”-utredning om förslaget att investera i en ny anläggning "
            "för fjärrkyla på Universitetssjukhuset Örebro. De tekniska förutsättningarna ska utredas "
            "ytterligare innan investeringen kan verkställas och anvisade budgetmedel får "
            "ianspråktas."
        ),
        "Uppdraget är genomfört.",
    ),
    (
        HEADING,
        "Nämnduppdrag",
        (
            "Måltidsservice får i uppdrag att ta fram en långsiktig strategisk plan för "
            "måltidsverksamheten."
        ),
        DONE,
    ),
    (
        "nr 5",
        "Nr 44",
        "Att verka för nyttiggörande av data inom forskning och innovation.",
        EXPECTED,
    ),
    (
        "nr 5",
        "Nr 45",
        (
            "Att medverka i utvecklingen av universitetssjukvård, särskilt avseende medicinteknisk "
            "verksamhet."
        ),
        YEAR,
    ),
    (
        "nr 6",
        "Nr 49",
        "Att fortsätta främja den digitala kulturen och utveckla digitala arbetssätt.",
        YEAR,
    ),
    (
        "nr 6",
        "Nr 50",
        (
            "Att erbjuda användarvänliga digitala lösningar till länets invånare, organisationer och "
            "företag och möta kravet om ”Digitalt först”."
        ),
        EXPECTED,
    ),
    (
        "nr 6",
        "Nämnduppdrag",
        "Shared Service Center får i uppdrag att implementera det nya ärendehanteringssystemet.",
        YEAR,
    ),
    (
        "nr 6",
        "Nämnduppdrag",
        (
            "Shared Service Center får i uppdrag att implementera arbetssätt kopplade till "
            "behörighetssystem."
        ),
        YEAR,
    ),
    (
        "nr 7",
        "Nr 52",
        (
            "Att intensifiera arbetet inom de områden i program för hållbar utveckling där Region "
            "Örebro län riskerar att inte nå målen för innevarande programperiod."
        ),
        STARTED,
    ),
    (
        "nr 7",
        "Nr 53",
        (
            "Att minska Region Örebro läns klimatavtryck genom att arbeta för en resurseffektivare och "
            "mer cirkulär verksamhet."
        ),
        YEAR,
    ),
    (
        "nr 7",
        "Nr 54",
        (
            "Att genomföra insatser som syftar till att minska ojämlikhet i hälsa och främja "
            "delaktighet och inkludering."
        ),
        YEAR,
    ),
    (
        "nr 8",
        "Nr 38",
        (
            "Att beakta den långsiktiga påverkan av kompetensförsörjningen och arbetsmiljöperspektivet "
            "i de fall det är aktuellt inom nämndens ansvarsområde och inför nämndens beslut."
        ),
        YEAR,
    ),
    ("nr 9", "Nr 35", "Att fortsätta arbetet med handlingsplaner för ekonomi i balans.", DONE),
    (
        "Beredskap och säkerhet",
        "Nr 57",
        "Att beredskaps- och säkerhetsfrågor beaktas i de sammanhang där det behövs.",
        YEAR,
    ),
    (
        "Motverka välfärdsbrottslighet",
        "Nr 58",
        "Att förebygga och motverka välfärdsbrottslighet.",
        YEAR,
    ),
]
# 4.2: styrtal with number, name, Utfall, Årets målvärde, Långsiktigt målvärde; then as read.
STEERING = {
    "hme": (
        "1",
        (
            "Hållbart medarbetarengagemang (HME): Ska ligga på en hög nivå inom intervallet 77–80 för "
            "totalt HME. Strävan är att delindexen motivation, styrning och ledarskap ska ligga på en "
            "jämnhög nivå."
        ),
        ("79", "77", "80"),
        ("minst 77", "minst 80", Light.MET),
    ),
    "sam": (
        "2",
        (
            "Systematiskt arbetsmiljöarbete (SAM), bidrar till bra arbetsmiljö och till rimliga "
            "förutsättningar. Andel chefer som svarat på årlig uppföljning av SAM."
        ),
        ("96 %", "90 %", "90- 100 %"),
        ("minst 90 %", "minst 90 %", Light.MET),
    ),
    "sjukfranvaro": (
        "3",
        "Sjukfrånvaron ska minska.",
        ("5,7 %", "5,5 %", "> 5 %"),
        ("högst 5,5 %", "mer än 5 %", Light.MISSED),
    ),
    "budgetunderskott": (
        "3",
        "Regionstyrelsens och nämndernas budgetunderskott ska minska.",
        ("16,4 mnkr", "0 mnkr", "0 mnkr"),
        ("minst 0 mnkr", "minst 0 mnkr", Light.MET),
    ),
}


@pytest.fixture
def s4(demo: None) -> Side:
    return side("region-orebro", "servicenamnden", "plan-2025", "helar-2025")


def test_counted_attainment_equals_the_printed_table(s4: Side) -> None:
    summary = attainment_summary(s4.plan, s4.period)

    counted = {row.label: row.counts[:3] for row in summary.rows}
    assert counted == ATTAINMENT
    assert {row.counts[3] for row in summary.rows} == {0}
    assert summary.headings[:3] == (
        "Har uppnåtts/genomförts",
        "Har delvis uppnåtts/genomförts",
        "Har inte uppnåtts/genomförts",
    )


def test_goals_have_the_sources_numbers_and_names(s4: Side) -> None:
    found = [(goal.number or goal.name, goal.name) for goal in s4.goals if is_goal(goal)]

    assert found == [(number, name) for number, name, _whose, _part in GOALS]


def is_goal(goal: object) -> bool:
    return getattr(goal, "level").nature == Nature.GOAL  # noqa: B009 -- any node


def test_judgements_end_with_the_sources_sentence(s4: Side) -> None:
    place = "S4 4, mening: {}".format
    source = {
        place(number): JUDGED.format(whose, f"{part}har uppnåtts")
        for number, _name, whose, part in GOALS
    } | {
        place(number if number != "Nämnduppdrag" else name): sentence
        for _under, number, name, sentence in ASSIGNMENTS
    }
    ours = {
        place(row.number or row.name): row.standing.sentence
        for row in (*judgements(s4.plan, s4.period), *assignment_list(s4.plan, s4.period))
    }

    assert len(source) == 26
    assert differing(source, ours) == intended("S4 4, mening")


def test_assignments_stand_where_the_source_puts_them(s4: Side) -> None:
    upper = {goal.pk: goal.number or goal.name for goal in s4.goals}
    found = [
        (upper[goal.parent_id], goal.number or goal.level.name, goal.name)
        for goal in s4.goals
        if goal.level.nature == Nature.ASSIGNMENT and goal.parent_id
    ]

    assert found == [(under, number, name) for under, number, name, _sentence in ASSIGNMENTS]


def test_assignments_say_who_gave_them_and_whether_they_run_over_years(s4: Side) -> None:
    rows = assignment_list(s4.plan, s4.period)

    assert {(row.level, row.giver) for row in rows} == {
        ("Uppdrag", "Regionfullmäktige"),
        ("Nämnduppdrag", "Nämnden"),
    }
    several_years = {
        number if number != "Nämnduppdrag" else name
        for _under, number, name, sentence in ASSIGNMENTS
        if "flerårigt" in sentence
    }
    assert {row.number or row.name for row in rows if row.is_multi_year} == several_years
    assert all(row.standing.comment for row in rows)


def test_steering_figures_equal_the_printed_table(s4: Side) -> None:
    place = "S4 4, styrtal {}, {}".format
    source, ours = {}, {}
    rows = s4.rows(*STEERING)
    for key, (number, name, (value, target, long_term), _read) in STEERING.items():
        row = rows[key]
        source |= {place(key, "nummer"): number, place(key, "namn"): name}
        ours |= {place(key, "nummer"): row.number, place(key, "namn"): row.name}
        source |= {place(key, "målvärde"): target, place(key, "långsiktigt mål"): long_term}
        ours |= {
            place(key, "målvärde"): row.target_text,
            place(key, "långsiktigt mål"): row.long_term_text,
        }
        assert figure(row.value) == figure(value)

    named = {place: pair for place, pair in intended("S4 4, styrtal").items() if "ord" not in place}
    assert differing(source, ours) == named


def test_steering_figures_are_read_and_judged(s4: Side) -> None:
    place = "S4 4, styrtal {}, långsiktigt mål i ord".format
    rows = s4.rows(*STEERING)
    source = {place(key): read[1] for key, (*_printed, read) in STEERING.items()}
    ours = {place(key): read_long_term(key) for key in STEERING}

    assert {key: (row.target_words, row.light) for key, row in rows.items()} == {
        key: (read[0], read[2]) for key, (*_printed, read) in STEERING.items()
    }
    assert differing(source, ours) == {
        each: pair for each, pair in intended("S4 4, styrtal").items() if "i ord" in each
    }


def read_long_term(key: str) -> str:
    """What the long-term target was read as; "" when it stayed text."""
    indicator = Indicator.objects.get(organisation__key="region-orebro", key=key)
    target = Target.objects.get(planned_indicator__indicator=indicator, horizon=Horizon.LONG_TERM)
    return read_target(
        target.text, Direction(indicator.direction), unit_label=indicator.unit_label
    ).in_words


def test_engagement_is_carried_forward_from_the_survey_of_2024(s4: Side) -> None:
    outcome = Outcome.objects.get(indicator__key="hme", period=s4.period, unit__body=s4.body)

    assert (outcome.is_carried_forward, outcome.source) == (True, "Mätning hösten 2024")
    assert "hösten 2026" in outcome.comment


def test_columns_have_the_sources_words(s4: Side) -> None:
    words = words_for(s4.body.organisation_id, 2025)

    assert (words["steering"], words["target_year"], words["target_long_term"]) == (
        "Styrtal",
        "Årets målvärde",
        "Långsiktigt målvärde",
    )
    assert (words["key_figure"], words["change"]) == ("Produktionstal/Nyckeltal", "Förändring")
