"""Servicenämnden 2025 (S4): budget deviation per unit (5.2), production and key figures (5.5), sick
leave of women and men (6.5), staff turnover."""

import pytest

from figures.enums import ValueScope
from governance.enums import Light
from targets.models import Outcome
from tests.exchange.sources import Side, differing, figure, intended, side, unsigned

pytestmark = pytest.mark.django_db

# 5.2: Budgetavvikelse 2025 and 2024 per område.
AREAS = {
    "Område fastigheter": ("4,4", "37,4"),
    "Område försörjning": ("-13,9", "-36,9"),
    "Område inköp och upphandling": ("2,0", "0,9"),
    "Område IT": ("-0,5", "-9,0"),
    "Område medicinsk teknik": ("2,0", "0,0"),
    "Shared service center": ("8,7", "1,3"),
    "Förvaltningsgemensamt": ("13,7", "7,5"),
}
REGION = " (Region Örebro län)"
# 5.5: Produktionstal/Nyckeltal, Utfall 2025, Utfall 2024, Förändring; then the light.
KEY_FIGURES = {
    "forebyggande-underhall": (
        (
            "Andel utförda förebyggande underhåll på medicinteknisk utrustning med risktal 19 och "
            "högre ska vara minst 95 % inom rekommenderat intervall (MT FU 2)"
        ),
        ("93 %", "93%", "0"),
        Light.MISSED,
    ),
    "avvikelsehantering": (
        "Avvikelsehantering: Måluppfyllelse av avslutade avvikelser inom 180 dagar Målvärde: 80 %.",
        ("72%", ">80 %", "-8"),
        Light.MISSED,
    ),
    "ekologiska-livsmedel": (
        "Andel ekologiska livsmedel målvärde 2024: 50%",
        ("42,0 %", "42,1%", "-0,1"),
        Light.MISSED,
    ),
    "matsvinn": (
        "Matsvinn, tillagad mat Målvärde: Max 15 %" + REGION,
        ("16,8 %", "14,4%", "+2,4"),
        Light.MISSED,
    ),
    "miljokrav": (
        "Andel upphandlingar där miljökrav ställts, %" + REGION,
        ("88,4%", "90%", "-1,6"),
        Light.NOT_JUDGED,
    ),
    "uppforandekod": (
        "Andel upphandlingar där uppförandekod ställts, %" + REGION,
        ("100 %", "95%", "+5"),
        Light.NOT_JUDGED,
    ),
    "socialt-hansynstagande": (
        "Andel upphandlingar där socialt hänsynstagande ställts, %" + REGION,
        ("0%", "0%", ""),
        Light.NOT_JUDGED,
    ),
    "energianvandning": (
        "Energianvändning (el, värme, kyla) per kvadratmeter Målvärde 2023: -4 %: Målvärde 2025: "
        "minskning med -6 procentenheter per kvm. Basår 2021." + REGION + ".",
        ("-4,1 %", "-4,5%", "0,4"),
        Light.MISSED,
    ),
    "follow-print": (
        "Andel multifunktionskrivare med follow print" + REGION,
        ("55 %", "55%", "0"),
        Light.NOT_JUDGED,
    ),
    "fakturor-i-tid": (
        "Leverantörsfakturor betalda i tid, %" + REGION,
        ("99,4%", "99,7%", "-0,3"),
        Light.NOT_JUDGED,
    ),
    "sena-fakturor": (
        "Kostnader för sent betalda fakturor" + REGION,
        ("161 295 kr", "166 506 kr", "5 211 kr"),
        Light.NOT_JUDGED,
    ),
}
TARGETS = {
    "forebyggande-underhall": ("minst 95 %", "minst 95 %"),
    "avvikelsehantering": ("80 %", "minst 80 %"),
    "ekologiska-livsmedel": ("50%", "minst 50 %"),
    "matsvinn": ("Max 15 %", "högst 15 %"),
    "energianvandning": ("minskning med -6 procentenheter per kvm", "högst \u22126 %"),
}
# 6.5: (kvinnor, män, totalt) for 2025, 2024 and the change.
SICK_LEAVE = {
    "korttidsfranvaro": (
        "Sjukfrånvaro, korttidsfrånvaro %",
        ("2,5", "2,3", "2,4"),
        ("2,6", "2,1", "2,4"),
        ("-0,1", "0,2", "0,0"),
    ),
    "langtidsfranvaro": (
        "Sjukfrånvaro, långtidsfrånvaro %",
        ("4,4", "1,8", "3,3"),
        ("4,4", "1,9", "3,3"),
        ("0,1", "-0,1", "0,0"),
    ),
    "sjukfranvaro": (
        "Sjukfrånvaro totalt %",
        ("6,9", "4,1", "5,7"),
        ("7,0", "4,0", "5,7"),
        ("-0,1", "0,1", "0,0"),
    ),
}
WOMEN_MEN_TOTAL = ("kvinnor", "män", "totalt")
COLUMNS = ("utfall", "föregående", "förändring")


