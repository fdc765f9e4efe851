"""What the source says (§ 58, RS251695, spring 2026), fact by fact: found in the walk's papers on
the page with the heading named, or not printed and why."""

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.walk import Walked

PACK, PROPOSAL, PROTOCOL, EXTRACT = (
    "dialogunderlag", "beslutsforslag", "protokollsdel", "protokollsutdrag",
)  # fmt: skip
GAPS = re.compile(r"[\s\u00ad\u2010\u2011\u00a0\u202f-]+")
RSAU = "Regionstyrelsens arbetsutskott"
POINTS = (
    f"{RSAU} antecknar informationen från driftnämnd Regionservice till protokollet.",
    f"{RSAU} noterar driftnämndens arbete med att utföra grunduppdraget med hög kvalitet.",
    (
        f"{RSAU} noterar driftnämndens arbete med att genomföra beslutad verksamhetsplan och därmed "
        "arbeta för att bidra till regionfullmäktiges fokusområden."
    ),
    f"{RSAU} noterar driftnämndens arbete med en budget i balans, och en god ekonomisk hushållning.",
    (
        f"{RSAU} noterar driftnämndens arbete med en god intern kontroll och prioriterade "
        "kontrollmoment."
    ),
)
ADDED = (
    (
        f"{RSAU} noterar driftnämndens goda resultat i arbetsmiljöarbetet 2025, samt positiva resultat "
        "i medarbetarindikatorerna."
    ),
    (
        f"{RSAU} noterar driftnämndens arbete med samordnad robust försörjning, civil beredskap, "
        "Framtidens sjukhusstruktur och Framtidens måltidsförsörjning."
    ),
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """``text`` stands in ``paper`` on the page with ``heading``."""

    paper: str
    heading: str
    text: str


def facts(paper: str, heading: str, *texts: str) -> list[Fact]:
    return [Fact(paper=paper, heading=heading, text=text) for text in texts]


GOALS = facts(
    PACK,
    "Fokusområde",
    "En organisation med utvecklings- och motståndskraft",
    "En tillgänglig och högkvalitativ hälso- och sjukvård",
    "En digital kraftsamling för framtidens välfärd",
    "Säkerställa att prioriterade delar av verksamheten kan bedrivas vid såväl fredstida "
    "krissituationer som höjd beredskap.",
    "Bidra till en säker och trygg miljö i verksamhetslokaler och i de delar av gemensamma utrymmen "
    "som Regionservice har ansvar för.",
    "Aktivt bidra i arbetet med framtidens sjukhusstruktur.",
    "Stärka chefers och medarbetares kompetens och förutsättningar för ett hållbart arbetsliv.",
    "Minska sjukfrånvaro bland medarbetarna.",
    "Minska klimatpåverkan från materialförbrukning och avfall.",
    "Främja resurseffektiva och fossilfria transporter.",
    "Främja hållbar livsmedelsproduktion och minska matsvinn.",
    "Leverera och utveckla trygga, hållbara och tillgängliga servicetjänster som bidrar till att "
    "vårdpersonalens kompetens används effektivt.",
    "Öka förvaltningens digitala mognad för att möjliggöra relevanta insatser inom digital "
    "verksamhetsutveckling.",
    "Bidra till fortsatt förvaltning och utveckling av Cosmic genom aktivt deltagande från de delar "
    "som berörs.",
    "Kritiska processer är kartlagda och identifierade",
    "Andel genomförda övningar per kritiska processer",
    "Andel brandskyddskontroller i Stratsys",
    "Andel genomförda åtgärder från säk.inventering",
    "Antal arbetade timmar",
    "Resultat från pulsmätningar/kvartal",
    "Andel chefer som är trygga i HR-relaterad kompetens",
    "Sjukfrånvaromått",
    "Mängd inköp av plastmaterial",
    "Antal hanterade exponeringsscenarier",
    "Andel verksamhetsbilar som rullar > 1500 mil/år",
    "Matsvinn g/tallrik (portion)",
    "Andel CO2e per kg inköpta livsmedel",
    "Andel slutstäd av Städ &VNS",
    "Leveransprecision för paket & gods",
    "Resultat från DIMIOS-mätning",
)
FACTS = [
    *facts(PACK, "Dialog Regionservice 2026", "Regionservice"),
    *facts(
        PACK,
        "Inledning",
        "ökad civil beredskap",
        "övningar, utbildning och rutiner",
        "samordnad robust försörjning",
        "Framtidens sjukhusstruktur",
        "Framtidens måltidsförsörjning",
        "Extern revision (ISO)",
        "alla avvikelser från föregående år",
        "Välfärdsbrottslighet är en del av den interna kontrollen",
        "eldriven lastbil",
        "Högt söktryck vid vakanser",
        "sjukfrånvaron minskar",
        "medarbetarundersökningen visar goda effekter",
        "god kontroll och styrning av ekonomin",
    ),
    *facts(
        PACK,
        "Målstyrning",
        "Plan för utveckling av verksamheten, nämndens bidrag till regionfullmäktiges måluppfyllnad",
    ),
    *GOALS,
    *facts(
        PACK,
        "Kvalitetsstyrning",
        "Kvalitetssäkring av verksamhetens grunduppdrag enligt lagar och föreskrifter, reglemente "
        "och övriga styrdokument",
    ),
    *facts(
        PACK,
        "Minskad sjukfrånvaro, HME och OSA ökar",
        "Sjukfrånvaro (R12)",
        "6,94",
        "7,53",
        "Korttidssjukfrånvaro",
        "3,3",
        "3,58",
        "Personalomsättning (R12)",
        "8,92",
        "7,03",
        "HME",
        "76",
        "74",
        "OSA",
        "69",
        "65",
    ),
    *facts(
        PACK,
        "Arbetsmiljöplanen bidrog till minskad sjukfrånvaro",
        "Genomförda aktiviteter",
        "Systematiskt arbete med friskfaktorer (fortsätter 2026)",
        "Rehabinventering (fortsätter 2026)",
        "Fördjupad analys av sjukfrånvaron",
        "Insatser och verktyg för att stärka arbetet mot utsatthet",
    ),
    *facts(
        PACK,
        "Nämndens internkontrollplan 2025",
        "sammanfattning av resultatet",
        "Apr",
        "Aug",
        "Helår",
        "Välfärdsbrottslighet",
        "Sker utbetalningar utifrån korrekta underlag?",
        "Kvalitetssäkring av nuvarande tjänster",
        "Finns det följsamhet till framtagna rutiner för tjänsternas utförande?",
        "Informationssäkerhet",
        "Hur stor andel av Regionservices medarbetare har genomgått utbildningen i "
        "informationssäkerhet?",
    ),
    *facts(
        PACK,
        "Återstående åtgärder",
        "Information om regelverk för reseräkningar",
        "Undersöka möjliga systemstödförändringar för att underlätta för användarna",
        "Kontrollmoment i internkontrollplan 2026",
        "Utveckling av systemstöd för egenkontroll elsäkerhet",
        "Aktiviteter i VP & kontrollmoment i internkontrollplan 2026 för att stärka "
        "informationssäkerheten",
    ),
    *facts(
        PACK,
        "Ekonomistyrning",
        "Omsättning",
        "867,5",
        "833,9",
        "Utfall ordinarie",
        "+1,7",
        "+2,4",
        "Avvikelse ordinarie",
        "+0,26",
        "Utfall Regionservice",
        "+6,0",
        "+9,1",
        "* Exklusive förrådsvaror och förstärkt försörjningsberedskap",
        "Förvaltningens ekonomi är fortsatt i balans",
        "få överraskningar",
        "Måltidsservice har en aktiv intern åtgärdsplan",
        "Omvärderade investeringsbehov ger önskad resultathantering",
    ),
    *facts(PACK, "Långsiktig utveckling", "Långsiktig utveckling"),
    *facts(
        PROPOSAL,
        "Förslag till beslut",
        "Beslutsförslag",
        "Regionkontoret",
        "Ekonomi",
        "Verksamhetscontroller",
        "2026-02-23",
        "RS251695",
        "Regionstyrelsen",
        "Nämnddialog driftnämnden Regionservice våren 2026",
        *POINTS,
    ),
    *facts(
        PROPOSAL, "Sammanfattning", "uppsiktsplikt", "ökad förståelse, helhetssyn och samverkan"
    ),
    *facts(PROPOSAL, "Konsekvensbeskrivning", "inga konsekvenser"),
    *facts(PROPOSAL, "Ekonomiska konsekvenser av beslutet", "inga ekonomiska konsekvenser"),
    *facts(PROPOSAL, "Regiondirektör", "Tf. ekonomidirektör"),
    *facts(PROPOSAL, "Bilaga", "Dialogunderlag driftnämnden Regionservice"),
    *facts(PROPOSAL, "delges", "Driftnämnd Regionservice"),
    *facts(
        EXTRACT,
        "Nämndsdialog med DN Regionservice, våren 2026",
        "§ 58",
        "RS251695",
        *(f"{number}. {text}" for number, text in enumerate((*POINTS, *ADDED), 1)),
    ),
    *facts(EXTRACT, "Yrkanden", *ADDED, "tillägg"),
    *facts(EXTRACT, "Propositionsordning", "liggande förslag", "finner att"),
    *facts(EXTRACT, "Ärendet", "uppsiktsplikt"),
    *facts(EXTRACT, "Förslag till beslut", *POINTS),
    *facts(
        EXTRACT,
        "Beslutsunderlag",
        "Nämnddialog driftnämnden Regionservice våren 2026",
        "Dialogunderlag DNRGS 260310",
    ),
    *facts(EXTRACT, "Expedieras till", "Driftnämnd Regionservice"),
    *facts(EXTRACT, "§ 58", "justerad"),
    *facts(PROTOCOL, "§ 58", "Nämndsdialog med DN Regionservice, våren 2026"),
]
NOT_PRINTED = {
    "the names of the persons": "persons are invented",
    "diftnämnd": "the misspelling is mended: driftnämnd",
    "Minskad sjukfrånvaro och ökad HME/OSA ökar": "the heading's grammar is mended",
    "Halland – Bästa livsplatsen": "the region's slogan is not a fact of the dialogue",
    "6 and 8 at the foot of two slides": "our slides have numbers of their own",
    "Slut": "an end slide says nothing",
    "the colours of the control lights": "cannot be read in the source's text; invented and marked",
    "(ex.) after Målindikatorer": "all of the plan's indicators are printed, not examples",
}


@cache
def pages(pdf: Path) -> list[str]:
    done = subprocess.run(  # noqa: S603 -- poppler on our own file
        ["pdftotext", "-enc", "UTF-8", str(pdf), "-"],  # noqa: S607 -- found on PATH
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [squeezed(page) for page in done.stdout.split("\f")]


def squeezed(text: str) -> str:
    """Without spaces and hyphens, so that a line break anywhere makes no difference."""
    return GAPS.sub("", text).lower()


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.paper}: {f.heading}: {f.text}"[:90])
def test_fact_stands_in_the_paper_under_its_heading(fact: Fact, walked: Walked) -> None:
    found = pages(walked.pdfs[fact.paper])
    under = [page for page in found if squeezed(fact.heading) in page]

    assert under, f"{fact.paper} has no page with {fact.heading}"
    assert any(squeezed(fact.text) in page for page in under)


def test_what_is_not_printed_has_a_reason_and_is_not_there(walked: Walked) -> None:
    everything = "".join("".join(pages(pdf)) for pdf in walked.pdfs.values())
    absent = ["diftnämnd", "Bästa livsplatsen", "ökad HME/OSA", "Helene Andersson", "Björkegren"]

    assert all(NOT_PRINTED.values())
    assert [text for text in absent if squeezed(text) in everything] == []
