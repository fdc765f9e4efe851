"""A long word is broken where the paper ends: nothing of it is cut."""

import io
import re
from collections.abc import Sequence

from pypdf import PdfReader

from dialogues.proposals.printing import proposal_html
from dialogues.verification.printing import extract_html, protocol_html
from dialogues.verification.queries.protocol import protocol_content
from documents.enums import PageFormat
from documents.pdf import render_pdf
from reports.builders.report import gather
from reports.clearance import printing
from tests import world
from tests.long_words import lengthen
from tests.reports.test_printing import STATED


def longest_run(html: str, page_format: PageFormat, css: Sequence[str]) -> int:
    pdf = render_pdf(html, page_format=page_format, css=css, created_at=STATED)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return max(len(run) for run in re.findall("x+", text))


def test_no_print_cuts_a_long_word(walked_world, db):
    lengthen()
    pack = gather(world.pack_of(walked_world))
    paragraph = world.paragraph_of(walked_world)
    protocol = protocol_content(paragraph.meeting, [paragraph])
    extract = extract_html(protocol, paragraph_id=paragraph.pk)
    prints = {
        "protocol": (protocol_html(protocol), PageFormat.A4, ["protocol.css"]),
        "extract": (extract, PageFormat.A4, ["protocol.css"]),
        "pack": (printing.draft_html(pack), PageFormat.SLIDES, printing.STYLES[PageFormat.SLIDES]),
        "report": (printing.draft_html(pack), PageFormat.A4, printing.STYLES[PageFormat.A4]),
        "proposal": (
            proposal_html(world.proposal_of(walked_world)),
            PageFormat.A4,
            ["proposal.css"],
        ),
    }

    found = {name: longest_run(*each) for name, each in prints.items()}

    assert {name for name, run in found.items() if run > 200} == set(), found
