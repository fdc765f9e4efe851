"""Nothing in the repository speaks of the machine it was written on, or of where packages lie."""

import re

from tests.architecture.house import ROOT, project_files

MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w./-])/work" + r"/",
            r"/ro" + r"ot/",
            "pypi" + r"\.org/simple",
            r"index" + r"-url[ =]+http",
            r"registry\.npm" + r"js\.org",
            "files.python" + r"hosted\.org",
        ]
    )
)
NOT_TEXT = (".woff2", ".ttf", ".png", ".jpg", ".pdf", ".icc", ".ico", ".p12")
JUNK_DRAWERS = {"services.py", "utils.py", "helpers.py", "mixins.py", "misc.py", "common.py"}


def test_no_machine_path_or_registry():
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in project_files()
        if path.suffix not in NOT_TEXT
        for match in MACHINE.finditer(path.read_text(errors="replace"))
    ]

    assert found == []


def test_scan_finds_what_it_looks_for():
    assert MACHINE.search("cd /wo" + "rk/checkout")
    assert MACHINE.search("pip --index-" + "url https://example.org")
    assert not MACHINE.search("the framework/worker")


def test_no_junk_drawers():
    drawers = [
        str(path.relative_to(ROOT)) for path in project_files(".py") if path.name in JUNK_DRAWERS
    ]

    assert drawers == []
