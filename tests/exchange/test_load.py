"""Loading: once, twice, changed, frozen; and what it never does."""

from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from exchange.demo.actions import DEMO_ACCOUNTS
from exchange.governance_file.actions import BrokenFile, load
from governance.models import AuditEntry, Body, Organisation, Period, Person, User
from rounds.models import RoundState
from targets.models import Outcome
from tests.exchange.conftest import SMALL

OUTCOME = "organisations[region-prov].indicators[sjuk].outcomes[nn/hela,helar-2024,total]"
TEXT = SMALL.read_text(encoding="utf-8")


def test_load_makes_the_rows_with_one_history_line_each(db: None) -> None:
    loaded = load([SMALL])

    assert loaded.created == 13
    assert {(e.actor, e.new) for e in AuditEntry.objects.all()} == {
        ("Systemet", "Inläst från styrfil")
    }
    assert AuditEntry.objects.count() == 13
    assert Body.objects.get(key="nn").parent == Body.objects.get(key="rs")
    assert Period.objects.get(key="helar-2025").previous == Period.objects.get(key="helar-2024")


def test_second_load_changes_nothing_and_says_so(db: None) -> None:
    load([SMALL])
    out = StringIO()

    call_command("load_governance", str(SMALL), stdout=out)

    assert out.getvalue() == "Inget ändrades: 13 rader är redan lika.\n"
    assert AuditEntry.objects.count() == 13


def test_changed_field_is_updated_audited_and_told(db: None, write: Callable[..., Path]) -> None:
    load([SMALL])
    out = StringIO()

    call_command(
        "load_governance", str(write(TEXT.replace("6.940", "6.9400").replace("Ek", "Ask"))),
        stdout=out,
    )  # fmt: skip

    assert out.getvalue().splitlines() == [
        "organisations[region-prov].persons[anna].name: Anna Ek -> Anna Ask",
        f"{OUTCOME}.decimals: 3 -> 4",
        "0 rader nya, 2 uppgifter ändrade, 11 rader redan lika.",
    ]
    change = AuditEntry.objects.get(field="name")
    assert (change.old, change.new, change.actor) == ("Anna Ek", "Anna Ask", "Systemet")


def test_row_that_stands_needs_only_its_key_and_what_changes(
    db: None, write: Callable[..., Path]
) -> None:
    load([SMALL])
    file = write("""\
format: uppsikt/1
organisations:
  - key: region-prov
    persons:
      - key: anna
        title: Ekonom
      - key: ny
        title: Ekonom
""")

    with pytest.raises(BrokenFile) as broken:
        load([file])
    assert [(problem.path, problem.what) for problem in broken.value.problems] == [
        ("organisations[region-prov].persons[ny].name", "Fältet name saknas.")
    ]
    loaded = load([write(file.read_text(encoding="utf-8").partition("      - key: ny")[0])])

    assert (loaded.created, loaded.unchanged) == (0, 1)
    assert loaded.updated == ["organisations[region-prov].persons[anna].title:  -> Ekonom"]
    assert Person.objects.get(key="anna").name == "Anna Ek"


def test_update_raises_the_version_of_the_row(db: None, write: Callable[..., Path]) -> None:
    load([SMALL])

    load([write(TEXT.replace("6.940", "6.5"))])

    outcome = apps.get_model("targets.Outcome").objects.get()
    assert (str(outcome.number), outcome.decimals, outcome.version) == ("6.500000", 1, 2)


def test_what_the_file_leaves_out_is_neither_deleted_nor_emptied(
    db: None, write: Callable[..., Path]
) -> None:
    load([SMALL])
    Person.objects.update(title="Controller")
    shorter = TEXT[: TEXT.index("    indicators:")].replace("        valid_from: 2023-01-01\n", "")

    loaded = load([write(shorter)])

    assert loaded.is_nothing
    assert Person.objects.get().title == "Controller"
    assert str(Body.objects.get(key="nn").valid_from) == "2023-01-01"


def test_empty_value_clears_a_field(db: None, write: Callable[..., Path]) -> None:
    load([SMALL])

    load([write(TEXT.replace("valid_from: 2023-01-01", "valid_from:"))])

    assert Body.objects.get(key="nn").valid_from is None


def test_state_is_set_once_and_then_an_act(db: None, write: Callable[..., Path]) -> None:
    load([SMALL])
    RoundState.objects.update(state="submitted")

    loaded = load(
        [write(TEXT.replace("- body: nn\n", "- body: nn\n                state: locked\n"))]
    )

    assert loaded.is_nothing
    assert RoundState.objects.get().state == "submitted"


def test_check_writes_nothing(db: None) -> None:
    out = StringIO()

    call_command("load_governance", str(SMALL), "--check", stdout=out)

    assert not Organisation.objects.exists()
    assert out.getvalue().splitlines() == [
        "Filen är hel. Inget skrevs. Vid inläsning:",
        "13 rader nya, 0 uppgifter ändrade, 0 rader redan lika.",
    ]


def test_two_files_may_carry_one_organisation(db: None, write: Callable[..., Path]) -> None:
    head = "format: uppsikt/1\norganisations:\n  - key: region-prov\n    name: Region Prov\n"
    more = write(head + "    persons:\n      - key: bo\n        name: Bo Ek\n", "mer.yaml")

    loaded = load([SMALL, more])

    assert loaded.created == 14
    assert [p.organisation.key for p in Person.objects.all()] == ["region-prov"] * 2


