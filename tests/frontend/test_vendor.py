"""What is vendored is what VENDOR.md says, and nothing else."""

import hashlib
import re
from pathlib import Path

from fontTools.ttLib import TTFont

from tests.architecture.house import some

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("static/vendor", "documents/paper/fonts")
ROW = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)
RECORDED = dict(ROW.findall((ROOT / "static/vendor/VENDOR.md").read_text()))


def test_vendored_files_have_the_recorded_hashes():
    found = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in RECORDED}

    assert found == RECORDED


def test_no_vendored_file_is_unrecorded():
    files = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.is_file()]
    found = {p.relative_to(ROOT).as_posix() for p in files}

    assert found - set(RECORDED) == {"static/vendor/VENDOR.md"}


def characters(unicode_range: str) -> set[int]:
    """U+0-17F,U+20AC as code points."""
    spans = [span.removeprefix("U+").split("-") for span in unicode_range.split(",")]
    return {code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)}


def test_a_latin_face_has_what_the_style_sheet_says_that_it_has():
    style = (ROOT / "static/css/app.css").read_text()
    ranges = re.findall(r"(Inter-\w+)\.latin\.woff2.*unicode-range: ([^;]+);", style)
    wrong = {}
    for name, unicode_range in some(ranges):
        whole, latin = (
            set(TTFont(ROOT / f"static/vendor/inter/{name}{kind}.woff2").getBestCmap())
            for kind in ("", ".latin")
        )
        wrong[name] = latin ^ (whole & characters(unicode_range))

    assert wrong == {name: set() for name in wrong}
    assert len(wrong) == 5


def test_no_page_needs_a_whole_face_for_its_own_words():
    style = (ROOT / "static/css/app.css").read_text()
    whole, latin = (
        characters(re.search(rf"Inter-Regular{kind}\.woff2.*unicode-range: ([^;]+);", style)[1])
        for kind in ("", r"\.latin")
    )
    templates = (ROOT / "templates").rglob("*.html")
    used = {ord(sign) for page in templates for sign in page.read_text()}

    assert some(used) & whole - latin == set()


def test_every_icon_used_is_in_the_sprite():
    sprite = (ROOT / "static/vendor/lucide/icons.svg").read_text()
    symbols = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    templates = (ROOT / "templates").rglob("*.html")
    used = {
        name
        for page in templates
        for name in re.findall(r'components/icon\.html" with name="([^"]+)"', page.read_text())
    }

    assert some(used) - symbols == set()
