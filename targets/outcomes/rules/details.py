"""What is said about a value beside the value itself, and what contradicts itself. Pure."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import msgspec

from figures.enums import ValueScope
from figures.rules.limits import SHARE, Interval
from figures.rules.numbers import MAX_DECIMALS, MAX_WHOLE_DIGITS, OutOfRange
from governance.rules import Invalid, decimals_of, swedish

MAX_GROUP = 2_147_483_647  # what the column holds


class Contradiction(Invalid):
    """``problems`` holds one sentence per field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Details:
    """Everything a person may say of one value; the names are the columns'."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    group_size: int | None = None
    scope: ValueScope = ValueScope.OWN
    measured_on: date | None = None
    is_carried_forward: bool = False
    is_stated: bool = False
    source: str = ""
    comment: str = ""
    restated_number: Decimal | None = None
    restated_decimals: int | None = None
    restated_note: str = ""
    forecast_number: Decimal | None = None
    forecast_decimals: int | None = None


DECIMALS_OF = {
    "restated_number": "restated_decimals",
    "forecast_number": "forecast_decimals",
}
# Of a whole that is rolled up these come from the units.
OF_THE_UNITS = frozenset({"numerator", "denominator", "group_size"})


def check_details(details: Details, *, limits: Interval, today: date) -> None:
    """Raise Contradiction, with a sentence per field, where the details cannot all be true.

    A restated value needs a reason and a reason a value; a share's part is not larger than its
    whole; nothing is measured tomorrow, or lies outside the indicator's ``limits``. Numbers have at most nine digits and six decimals.
    """
    problems = {
        **_of_limits(details, limits),
        **_of_numbers(details),
        **_of_share(details, limits),
        **_of_words(details, today),
    }
    if problems:
        raise Contradiction(problems)


def _of_numbers(details: Details) -> dict[str, str]:
    problems = {}
    for name in ("numerator", "denominator", *DECIMALS_OF):
        value: Decimal | None = getattr(details, name)
        if value is None:
            continue
        if decimals_of(value) > MAX_DECIMALS:
            problems[name] = "Skriv högst sex decimaler."
        if abs(value) >= Decimal(10) ** MAX_WHOLE_DIGITS:
            problems[name] = "Talet är för stort. Skriv högst nio siffror före kommat."
    if details.group_size is not None and not 0 <= details.group_size <= MAX_GROUP:
        problems["group_size"] = "Skriv antalet personer som ett helt tal."
    return problems


def _of_limits(details: Details, limits: Interval) -> dict[str, str]:
    try:
        limits.check(details.restated_number)
    except OutOfRange as refusal:
        return {"restated_number": refusal.message}
    return {}


def _of_share(details: Details, limits: Interval) -> dict[str, str]:
    numerator, denominator = details.numerator, details.denominator
    if denominator is not None and denominator <= 0:
        return {"denominator": "Nämnaren måste vara större än noll."}
    if numerator is None or denominator is None:
        return {}
    if limits == SHARE and not 0 <= numerator <= denominator:
        told = f"{swedish(numerator)} av {swedish(denominator)}"
        return {"numerator": f"{told} går inte. Täljaren är en del av nämnaren."}
    return {}


def _of_words(details: Details, today: date) -> dict[str, str]:
    problems = {}
    if details.restated_number is not None and not details.restated_note:
        problems["restated_note"] = "Skriv varför jämförelsevärdet är omräknat."
    if details.restated_number is None and details.restated_note:
        problems["restated_number"] = "Skriv det omräknade värdet, eller ta bort skälet."
    if details.measured_on is not None and details.measured_on > today:
        problems["measured_on"] = "Mätdagen har inte varit ännu."
    return problems


def detail_text(details: Details, name: str) -> str:
    """One detail as the history tells it: "228", "2025-11-03", "Ja", "Hela regionen"; "" for none."""
    value: object = getattr(details, name)
    if name in DECIMALS_OF and value is not None:
        return swedish(getattr(details, name), getattr(details, DECIMALS_OF[name]) or 0)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, ValueScope):
        return str(value.label)
    if isinstance(value, Decimal):
        return swedish(value.normalize())
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")


def detail_data(details: Details, name: str) -> str:
    """The same exactly, as JSON."""
    names = [name, DECIMALS_OF[name]] if name in DECIMALS_OF else [name]
    return msgspec.json.encode({each: getattr(details, each) for each in names}).decode()


def reread(details: Details, data: str) -> Details:
    """The details with one of them as ``detail_data`` kept it."""
    said, names = msgspec.json.decode(data, type=Details), msgspec.json.decode(data)
    return replace(details, **{name: getattr(said, name) for name in names})