def test_two_files_may_go_on_with_one_row_that_says_the_same(
    db: None, write: Callable[..., Path]
) -> None:
    head, body = TEXT[: TEXT.index("      - key: rs\n")], TEXT.index("      - key: nn\n")
    nn = TEXT[body : TEXT.index("        units:\n", body)]
    plan = "        plans:\n          - {key: plan, year: 2025, name: Plan 2025}\n"

    loaded = load([SMALL, write(head + nn + plan, "mer.yaml")])

    assert loaded.created == 14
    with pytest.raises(BrokenFile) as broken:
        load([SMALL, write(head + nn.replace("code: NN", "code: NX") + plan, "annat.yaml")])
    assert [problem.what.partition(" (")[0] for problem in broken.value.problems] == [
        "Raden finns redan"
    ]


def test_command_tells_every_problem_and_ends_with_an_error(
    db: None, write: Callable[..., Path]
) -> None:
    broken = write(TEXT.replace("6.940", "sju").replace("2023-01-01", "snart"))
    err = StringIO()

    with pytest.raises(CommandError, match="Inget lästes in: 2 fel"):
        call_command("load_governance", str(broken), stderr=err)

    assert len(err.getvalue().splitlines()) == 2
    assert err.getvalue().startswith(f"{broken}:24:21: organisations[region-prov].bodies[nn]")


def test_demo_is_refused_where_anything_stands(db: None) -> None:
    load([SMALL])

    with pytest.raises(CommandError, match="tom databas"):
        call_command("load_demo")

    assert not User.objects.exists()


def test_demo_makes_one_account_per_role_and_prints_them(db: None) -> None:
    out = StringIO()

    call_command("load_demo", stdout=out)

    lines = out.getvalue().splitlines()
    halland, orebro = lines.index("Region Halland:"), lines.index("Region Örebro län:")
    accounts = sum(len(each) for each in DEMO_ACCOUNTS.values())
    assert User.objects.filter(is_demo=True).count() == accounts == len(lines[halland:]) - 2
    assert any("Controller, DN Regionservice" in line for line in lines[halland:orebro])
    assert any("Controller, Servicenämnden" in line for line in lines[orebro:])
    assert User.objects.get(is_system_administrator=True).username == "systemadministrator"
    assert all(u.check_password("uppsikt-demo-2026") for u in User.objects.all())


def test_accounts_are_said_to_be_missing_without_the_demo(db: None) -> None:
    out = StringIO()

    call_command("demo_accounts", stdout=out)

    assert "Inga demokonton" in out.getvalue()


def test_walk_without_the_demo_says_what_is_missing(db: None, tmp_path: Path) -> None:
    load([SMALL])

    with pytest.raises(CommandError, match="Demon är inte inläst i den här databasen"):
        call_command("walk_demo", output=str(tmp_path))


MORE = "          - unit: nn/hela\n            period: helar-2025\n            value: 6.94\n"


@pytest.mark.parametrize("state", ["submitted", "approved", "locked"])
def test_outcome_of_a_period_handed_in_is_neither_changed_nor_added(
    db: None, write: Callable[..., Path], state: str
) -> None:
    load([write(TEXT + MORE)])
    RoundState.objects.update(state=state)

    assert load([write(TEXT + MORE)]).is_nothing
    for text in (
        TEXT + MORE.replace("6.94", "6.95"),
        TEXT + MORE.replace("value", "breakdown: women\n            value"),
    ):
        with pytest.raises(BrokenFile, match="låst eller justerad"):
            load([write(text)])


def test_outcome_of_an_open_period_is_changed(db: None, write: Callable[..., Path]) -> None:
    load([write(TEXT + MORE)])

    loaded = load([write(TEXT + MORE.replace("6.94", "6.95"))])

    assert loaded.updated == [f"{OUTCOME.replace('2024', '2025')}.number: 6.940000 -> 6.95"]


MARKED = TEXT.replace(
    "value: 6.940\n",
    "value: 6.940\n            is_stated: true\n            source: Heroma\n"
    "            is_carried_forward: true\n            group_size: 42\n",
)


def test_new_value_drops_the_marks_that_the_file_does_not_state(
    db: None, write: Callable[..., Path]
) -> None:
    load([write(MARKED)])
    shorter = MARKED.replace("            is_stated: true\n            source: Heroma\n", "")

    told = load([write(shorter.replace("6.940", "7.120"))]).updated

    row = apps.get_model("targets.Outcome").objects.get()
    assert (row.is_stated, row.source, row.is_carried_forward, row.group_size) == (
        False, "", True, 42,
    )  # fmt: skip
    assert f"{OUTCOME}.source: Heroma -> " in told
    assert row.comment == "Rad ett\n\nRad tre"
    assert load([write(shorter.replace("6.940", "7.120"))]).is_nothing


def test_same_value_drops_no_marks(db: None, write: Callable[..., Path]) -> None:
    load([write(MARKED)])

    load([write(MARKED.replace("            is_stated: true\n", "").replace("Rad ett", "Rad två"))])

    assert apps.get_model("targets.Outcome").objects.get().is_stated is True


def test_a_forecast_stands_without_an_outcome(db: None, write: Callable[..., Path]) -> None:
    load([write(TEXT.replace("value: 6.940", "forecast_value: 6.5", 1))])

    outcome = Outcome.objects.get(forecast_number__isnull=False)
    assert (outcome.kind, outcome.number) == ("missing", None)
    assert (outcome.forecast_number, outcome.forecast_decimals) == (Decimal("6.5"), 1)
