"""A file's units make the whole; a whole that the file states otherwise is a fault with both numbers."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from exchange.governance_file.actions import BrokenFile, load
from figures.rules.numbers import MAX_WHOLE_DIGITS
from governance.enums import Role
from governance.models import AuditEntry, Body
from rounds.models import RoundState
from targets.models import Indicator, Outcome
from targets.outcomes.actions.loading import NEVER_ASKED
from targets.outcomes.queries.missing import missing_outcomes
from tests.exchange.conftest import SMALL
from tests.factories import make_user
from tests.targets.factories import make_place, make_plan, row_key
from tests.targets.views.swap import cell

TEXT = (
    SMALL.read_text(encoding="utf-8")
    .replace("        direction: lower\n", "        direction: lower\n        rollup: sum\n")
    .replace(
        "          - key: del\n            parent: hela\n            name: ja\n",
        "".join(
            f"          - key: {key}\n            parent: hela\n            name: Område {key}\n"
            for key in ("norr", "soder")
        ),
    )
)
ROW = "organisations[region-prov].indicators[sjuk].outcomes[nn/{},helar-2025,total]"
Write = Callable[..., Path]


def outcome(unit: str, value: str, said: str = "value") -> str:
    return f"          - unit: nn/{unit}\n            period: helar-2025\n            {said}: {value}\n"


UNITS = outcome("norr", "3") + outcome("soder", "4")


def whole() -> Outcome:
    return Outcome.objects.get(period__key="helar-2025", unit__key="hela")


def problems(write: Write, text: str) -> list[tuple[str, str]]:
    with pytest.raises(BrokenFile) as broken:
        load([write(text)])
    return [(problem.path, problem.what) for problem in broken.value.problems]


def test_units_make_the_whole_that_the_file_does_not_state(db: None, write: Write) -> None:
    load([write(TEXT + UNITS)])

    assert (whole().number, whole().is_rolled_up) == (7, True)
    assert load([write(TEXT + UNITS)]).is_nothing
    load([write(TEXT + UNITS.replace("3\n", "30\n", 1))])
    assert (whole().number, whole().is_rolled_up) == (34, True)


def test_whole_that_the_file_states_as_missing_is_computed(db: None, write: Write) -> None:
    load([write(TEXT + UNITS + outcome("hela", "missing", "kind"))])

    assert (whole().number, whole().is_rolled_up) == (7, True)


@pytest.mark.parametrize(
    ("first", "stated", "said"),
    [
        ("", outcome("hela", "30"), "30"),
        (UNITS, outcome("hela", "30"), "30"),
        ("", outcome("hela", "suppressed", "kind"), "Redovisas inte (liten grupp)"),
    ],
)
def test_whole_stated_otherwise_is_refused_with_both_and_nothing_is_written(
    db: None, write: Write, first: str, stated: str, said: str
) -> None:
    load([write(TEXT + first)])
    before = list(Outcome.objects.order_by("pk").values()), AuditEntry.objects.count()

    assert problems(write, TEXT + UNITS + stated) == [
        (ROW.format("hela"), f"Helheten anges till {said}, men enheterna ger 7.")
    ]
    assert (list(Outcome.objects.order_by("pk").values()), AuditEntry.objects.count()) == before


def test_whole_stated_as_the_units_make_it_is_taken(db: None, write: Write) -> None:
    load([write(TEXT + UNITS + outcome("hela", "7.0"))])

    assert whole().number == 7
    assert problems(write, TEXT + UNITS.replace("3\n", "30\n", 1) + outcome("hela", "7.0")) == [
        (ROW.format("hela"), "Helheten anges till 7,0, men enheterna ger 34.")
    ]


def test_until_every_unit_has_reported_what_is_stated_stands(db: None, write: Write) -> None:
    load([write(TEXT + outcome("norr", "3") + outcome("hela", "30"))])

    assert (whole().number, whole().is_rolled_up) == (30, False)


def test_units_that_are_too_much_together_are_refused_by_row(db: None, write: Write) -> None:
    much = "9" * MAX_WHOLE_DIGITS

    assert problems(write, TEXT + outcome("norr", much) + outcome("soder", much)) == [
        (ROW.format("soder"), "Enheternas värden blir tillsammans ett för stort tal.")
    ]
    assert not Outcome.objects.filter(period__key="helar-2025").exists()


def test_pages_word_and_count_agree_when_units_alone_are_loaded(db: None, write: Write) -> None:
    load([write(TEXT + UNITS)])
    body = Body.objects.get(key="nn")
    indicator = Indicator.objects.get(key="sjuk")
    make_place(make_plan(body), indicator)
    state = RoundState.objects.get(body=body)
    client = Client()
    client.force_login(make_user(body.organisation, "kim", roles={Role.CONTROLLER: body}))

    page = client.get(reverse("targets:entry_grid", args=[state.pk])).content.decode()

    row = row_key(indicator, body)
    assert cell(page, f"note-{row}") == "Beräknas av enheterna: alla 2 har rapporterat."
    assert cell(page, f"shown-{row}.value") == "7"
    assert cell(page, f"fact-{row}.status") != "Utfall saknas"
    assert cell(page, "submit-missing") == "Allt är ifyllt."
    assert missing_outcomes([state]) == {state.pk: 0}
    assert whole().number == Decimal(7)


def test_unit_that_comes_or_ends_makes_the_whole_anew(db: None, write: Write) -> None:
    load([write(TEXT + UNITS)])
    new = "            name: Område soder\n"
    third = f"{new}          - key: ost\n            parent: hela\n            name: Område ost\n"

    load([write(TEXT.replace(new, third) + UNITS)])
    assert (whole().kind, whole().number) == ("missing", None)

    load([write(TEXT.replace(new, f"{third}            valid_to: 2024-12-31\n") + UNITS)])
    assert (whole().number, whole().is_rolled_up) == (7, True)


def test_rule_that_a_file_changes_makes_the_whole_anew(db: None, write: Write) -> None:
    load([write(TEXT + UNITS)])

    load([write(TEXT.replace("rollup: sum", "rollup: mean") + UNITS)])

    assert whole().number == Decimal("3.5")


def test_outcome_of_a_unit_that_is_never_asked_is_refused(db: None, write: Write) -> None:
    new = "            name: Område soder\n"
    deeper = f"{new}          - key: kok\n            parent: soder\n            name: Kök\n"

    assert problems(write, TEXT.replace(new, deeper) + outcome("kok", "3")) == [
        (ROW.format("kok"), NEVER_ASKED)
    ]