@pytest.fixture
def s4(demo: None) -> Side:
    return side("region-orebro", "servicenamnden", "plan-2025", "helar-2025")


def test_units_add_up_to_the_committees_budget_deviation(s4: Side) -> None:
    row = s4.rows("budgetunderskott", with_units=True)["budgetunderskott"]
    found = {unit.label: (unit.value, unit.previous) for unit in row.units}
    names = {f"S4 5.2, område {n}": name for n, name in enumerate(AREAS, 1)}
    by_key = ["fastigheter", "forsorjning", "inkop", "it", "medicinsk-teknik", "ssc", "gemensamt"]
    labels = dict(s4.body.units.exclude(parent=None).values_list("key", "name"))
    ours = {f"S4 5.2, område {n}": labels[key] for n, key in enumerate(by_key, 1)}

    figures = [tuple(map(figure, found[labels[key]])) for key in by_key]
    assert figures == list(AREAS.values())
    assert (row.value, row.previous) == ("16,4", "1,2")
    assert differing(names, ours, same=lambda text: text.lower()) == intended("S4 5.2")


def test_key_figures_equal_the_printed_table(s4: Side) -> None:
    rows = s4.rows(*KEY_FIGURES)
    names, printed, source = {}, {}, {}
    for key, (name, values, _light) in KEY_FIGURES.items():
        row = rows[key]
        names[f"S4 5.5, {key}, namn"] = (name, row.name)
        shown = (row.value, row.previous, row.change_text)
        for column, theirs, ours in zip(COLUMNS, values, shown, strict=True):
            source[f"S4 5.5, {key}, {column}"] = theirs
            printed[f"S4 5.5, {key}, {column}"] = ours

    assert {place: pair for place, pair in names.items() if pair[0] != pair[1]} | differing(
        source, printed, same=figure
    ) == intended("S4 5.5")


def test_key_figures_are_judged_where_the_source_has_a_target(s4: Side) -> None:
    rows = s4.rows(*KEY_FIGURES)

    assert {key: row.light for key, row in rows.items()} == {
        key: light for key, (*_printed, light) in KEY_FIGURES.items()
    }
    assert {
        key: (row.target_text, row.target_words) for key, row in rows.items() if row.has_target
    } == TARGETS


def test_figures_of_the_whole_region_say_so(s4: Side) -> None:
    found = Outcome.objects.filter(
        indicator__key__in=KEY_FIGURES, period=s4.period, scope=ValueScope.REGION
    )

    assert {outcome.indicator.key for outcome in found.select_related("indicator")} == {
        key for key, (name, *_rest) in KEY_FIGURES.items() if REGION in name
    }


def test_printers_are_228_of_413(s4: Side) -> None:
    outcome = Outcome.objects.get(indicator__key="follow-print", period=s4.period)

    assert (outcome.numerator, outcome.denominator) == (228, 413)
    assert round(outcome.numerator / outcome.denominator * 100) == outcome.number


def test_sick_leave_equals_the_printed_table(s4: Side) -> None:
    rows = s4.rows(*SICK_LEAVE)
    names, source, ours = {}, {}, {}
    for key, (name, now, before, change) in SICK_LEAVE.items():
        row = rows[key]
        names[f"S4 6.5, {key}, namn"] = (name, row.name)
        cells = (*row.parts, row)
        for who, cell, *theirs in zip(WOMEN_MEN_TOTAL, cells, now, before, change, strict=True):
            shown = (cell.value, cell.previous, cell.change_text)
            for column, printed, said in zip(COLUMNS, shown, theirs, strict=True):
                source[f"S4 6.5, {key}, {who}, {column}"] = said
                ours[f"S4 6.5, {key}, {who}, {column}"] = printed

    tables = {each: pair for each, pair in intended("S4 6.5").items() if "text:" not in each}
    assert names | differing(source, ours, same=unsigned) == tables


def test_prose_on_sick_leave_says_points_with_the_tables_sign(s4: Side) -> None:
    rows = s4.rows("korttidsfranvaro", "langtidsfranvaro")
    women, _men = rows["korttidsfranvaro"].parts
    _women, men = rows["langtidsfranvaro"].parts
    source = {
        "S4 6.5, text: kvinnors korttidsfrånvaro": "minskning 0,1%",
        "S4 6.5, text: mäns långtidsfrånvaro": "ökat med 0,1%",
    }
    ours = dict(zip(source, (women.change_text, men.change_text), strict=True))

    assert differing(source, ours) == intended("S4 6.5, text")


def test_staff_turnover_equals_the_prose(s4: Side) -> None:
    rows = s4.rows("externa-avgangar", "personalomsattning")

    assert [(row.value, row.previous) for row in rows.values()] == [("4,9", "4,9"), ("6,9", "6,4")]
