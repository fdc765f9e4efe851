"""Rules run in plain Python: no settings, no database, no clock."""

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.house import FLOORS, ROOT

RULES = [app for app in FLOORS if (ROOT / app / "rules.py").exists()]
CLOCK = re.compile(r"\b(?:date\.today|datetime\.now|timezone\.(?:now|localdate)|time\.time)\(")


@pytest.mark.parametrize("app", RULES)
def test_rules_import_without_settings(app):
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    done = subprocess.run(  # noqa: S603 -- our own interpreter
        [
            sys.executable,
            "-c",
            (
                f"import {app}.rules; from django.conf import settings; assert not settings.configured"
            ),
        ],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("app", RULES)
def test_rules_have_no_clock(app):
    assert CLOCK.findall((ROOT / app / "rules.py").read_text()) == []
