"""The rules for reading numbers as the browser has them: ``static/js/number_rules.js``, written anew with
``python -m figures.rules.script > static/js/number_rules.js``. Pure."""

import json
import sys

from figures.rules import numbers, units
from governance import rules

SHARED = {
    "unseen": rules.UNSEEN,
    "spaces": rules.SPACES,
    "number": f"^{rules.NUMBER}$",
    "withUnit": f"^{numbers.WITH_UNIT}$",
    "twoWays": f"^{numbers.TWO_WAYS}$",
    "inPerCent": units.IN_PER_CENT,
    "perCent": units.PER_CENT,
    "exactDigits": numbers.EXACT_DIGITS,
    "units": units.CANONICAL,
    "money": units.MONEY,
}


def script() -> str:
    return (
        "// Written by figures/rules/script.py, which says how; a test holds them together.\n"
        f"export const RULES = {json.dumps(SHARED, indent=2)};\n"
    )


if __name__ == "__main__":
    sys.stdout.write(script())
