"""Driftnämnden Hallands sjukhus, plan 2021 (S3): development areas, results, availability."""

import pytest

from governance.enums import Light
from rounds.enums import RoundStateName
from rounds.models import RoundState
from tests.exchange.sources import Side, differing, intended, side

pytestmark = pytest.mark.django_db

# The slides' two lists in their order; the focus areas stand beside them as one list.
AREAS = [
    "Hög attraktivitet",
    "Ökad konkurrenskraft",
    "Stärkt delaktighet",
    "Nära och sammanhållen vård",
    "Digitalisering i vården",
    "Styrning utifrån kunskap och kvalitet",
    "Kompetensförsörjning",
    "Hållbar ekonomi i balans och god ekonomisk hushållning",
]
DEVELOPMENT = [
    (
        "Säkerställa att arbetsmiljöaspekter beaktas i all verksamhetsutveckling för att främja "
        "förändrings- och genomförandekraft och resultat."
    ),
    (
        "Aktivt bidra till regionens klimat- och miljöarbete, med särskilt fokus på att ytterligare "
        "kunna reducera utsläpp av växthusgaser."
    ),
    (
        "Utveckla och strukturera formerna för samverkan mellan regionen, Högskolan i Halmstad och "
        "näringslivet inom hälsoinnovation."
    ),
    "Öka patienters möjlighet att ta ansvar och vara delaktiga i sin vård.",
    (
        "Vidareutveckla den nära vården i enlighet med nationell och regional inriktning för God och "
        "nära vård."
    ),
    (
        "Tillsammans med samarbetsaktörer utveckla vårdprocesser där roller är tydliga och Hallands "
        "invånare upplever att vården hänger ihop."
    ),
    (
        "Vidareutveckla arbetssätt och bidra i utveckling av framtidens informationsstöd och "
        "morgondagens hälso- och sjukvård."
    ),
    "Säkerställa att regionens behov av vårdinformationsstöd tillgodoses.",
    (
        "Förbättra regionens digitala tillgänglighet genom att erbjuda Hallands invånare digitala "
        "vårdkontakter som en del av vårdverksamheternas ordinarie utbud."
    ),
    (
        "Förbättra kvalitet och resursanvändning genom att nyttja digitala verktyg, teknik och "
        "automatisering och realisera Hallands sjukhus digitala plan."
    ),
    (
        "Utveckla arbetet med personcentrerade och sammanhållna vårdförlopp tillsammans med patienter "
        "och andra aktörer för att säkerställa följsamhet till nationellt överenskomna vårdförlopp."
    ),
    (
        "Förbättra hjärtsjukvården genom att säkerställa följsamhet till de regionala vårdprocesserna "
        "inom hjärtsjukvård och förbättra resultatet för kvalitets-indikatorer där Halland ligger "
        "under riksgenomsnitt."
    ),
    (
        "Att de insatser som görs på olika nivåer i organisationen gör att verksamhetens behov av "
        "kritisk kompetens tillgodoses genom att beskriva och följa upp kompetensbehov."
    ),
    "Skapa förutsättningar för medarbetare inom kritiska yrkesgrupper att arbeta längre.",
    (
        "Skapa förutsättningar för chefer att leda i förändring och att lyckas i sitt chefsuppdrag "
        "genom att fortsatt stärka chefernas möjlighet och förmåga."
    ),
    (
        "Säkra kompetensförsörjning och utveckla verksamhetsförlagd utbildning på kort och lång sikt, "
        "bland annat genom samarbete med berörda lärosäten."
    ),
    (
        "Utföra vårt uppdrag med egen personal, tilldelad resurs och med fokus på hållbarhet och "
        "miljö."
    ),
]
AVAILABILITY = [
    "Andel som väntat <90 d till ”Första kontakt” till vårdprofession inom specialiserad vård",
    (
        "Andel av de som väntar på första besök till läkare som väntat kortare än 90 dagar inom "
        "Hallands sjukhus"
    ),
    "Andel av de som väntar på planerad operation/åtgärd som väntat <90d för HS, RH och riket",
    (
        "Andel av de som väntar på planerad operation/åtgärd vid Halland sjukhus som väntat mindre än "
        "90 dagar."
    ),
]
# A word of each example of work and results.
RESULTS = [
    "1177.se",
    "webbtidsbokning",
    "behörigheter",
    "osignerade",
    "PIL",
    "hjärtsjukvårdens",
    "hjärt-lungräddning",
    "SVF",
    "medicinteknik",
    "handledningsmodell",
    "lustgas",
]


@pytest.fixture
def s3(demo: None) -> Side:
    return side("region-halland", "dnhs", "plan-2021", "apr-2021")


def test_focus_areas_and_development_areas_have_the_sources_names(s3: Side) -> None:
    source = {f"S3 utvecklingsområde {n}": name for n, name in enumerate(DEVELOPMENT, 1)}
    ours = {f"S3 utvecklingsområde {n}": goal.name for n, goal in enumerate(s3.goals, 1)}

    assert [area.name for area in s3.plan.focus_areas.all()] == AREAS
    assert differing(source, ours) == intended("S3 utvecklingsområde")
    assert {goal.level.plural for goal in s3.goals} == {"DNHS utvecklingsområden"}


def test_development_areas_follow_the_order_of_the_focus_areas(s3: Side) -> None:
    """The text lost which stands beside which; both lists have the same order."""
    found = [goal.focus_area.name for goal in s3.goals if goal.focus_area]

    assert len(found) == len(DEVELOPMENT)
    assert found == sorted(found, key=AREAS.index)
    assert set(found) == set(AREAS)


def test_emissions_fell_by_more_than_the_target(s3: Side) -> None:
    row = s3.rows("interna-transporter")["interna-transporter"]

    assert row.name == "Minskade koldioxidutsläpp från interna transporter"
    assert (row.value, row.unit, row.target_text) == ("25", "%", "20%")
    assert (row.target_words, row.light) == ("minst 20 %", Light.MET)


def test_availability_is_named_and_has_no_figures(s3: Side) -> None:
    rows = [row for row in s3.rows().values() if row.group == "Tillgänglighet"]
    source = {f"S3 tillgänglighet {n}": name for n, name in enumerate(AVAILABILITY, 1)}
    ours = {f"S3 tillgänglighet {n}": row.name for n, row in enumerate(rows, 1)}

    assert differing(source, ours) == intended("S3 tillgänglighet")
    assert {row.value for row in rows} == {""}
    assert [part.label for part in rows[2].parts] == ["HS", "RH", "Riket"]


def test_every_example_of_work_and_results_is_an_activity(s3: Side) -> None:
    found = [activity.name for activity in s3.plan.activities.order_by("position")]

    assert len(found) == len(RESULTS)
    assert [
        word for word, name in zip(RESULTS, found, strict=True) if word.lower() not in name.lower()
    ] == []


def test_period_of_the_dialogue_is_locked(s3: Side) -> None:
    state = RoundState.objects.get(reporting_round__period=s3.period, body=s3.body)

    assert state.state == RoundStateName.LOCKED
