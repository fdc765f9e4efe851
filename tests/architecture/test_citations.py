"""What is cited stands in the repository: walls, decisions, the field's headings, law, documents."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.house import ROOT, project_files, some

DOCS = ROOT / "docs"
WRITTEN = (".py", ".html", ".js", ".css", ".toml", ".yml", ".md", "setup", "Makefile")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NUMBER = re.compile(r"^#+ (\d+(?:\.\d+)?)\.? ", re.MULTILINE)
# Where each kind of citation stands: what follows the word, one number or a list of them.
LIST = r"(\d+(?:[.:]\d+)?(?:(?:, | and |-)\d+(?:[.:]\d+)?)*)"
WALL = re.compile(rf"\b[Ww]alls? {LIST}")
DECISION = re.compile(rf"\bADRs? {LIST}")
FIELD = re.compile(rf"\bdomain\.md {LIST}")
LAW = re.compile(r"\bKL (\d+:\d+)")
JO = re.compile(r"\bJO (\d+-\d{4})")
DOCUMENT = re.compile(r"(?<![\w*./-])((?:docs/)?(?:adr/)?[\w-]+\.md)\b")
NAMED_HEADING = re.compile(r'\b([\w-]+\.md), "([^"]+)"')


def texts() -> dict[str, str]:
    """Of every file but this one, whose samples cite nothing."""
    files = [path for path in project_files(*WRITTEN) if str(path) != __file__]
    return {str(path.relative_to(ROOT)): path.read_text() for path in files}


def cited(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Each number or name that the pattern finds, and the file it is cited in."""
    for file, text in texts().items():
        flat = re.sub(r"\s*\n[ \t]*(?:#|//|\*)?[ \t]*", " ", text)  # a citation may run on
        for found in pattern.findall(flat):
            yield from ((each, file) for each in re.split(r", | and |(?<=\d)-(?=\d{1,2}$)", found))


def numbers(name: str) -> set[str]:
    return set(NUMBER.findall((DOCS / name).read_text()))


def missing(pattern: re.Pattern[str], standing: set[str]) -> list[tuple[str, str]]:
    return [(each, file) for each, file in some(list(cited(pattern))) if each not in standing]


def test_cited_walls_stand():
    walls = numbers("walls.md")

    assert walls == {str(number) for number in range(1, len(walls) + 1)}
    assert missing(WALL, walls) == []


def test_cited_decisions_stand():
    assert missing(DECISION, {str(int(path.name[:4])) for path in DOCS.glob("adr/*.md")}) == []


def test_cited_headings_of_the_field_stand():
    assert missing(FIELD, numbers("domain.md")) == []


@pytest.mark.parametrize("pattern", [LAW, JO], ids=["KL", "JO"])
def test_cited_law_stands_in_the_field(pattern):
    field = (DOCS / "domain.md").read_text()

    assert missing(pattern, set(re.findall(r"\d+[:-]\d+", field))) == []


def test_cited_documents_stand():
    standing = {str(path.relative_to(ROOT)) for path in project_files(".md")}
    standing |= {path.rpartition("/")[2] for path in standing}
    standing |= {path.removeprefix("docs/") for path in standing}

    assert missing(DOCUMENT, standing) == []


def test_cited_headings_stand():
    wrong = [
        (name, heading, file)
        for file, text in texts().items()
        for name, heading in NAMED_HEADING.findall(text)
        if heading not in HEADING.findall((DOCS / name).read_text())
    ]

    assert wrong == []


def test_scan_finds_what_it_looks_for():
    assert WALL.findall("(wall 7) and walls 13 and 14") == ["7", "13 and 14"]
    assert LAW.findall("KL 5:67 p. 4") == ["5:67"]
    assert DOCUMENT.findall("as ux.md says; docs/frontend.md") == ["ux.md", "docs/frontend.md"]
    assert NAMED_HEADING.findall('(architecture.md, "Who may do what")') == [
        ("architecture.md", "Who may do what")
    ]
