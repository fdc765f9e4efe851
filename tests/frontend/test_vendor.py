"""What is vendored is what VENDOR.md says, and nothing else."""

import hashlib
import re
from pathlib import Path

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
