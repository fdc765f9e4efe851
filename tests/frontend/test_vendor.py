"""What is vendored is what VENDOR.md says, and nothing else."""

import hashlib
import re
from pathlib import Path

from tests.architecture.house import some

STATIC = Path(__file__).parent.parent.parent / "static"
ROW = re.compile(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", re.MULTILINE)
RECORDED = dict(ROW.findall((STATIC / "vendor" / "VENDOR.md").read_text()))


def test_vendored_files_have_the_recorded_hashes():
    found = {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in RECORDED}

    assert found == RECORDED


def test_no_vendored_file_is_unrecorded():
    files = [p for d in ("vendor", "pdf/fonts") for p in (STATIC / d).rglob("*") if p.is_file()]

    assert {p.relative_to(STATIC).as_posix() for p in files} - set(RECORDED) == {"vendor/VENDOR.md"}


def test_every_icon_used_is_in_the_sprite():
    sprite = (STATIC / "vendor" / "lucide" / "icons.svg").read_text()
    symbols = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    templates = (STATIC.parent / "templates").rglob("*.html")
    used = {
        name
        for page in templates
        for name in re.findall(r'components/icon\.html" with name="([^"]+)"', page.read_text())
    }

    assert some(used) - symbols == set()
