"""Every kind of broken file: where, what is wrong and how to mend it; nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exchange.governance_file.actions import BrokenFile, load
from exchange.governance_file.rules import Problem
from governance.models import AuditEntry, Organisation
from tests.exchange.conftest import SMALL

TEXT = SMALL.read_text(encoding="utf-8")
NN = "organisations[region-prov].bodies[nn]"
OUTCOME = "organisations[region-prov].indicators[sjuk].outcomes[nn/hela,helar-2024,total]"

# (what is replaced, by what, line, path, what is wrong, how to mend it)
BROKEN = {
    "unknown field": (
        "    persons:\n", "    personer:\n", 5, "organisations[region-prov]",
        "Fältet ”personer” finns inte här.", "Menade du ”persons”?",
    ),
    "missing field": (
        "        name: Anna Ek\n", "        title: Controller\n", 6,
        "organisations[region-prov].persons[anna].name", "Fältet name saknas.",
        "Lägg till raden ”name: ...”.",
    ),
    "duplicate field": (
        "name: Anna Ek\n", "name: Anna Ek\n        name: Anna\n", 8, "",
        "”name” står två gånger i samma grupp.", "Behåll en av raderna.",
    ),
    "duplicate row": (
        "          - key: del\n", "          - key: hela\n", 28, f"{NN}.units[hela]",
        "Raden finns redan", "Ta bort den ena eller ge den en annan nyckel.",
    ),
    "bad date": (
        "2023-01-01", "2023-02-30", 24, f"{NN}.valid_from", "”2023-02-30” är inte ett datum.",
        "Skriv år-månad-dag, till exempel 2026-03-10.",
    ),
    "dangling reference": (
        "person: anna\n", "person: ana\n", 33, f"{NN}.mandates[c].person",
        "Hänvisningen ”ana” leder ingenstans.", "Menade du ”anna”?",
    ),
    "reference without its path": (
        "unit: nn/hela", "unit: hela", 64,
        "organisations[region-prov].indicators[sjuk].outcomes[hela,helar-2024,total].unit",
        "Hänvisningen ”hela” leder ingenstans.", "<bodies>/<units>",
    ),
    "unknown choice": (
        "role: controller", "role: controler", 34, f"{NN}.mandates[c].role",
        "”controler” är inte ett av de värden som finns.", "Menade du ”controller”?",
    ),
    "comma in a number": (
        "6.940", "6,940", 66, f"{OUTCOME}.value", "”6,940” är inte ett tal.",
        "Skriv 6.940 med punkt",
    ),
    "text in a number": (
        "6.940", "ca 7", 66, f"{OUTCOME}.value", "”ca 7” är inte ett tal.", "till exempel 6.94",
    ),
    "list where a value belongs": (
        "name: Anna Ek", "name: [Anna, Ek]", 7, "organisations[region-prov].persons[anna].name",
        "Här står en lista, inte ett värde.", "Skriv ”name: värde”.",
    ),
    "value where a list belongs": (
        "            bodies:\n              - body: nn\n", "            bodies: nn\n", 47,
        "organisations[region-prov].periods[helar-2025].rounds[ars].bodies",
        "bodies är ett enkelt värde, inte en lista.", "Börja varje rad i listan med ”- ”.",
    ),
    "value where a row belongs": (
        "              - body: nn\n", "              - nn\n", 48,
        "organisations[region-prov].periods[helar-2025].rounds[ars].bodies[rad 48]",
        "Här står ett enkelt värde, inte fält.", "Skriv fält: body, state.",
    ),
    "empty value": (
        "name: Anna Ek", "name:", 7, "organisations[region-prov].persons[anna].name",
        "Värdet saknas.", "Skriv ett värde efter kolonet.",
    ),
    "too long": (
        "name: Anna Ek", "name: " + "x" * 121, 7, "organisations[region-prov].persons[anna].name",
        "120", "Rätta värdet.",
    ),
    "key that is none": (
        "key: region-prov", "key: region prov", 3, "organisations[region prov].key", "giltig",
        "Rätta värdet.",
    ),
    "against a constraint": (
        "ends_on: 2024-12-31", "ends_on: 2023-12-31", 49,
        "organisations[region-prov].periods[helar-2024]", "Raden går inte ihop", "period_from_before_to",
    ),
    "control characters": (
        "name: Anna Ek", 'name: "Anna\\0Ek"', 7, "organisations[region-prov].persons[anna].name",
        "Texten innehåller styrtecken", "Ta bort dem",
    ),
    "alias": (
        "name: Anna Ek", "name: *x", 7, "", "Alias (*) används inte", "Skriv ut värdet igen.",
    ),
    "anchor": (
        "name: Anna Ek", "name: &x Anna", 7, "", "Ankare (&) används inte", "Skriv ut värdet.",
    ),
    "tag": (
        "name: Anna Ek", "name: !!python/name:os.system Anna", 7, "", "Taggar (!) används inte",
        "Ta bort taggen.",
    ),
    "two documents": (
        "    persons:\n", "---\n    persons:\n", 5, "", "flera dokument", "Ta bort raden",
    ),
    "unknown format": (
        "format: uppsikt/1", "format: uppsikt/9", 1, "format", "Formatet saknas eller är okänt.",
        "Skriv ”format: uppsikt/1” överst.",
    ),
    "not YAML": (
        "name: Anna Ek", "name: 'Anna", 67, "", "kan inte läsas som YAML", "citattecken",
    ),
    "ring": (
        "      - key: helar-2024\n", "      - key: helar-2024\n        previous: helar-2025\n", 49,
        "organisations[region-prov].periods[helar-2024]", "hänvisar i en ring",
        "Ta bort en av hänvisningarna.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_says_where_what_and_how(
    name: str, problems: Callable[[str], list[Problem]]
) -> None:
    old, new, line, path, what, mend = BROKEN[name]
    assert old in TEXT

    found = problems(TEXT.replace(old, new, 1))

    assert [(p.line, p.path) for p in found if what in p.what] == [(line, path)], list(
        map(str, found)
    )
    assert mend in next(p.mend for p in found if what in p.what)
    assert not Organisation.objects.exists()
    assert not AuditEntry.objects.exists()


def test_every_error_is_told_at_once_in_the_order_of_the_lines(
    problems: Callable[[str], list[Problem]],
) -> None:
    text = TEXT.replace("2023-01-01", "snart").replace("person: anna", "person: bo")
    text = text.replace("6.940", "sju").replace("code: RS\n", "cod: RS\n")

    found = problems(text)

    assert [p.line for p in found] == [9, 15, 24, 33, 66]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "Filen är tom."),
        (b"# bara en kommentar\n", "Filen är tom."),
        (b"%PDF-1.7\0\1\2", "Filen är inte en textfil."),
        ("namn: Årsrapport".encode("latin-1"), "Filen är inte sparad som UTF-8."),
        (b"[" * 5000, "Filen är för djupt nästlad."),
        (b"x" * (5 * 1024 * 1024 + 1), "Filen är för stor."),
        (b"bara text", "Filen börjar inte med fält."),
        (b"? [a, b]\n: c\n", "Ett fältnamn måste vara ett ord."),
        (b"format: uppsikt/1\n", "Fältet organisations saknas."),
        (b"a: \x07\n", "kan inte läsas som YAML"),
    ],
)
def test_hostile_file_is_refused_with_a_reason(
    db: None, tmp_path: Path, raw: bytes, what: str
) -> None:
    path = tmp_path / "prov.yaml"
    path.write_bytes(raw)

    with pytest.raises(BrokenFile) as broken:
        load([path])

    assert [p.file for p in broken.value.problems] == [str(path)] * len(broken.value.problems)
    assert any(what in p.what for p in broken.value.problems)


def test_billion_laughs_is_refused_before_it_grows(
    problems: Callable[[str], list[Problem]],
) -> None:
    levels = "\n".join(f"{b}: &{b} [*{a}, *{a}, *{a}]" for a, b in zip("abcdef", "bcdefg"))  # noqa: B905 -- neighbours

    found = problems(f"a: &a [x]\n{levels}\n")

    assert [p.what for p in found] == ["Ankare (&) används inte i styrfilen."]


def test_missing_file_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(BrokenFile) as broken:
        load([tmp_path / "finns-inte.yaml"])

    assert broken.value.problems[0].what == "Filen kan inte läsas."


def test_one_broken_file_stops_the_whole_ones(db: None, write: Callable[..., Path]) -> None:
    broken = write(TEXT.replace("region-prov", "region-annan").replace("6.940", "sju"), "b.yaml")

    with pytest.raises(BrokenFile):
        load([SMALL, broken])

    assert not Organisation.objects.exists()


def test_what_only_the_database_can_see_is_told_with_its_line(
    problems: Callable[[str], list[Problem]],
) -> None:
    """Two root units: a conditional unique constraint."""
    found = problems(TEXT.replace("            parent: hela\n", ""))

    assert [(p.line, p.path) for p in found] == [(28, f"{NN}.units[del]")]
    assert not Organisation.objects.exists()
