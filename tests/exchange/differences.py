"""Where the demo prints something else than its source, because the source errs or is ambiguous.

The tables are compared with the sources in test_s1_facts.py to test_s4_figures.py: a difference that
is not here fails them, and so does one here that is none. docs/demo.md prints this table.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Difference:
    """``ours`` is empty where we print nothing; ``source`` where the source prints nothing."""

    place: str
    source: str
    ours: str
    reason: str


MERGED = "The target, the unit and the scope stand in fields of their own"
POINTS = "The difference of two shares is percentage points, not per cent"
ONE_SENTENCE = "The sentence comes from the status; the source words one status in two ways"

S1 = (
    Difference(
        place="S1 3, uppdrag 30",
        source="Ta över ansvar av kostverksamhet (patientmåltider, personalmatsal, caféverksamhet) "
        "från HS och NSVH (HS behöver synka med sin driftnämnd innan denna blir giltig)",
        ours="Ta över ansvar av kostverksamhet (patientmåltider, personalmatsal, caféverksamhet) "
        "från HS och NSVH",
        reason="An internal remark was left in the table; the heading of 8.6.2 has no remark",
    ),
    Difference(
        place="S1 3, uppdrag 34",
        source="Arbetsmiljöplan 2021 - kommer i november",
        ours="",
        reason="A placeholder; the activities of the work environment plan (6.1) are held instead",
    ),
    Difference(
        place="S1 4, rubriker",
        source="4.1 Medarbetare, 4.2 Ekonomi, 4.3",
        ours="4.1 Medarbetare, 4.2 Ekonomi",
        reason="Chapter 4 announces indicators of the committee's own in a 4.3 that is not there",
    ),
)
S2 = (
    Difference(
        place="S2 2.2, bidrar till: Utveckla system för digital orientering och information",
        source="Smartare och enklare vardag för medarbetaren och beslutsfattaren",
        ours="Smartare och enklare vardag för medarbetare och beslutsfattare",
        reason="The prose of 2.2 words the goal otherwise than the table of 2.1; the table holds",
    ),
    Difference(
        place="S2 2.2, bidrar till: Utveckla och införa ett nytt schemaverktyg",
        source="Smartare och enklare vardag för medarbetaren och beslutsfattaren",
        ours="Smartare och enklare vardag för medarbetare och beslutsfattare",
        reason="The same",
    ),
    Difference(
        place="S2 2.2, bidrar till: Utveckla och införa ett nytt intranät och förnyat "
        "ledningssystem",
        source="Smartare och enklare vardag för medarbetaren och beslutsfattaren",
        ours="Smartare och enklare vardag för medarbetare och beslutsfattare",
        reason="The same",
    ),
    Difference(
        place="S2 2.2, bidrar till: Stärkt service och transparens gentemot invånare",
        source="Smartare och enklare vardag för medarbetaren och beslutsfattaren",
        ours="Smartare och enklare vardag för medarbetare och beslutsfattare",
        reason="The same",
    ),
    Difference(
        place="S2 2.2, bidrar till: Systematisk informationssäkerhet",
        source="Smartare och enklare vardag för medarbetaren och beslutsfattaren",
        ours="Smartare och enklare vardag för medarbetare och beslutsfattare",
        reason="The same",
    ),
    Difference(
        place="S2 2.2, bidrar till: Hälsoinnovation och AI",
        source="Hälsoinnovation och AI",
        ours="",
        reason="The goal named is not among the goals of 2.1; the assignment stands in the focus "
        "area and contributes to no goal",
    ),
    Difference(
        place="S2 2.2, bidrar till: Utbildning och kompetens",
        source="förutsättningar för verksamhetens genomförande och Region Hallands arbete med "
        "medarbetaren",
        ours="",
        reason="No goal is named; it stands under the heading of 2.2.1",
    ),
)
S3 = (
    Difference(
        place="S3 utvecklingsområde 12",
        source="Förbättra hjärtsjukvården genom att säkerställa följsamhet till de regionala "
        "vårdprocesserna inom hjärtsjukvård och förbättra resultatet för kvalitets-indikatorer "
        "där Halland ligger under riksgenomsnitt.",
        ours="Förbättra hjärtsjukvården genom att säkerställa följsamhet till de regionala "
        "vårdprocesserna inom hjärtsjukvård och förbättra resultatet för kvalitetsindikatorer där "
        "Halland ligger under riksgenomsnitt.",
        reason="A hyphen of a line break was left in the word",
    ),
    Difference(
        place="S3 tillgänglighet 4",
        source="Andel av de som väntar på planerad operation/åtgärd vid Halland sjukhus som väntat "
        "mindre än 90 dagar.",
        ours="Andel av de som väntar på planerad operation/åtgärd vid Hallands sjukhus som väntat "
        "mindre än 90 dagar",
        reason="The hospital's name is misspelt",
    ),
)
S4 = (
    Difference(
        place="S4 4, mening: Nr 32",
        source="Uppdraget är genomfört.",
        ours="Uppdraget har genomförts.",
        reason=ONE_SENTENCE,
    ),
    *(
        Difference(
            place=f"S4 4, mening: {goal}",
            source="Bedömningen utifrån nämndens/verksamhetens redovisning, styrtal och uppdrag "
            "samt nämndens/verksamhetens mål är att målsättningen har uppnåtts.",
            ours="Bedömningen utifrån nämndens/verksamhetens redovisning, styrtal och uppdrag "
            "samt nämndens mål är att målsättningen har uppnåtts.",
            reason=ONE_SENTENCE,
        )
        for goal in ("nr 5", "nr 8", "Motverka välfärdsbrottslighet")
    ),
    Difference(
        place="S4 4, styrtal hme, namn",
        source="Hållbart medarbetarengagemang (HME): Ska ligga på en hög nivå inom intervallet "
        "77–80 för totalt HME. Strävan är att delindexen motivation, styrning och ledarskap ska "
        "ligga på en jämnhög nivå.",
        ours="Hållbart medarbetarengagemang (HME)",
        reason="What is aimed at is a definition, not a name",
    ),
    Difference(
        place="S4 4, styrtal sjukfranvaro, långsiktigt mål i ord",
        source="mer än 5 %",
        ours="",
        reason='"> 5 %" contradicts "ska minska": printed as it stands, never read, no light',
    ),
    Difference(
        place="S4 5.2, område 2",
        source="Område försörjning",
        ours="Område närservice (tidigare Område försörjning)",
        reason="Renamed on 1 December 2025; the source uses both names",
    ),
    Difference(
        place="S4 5.5, forebyggande-underhall, namn",
        source="Andel utförda förebyggande underhåll på medicinteknisk utrustning med risktal 19 "
        "och högre ska vara minst 95 % inom rekommenderat intervall (MT FU 2)",
        ours="Andel utförda förebyggande underhåll på medicinteknisk utrustning med risktal 19 "
        "och högre inom rekommenderat intervall (MT FU 2)",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, avvikelsehantering, namn",
        source="Avvikelsehantering: Måluppfyllelse av avslutade avvikelser inom 180 dagar "
        "Målvärde: 80 %.",
        ours="Avvikelsehantering: Måluppfyllelse av avslutade avvikelser inom 180 dagar",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, avvikelsehantering, förändring",
        source="-8",
        ours="",
        reason='Nothing can be subtracted from the inequality ">80 %"',
    ),
    Difference(
        place="S4 5.5, ekologiska-livsmedel, namn",
        source="Andel ekologiska livsmedel målvärde 2024: 50%",
        ours="Andel ekologiska livsmedel",
        reason="The target stands in its own field, with the note that it is of 2024 and that "
        "assignment 52 says 55 %",
    ),
    Difference(
        place="S4 5.5, matsvinn, namn",
        source="Matsvinn, tillagad mat Målvärde: Max 15 % (Region Örebro län)",
        ours="Matsvinn, tillagad mat",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, miljokrav, namn",
        source="Andel upphandlingar där miljökrav ställts, % (Region Örebro län)",
        ours="Andel upphandlingar där miljökrav ställts",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, uppforandekod, namn",
        source="Andel upphandlingar där uppförandekod ställts, % (Region Örebro län)",
        ours="Andel upphandlingar där uppförandekod ställts",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, socialt-hansynstagande, namn",
        source="Andel upphandlingar där socialt hänsynstagande ställts, % (Region Örebro län)",
        ours="Andel upphandlingar där socialt hänsynstagande ställts",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, socialt-hansynstagande, förändring",
        source="",
        ours="0 procentenheter",
        reason="Zero in both years is no change, not a missing one; other rows print 0",
    ),
    Difference(
        place="S4 5.5, energianvandning, namn",
        source="Energianvändning (el, värme, kyla) per kvadratmeter Målvärde 2023: -4 %: Målvärde "
        "2025: minskning med -6 procentenheter per kvm. Basår 2021. (Region Örebro län).",
        ours="Energianvändning (el, värme, kyla) per kvadratmeter",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, energianvandning, förändring",
        source="0,4",
        ours="+0,4 procentenheter",
        reason="The sign of a change is always printed, as in the table's other rows",
    ),
    Difference(
        place="S4 5.5, follow-print, namn",
        source="Andel multifunktionskrivare med follow print (Region Örebro län)",
        ours="Andel multifunktionskrivare med follow print",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, fakturor-i-tid, namn",
        source="Leverantörsfakturor betalda i tid, % (Region Örebro län)",
        ours="Leverantörsfakturor betalda i tid",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, sena-fakturor, namn",
        source="Kostnader för sent betalda fakturor (Region Örebro län)",
        ours="Kostnader för sent betalda fakturor",
        reason=MERGED,
    ),
    Difference(
        place="S4 5.5, sena-fakturor, förändring",
        source="5 211 kr",
        ours="\u22125\u00a0211 kr",
        reason="The source lost the sign: 161 295 is less than 166 506",
    ),
    Difference(
        place="S4 6.5, korttidsfranvaro, namn",
        source="Sjukfrånvaro, korttidsfrånvaro %",
        ours="Sjukfrånvaro, korttidsfrånvaro",
        reason=MERGED,
    ),
    Difference(
        place="S4 6.5, langtidsfranvaro, namn",
        source="Sjukfrånvaro, långtidsfrånvaro %",
        ours="Sjukfrånvaro, långtidsfrånvaro",
        reason=MERGED,
    ),
    Difference(
        place="S4 6.5, langtidsfranvaro, kvinnor, förändring",
        source="0,1",
        ours="0,0 procentenheter",
        reason="4,4 and 4,4 are printed; the source subtracted values that it does not print",
    ),
    Difference(
        place="S4 6.5, sjukfranvaro, namn",
        source="Sjukfrånvaro totalt %",
        ours="Sjukfrånvaron ska minska.",
        reason="It is styrtal 3: one value, held once, under one name",
    ),
    Difference(
        place="S4 6.5, text: kvinnors korttidsfrånvaro",
        source="minskning 0,1%",
        ours="\u22120,1 procentenheter",
        reason=POINTS,
    ),
    Difference(
        place="S4 6.5, text: mäns långtidsfrånvaro",
        source="ökat med 0,1%",
        ours="\u22120,1 procentenheter",
        reason="The table above the text says -0,1; and the difference is percentage points",
    ),
)
DIFFERENCES = (*S1, *S2, *S3, *S4)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A fault or an oddity of the source that is printed as it stands, and why."""

    place: str
    printed: str
    reason: str


