"""The walk's papers as files: archivable, one font, stamped; and its facts as a governance file."""

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from exchange.governance_file.actions import load
from exchange.governance_file.queries import dump
from tests.vera.vera import assert_archivable
from tests.walk import PAPERS, SIGNED_CHANGES, Walked


def test_every_paper_is_archivable_and_accessible(walked: Walked) -> None:
    assert_archivable(*walked.pdfs.values())


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_is_set_in_one_family(paper: str, walked: Walked) -> None:
    fonts = subprocess.run(  # noqa: S603 -- poppler on our own file
        ["pdffonts", str(walked.pdfs[paper])],  # noqa: S607 -- found on PATH
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()[2:]  # fmt: skip

    assert fonts
    assert [line for line in fonts if "Inter" not in line.split()[0]] == []


@pytest.mark.parametrize("paper", ["protokollsdel", "protokollsutdrag"])
def test_paper_carries_one_stamp(paper: str, walked: Walked) -> None:
    fields = PdfReader(walked.pdfs[paper]).get_fields() or {}

    assert [field.get("/FT") for field in fields.values()] == ["/Sig"]


def test_package_holds_the_stamped_papers_and_their_sums(walked: Walked) -> None:
    with zipfile.ZipFile(walked.package) as package:
        names = set(package.namelist())
        manifest = json.loads(package.read("manifest.json"))
        stamped = package.read("protokollsdel.pdf")

    assert {"protokollsdel.pdf", "innehall.json", "checksums.sha256", "manifest.json"} <= names
    assert (manifest["paragraph"], manifest["diary_number"]) == (58, "RS251695")
    assert stamped == walked.pdfs["protokollsdel"].read_bytes()


def test_dump_after_the_walk_loads_into_an_empty_database(
    db: None,
    walked: Walked,
    write: Callable[[str], Path],
) -> None:
    after = (walked.folder / "after.yaml").read_text(encoding="utf-8")

    load([write(after)])

    assert dump() == after
    assert "value: 6.94\n" in after
    assert "number: 58\n" in after


def test_dump_after_the_walk_changes_nothing_where_it_was_made(
    walked: Walked,
) -> None:
    said = (walked.folder / "again.txt").read_text(encoding="utf-8")

    assert said.splitlines()[-1].startswith("Inget ändrades: ")


@pytest.mark.parametrize("number", range(len(SIGNED_CHANGES)), ids=lambda n: SIGNED_CHANGES[n][1])
def test_change_of_what_is_signed_is_refused_with_its_line(
    number: int,
    walked: Walked,
) -> None:
    said = (walked.folder / f"refused-{number}.txt").read_text(encoding="utf-8")

    assert "Raden är låst eller justerad och kan inte ändras." in said
    assert "Inget lästes in" in said
