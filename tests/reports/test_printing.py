"""The pack as a real PDF: slides, one font, archivable and accessible."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from documents.enums import PageFormat
from documents.pdf import render_pdf
from reports.builders.report import gather
from reports.clearance import printing
from reports.clearance.actions import return_report
from reports.composing.actions import save_section_text
from reports.models import Report, ReportVersion
from targets.enums import AssignmentStatus
from targets.models import Plan
from tests.documents.tags import data_cells
from tests.factories import TODAY
from tests.reports import chain_factories, factories
from tests.targets.factories import make_goal
from tests.vera.vera import assert_archivable

STATED = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def printed(html: str, page_format: PageFormat = PageFormat.SLIDES) -> bytes:
    css = printing.STYLES[page_format.value]
    return render_pdf(html, page_format=page_format, css=css, created_at=STATED)


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_version_is_archivable_slides_in_one_font(handed_over: ReportVersion, tmp_path: Path):
    pdf = printed(printing.version_html(handed_over))
    file = tmp_path / "pack.pdf"
    file.write_bytes(pdf)

    reader = PdfReader(io.BytesIO(pdf))
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2].partition("-")[0]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    sides = {
        (round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages
    }
    assert fonts == {"Inter"}
    assert sides == {(960, 540)}
    assert reader.metadata.title == "Nämndsdialog våren 2026, version 1"
    assert_archivable(file)


def test_each_section_has_its_slides(handed_over: ReportVersion):
    pages = texts(printed(printing.version_html(handed_over)))

    # Cover, text, divider and goals, staff, control, economy, an empty section, about.
    assert len(pages) == 9
    assert "Nämndsdialog våren 2026" in pages[0].replace("\n", " ")
    assert "Värdet är ändrat" not in "".join(pages)
    assert "6,94" in pages[4]
    assert "(7,53 %)" in pages[4]
    assert handed_over.content_sha256[:20] in pages[8].replace("\n", "")


def test_a_draft_says_so_on_every_slide(pack: Report):
    pages = texts(printed(printing.draft_html(gather(pack))))

    assert ["Utkast till version 1" in page for page in pages].count(False) == 2  # dividers


@pytest.mark.parametrize("paragraphs", [1, 40])
def test_a_long_text_runs_on_and_loses_nothing(pack, controller, paragraphs):
    section = pack.sections.get(key="inledning")
    text = "\n\n".join(f"Stycke {n} " + "ord " * 40 for n in range(paragraphs))
    save_section_text(section=section, text=text, seen=1, by=controller)

    whole = " ".join(texts(printed(printing.draft_html(gather(pack)))))

    assert [n for n in range(paragraphs) if f"Stycke {n} " not in whole] == []
    assert ("Inledning, fortsättning" in whole) == (paragraphs > 1)


def test_what_went_back_and_forth_is_not_printed(pack, controller, head, chair):
    factories.submit(pack, controller)
    return_report(report=pack, step=1, comment="Rätta.", by=head, today=TODAY)
    version = factories.hand_over(pack, controller=controller, head=head, chair=chair)

    acts = printing.clearing_acts(version)

    assert [act.action for act in acts] == ["submitted", "approved", "approved", "handed_over"]
    assert "Rätta." not in printing.version_html(version)


@pytest.mark.parametrize("page_format", list(PageFormat))
def test_every_block_is_archivable_and_says_itself(committee, period, tmp_path, page_format):
    report = chain_factories.make_chain_report(committee, period)
    pdf = printed(printing.draft_html(gather(report)), page_format)
    file = tmp_path / "chain.pdf"
    file.write_bytes(pdf)
    whole = " ".join(" ".join(texts(pdf)).split())

    for words in (
        "Målet eget",
        "Bidrar till Nr 7. Målet mal-1",
        "Har delvis uppnåtts",
        "Långsiktigt målvärde",
        "Redovisas inte (liten grupp)",
        "Från tidigare mätning, gjord 2024-10-01.",
        "(Region Test)",
        "högst 5,5",
        "Uppdraget har startat men är inte helt klart",
        "Avsteg från förslaget.",
        "Bedömt av Karin Lund 2026-01-20",
    ):
        assert words in whole.replace("\xa0", " "), words
    assert_archivable(file)


def test_a_long_table_repeats_its_head_on_every_slide(committee, period):
    report = chain_factories.make_chain_report(committee, period)
    plan = Plan.objects.get()
    goal = plan.goals.get(key="mal-1")
    for number in range(24):
        chain_factories.make_assignment(
            plan, f"extra-{number}", goal, period, AssignmentStatus.DONE
        )

    pages = [
        page
        for page in texts(printed(printing.draft_html(gather(report))))
        if "Arbetet med extra-" in page
    ]

    assert len(pages) > 2
    assert ["Givet av" in page for page in pages] == [True] * len(pages)
    said = " ".join(pages)
    assert [n for n in range(24) if f"Arbetet med extra-{n} fortgår." not in said] == []


@pytest.mark.parametrize("page_format", list(PageFormat))
def test_every_cell_names_the_headings_of_its_group(committee, period, tmp_path, page_format):
    report = chain_factories.make_chain_report(committee, period)
    plan = Plan.objects.get()
    heading = plan.goals.get(key="eget")
    for number in range(40):
        make_goal(plan, f"extra-{number}", parent=heading)
    file = tmp_path / "chain.pdf"
    file.write_bytes(printed(printing.draft_html(gather(report)), page_format))

    cells = data_cells(file)

    inside = "Fokusområde Området fokus-1"
    outside = ("Övriga mål", "Målet eget")
    goals = [cell for cell in cells if cell[1][:1] == ("Nämndens mål 2025",)]
    assert goals[0] == ("Mål 7 Målet mal-1", ("Nämndens mål 2025", inside))
    assert ("Indikatorn sjuk Indikatorn hme", ("Styrtal", inside)) in cells
    assert ("Saknas", ("Styrtal", *outside)) in cells
    assert {named for _text, named in goals[3:]} == {("Nämndens mål 2025", *outside)}
    assert len(goals) == 44
    assert {inside in named for _text, named in cells if "Givet av" in named} == {True}
    assert [text for text, named in cells if not named] == []