KEPT = (
    Kept(
        place="S1 8.4.3",
        printed="Skapa förutsättningar för chefer att leda i förändring och att lyckas i sitt "
        "chefsuppdrag",
        reason="The same words on two levels; both nodes are held",
    ),
    Kept(
        place="S2 2.2.1, Systematisk informationssäkerhet",
        printed="Viss försening",
        reason="Chapter 1 says that nothing deviates; the status is under way, the delay stands "
        "in the comment",
    ),
    Kept(
        place="S4 4, Nr 44 and Nr 50",
        printed="Uppdraget är flerårigt och uppdragets del av innevarande år bedöms vara genomfört "
        "vid årets slut.",
        reason="A forecast in a report of the whole year; counted as achieved, as in 4.1",
    ),
    Kept(
        place="S4 4, styrtal under nr 8 and nr 9",
        printed="3",
        reason="Two measures have the number 3; a number is what was printed, never an identity",
    ),
    Kept(
        place="S4 4, styrtal 2, långsiktigt målvärde",
        printed="90- 100 %",
        reason="Printed as written, read as a span",
    ),
    Kept(
        place="S4 5.5, energianvändning, målvärde",
        printed="minskning med -6 procentenheter per kvm",
        reason="A double negation, read as a decrease by 6 since 2021",
    ),
)


def table() -> list[str]:
    """The two tables of docs/demo.md, line by line."""
    return [
        "| place | the source prints | the demo prints | why |",
        "|---|---|---|---|",
        *(
            f"| {each.place} | {each.source or '(nothing)'} | {each.ours or '(nothing)'} "
            f"| {each.reason} |"
            for each in DIFFERENCES
        ),
        "",
        "| place | printed as it stands | why |",
        "|---|---|---|",
        *(f"| {each.place} | {each.printed} | {each.reason} |" for each in KEPT),
    ]
