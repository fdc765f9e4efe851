"""What is marked secret stands in no output: every page and file that any account reaches."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse

from dialogues.models import Paragraph
from documents.models import Mail
from economy.models import Amount
from governance.actions import READ, LegalGround, lift_mark, mark_secret
from governance.declarations import Secret, tables
from governance.history import history_of
from governance.models import SecrecyMark, SecrecyPart
from governance.rules import WITHHELD
from governance.writing import is_withheld
from reports.models import ReportVersion
from targets.models import Outcome
from tests.architecture.house import some
from tests.world import TODAY, World, read_again, walk

WORD = "Hemlig"
NUMBERS = ("64,321", "64.321", "777,1", "777123000")
CANARY = re.compile(rf"{WORD}\w+|" + "|".join(map(re.escape, NUMBERS)))
READER = "forvaltningschef"
ACCOUNTS = (
    "controller",
    "ordforande",
    "handlaggare",
    "sekreterare",
    "registrator",
    "ledamot",
    "regiondirektor",
)
LINK = re.compile(r'(?:href|hx-get|src)="(/[^"#]*)')
SKIPPED = re.compile(r"/static/|/logga-|/sekretess/|[?&](visa|saknade|period)=")
GROUND = LegalGround(law="offentlighets- och sekretesslagen", chapter=18, section="13")


def text_columns(table) -> list[str]:
    """Texts of a secret row that nothing but people reads."""
    columns = (table.model._meta.get_field(name) for name in table.secret.columns)
    return [
        each.name
        for each in columns
        if isinstance(each, CharField | TextField)
        and not each.choices
        and each.name not in ("options", "sha256", "origin_model")
    ]


def of_body(table, world: World):
    rows = table.model.objects.filter(**{table.organisation_path: world.organisation})
    return rows.order_by("-pk")


def plant(world: World) -> None:
    """A canary in every text of one row of each table, before anything is frozen."""
    for table in tables():
        if not isinstance(table.secret, Secret):
            continue
        rows = of_body(table, world)
        row = next((each for each in rows if table.body_of(each) is not None), None)
        if row is not None:
            words = {name: f"{WORD}{table.model.__name__}{name}" for name in text_columns(table)}
            if table.model is Outcome:
                words = {"comment": f"{WORD}Outcomecomment"}
            table.model.objects.filter(pk=row.pk).update(**words)
    body = world.body("dnrgs")
    outcomes = Outcome.objects.filter(unit__body=body, kind="number", is_rolled_up=False)
    outcomes.filter(pk=outcomes.latest("pk").pk).update(number=Decimal("64.321"), decimals=3)
    amount = Amount.objects.filter(line__body=body, line__measure="kr", value__isnull=False)
    amount.filter(pk=amount.latest("pk").pk).update(value=Decimal(777123000))


def holding(world: World) -> Iterator:
    """The rows with a canary in them, as they stand."""
    for table in tables():
        if isinstance(table.secret, Secret):
            for row in of_body(table, world):
                held = " ".join(str(getattr(row, name)) for name in table.secret.columns)
                if CANARY.search(held) and table.body_of(row) is not None:
                    yield row


def mark_all(world: World) -> None:
    """Every row that holds a canary, the copies that were made of it too; the upper first."""
    for row in list(holding(world)):
        row.refresh_from_db()
        if is_withheld(row) or not CANARY.search(repr(vars(row))):
            continue
        if SecrecyMark.objects.filter(object_type=row._meta.label, object_id=row.pk).exists():
            continue
        mark_secret(
            row=row,
            ground=GROUND,
            reason="Prövas.",
            review_on=date(2027, 3, 10),
            readers=[world.users[READER].person],
            by=world.users["controller"],
            today=TODAY,
        )


def texts_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(
                packed.read(name).decode(errors="replace") for name in packed.namelist()
            )
    return content.decode(errors="replace")


def crawled(world: World, account: str) -> dict[str, set[str]]:
    """By address, the canaries on the pages that the account's links lead to."""
    client = Client(raise_request_exception=False)
    client.force_login(world.users[account])
    waiting, seen = ["/"], {"/"}
    found: dict[str, set[str]] = {}
    while waiting:
        url = waiting.pop(0)
        response = client.get(url, follow=True)
        assert response.status_code < 500, url
        text = texts_of(response)
        found[url] = set(CANARY.findall(text))
        for link in LINK.findall(text.replace("&amp;", "&")):
            if link not in seen and not SKIPPED.search(link):
                seen.add(link)
                waiting.append(link)
    return found


def shown(world: World) -> dict[str, list[tuple[str, str]]]:
    """Each canary, with the accounts and addresses where it stands."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for account in ACCOUNTS:
        for url, canaries in crawled(world, account).items():
            for canary in canaries:
                found[canary].append((account, url))
    return found


@pytest.fixture(scope="module")
def planted(made_world: World) -> World:
    plant(made_world)
    walk(made_world)
    return made_world


@pytest.fixture
def world(planted: World, db) -> World:
    return read_again(planted)


def test_what_is_marked_is_on_no_page_and_in_no_file(world):
    before = shown(world)
    mark_all(world)

    after = shown(world)

    assert len(some(before)) > 20
    assert after == {}
    assert list(holding_open(world)) == []


def holding_open(world: World) -> Iterator[str]:
    """What goes out by other ways: the governance file, mails, what waits to be printed."""
    dump = io.StringIO()
    call_command("dump_governance", world.organisation.key, stdout=dump)
    yield from CANARY.findall(dump.getvalue())
    for mail in Mail.objects.all():
        yield from CANARY.findall(mail.subject + mail.text)


def test_lifted_marks_bring_everything_back(world):
    before = shown(world)
    mark_all(world)

    for mark in SecrecyMark.objects.filter(reason="Prövas."):
        by = world.users["controller"]
        lift_mark(mark=mark, seen=mark.version, by=by, today=TODAY)

    after = shown(world)
    assert set(after) == set(before)


def test_named_reader_reads_what_is_kept(world):
    mark_all(world)
    version = ReportVersion.objects.latest("pk")
    url = reverse("reports:version_detail", args=[version.pk])
    reader, other = Client(), Client()
    reader.force_login(world.users[READER])
    other.force_login(world.users["ledamot"])

    assert other.get(url).status_code == 403
    assert "sekretessmarkerad (18 kap. 13 §" in texts_of(other.get(url))
    assert CANARY.search(texts_of(reader.get(url)))


def test_reading_what_a_mark_closes_is_noted_like_reading_the_mark(world):
    mark_all(world)
    version = ReportVersion.objects.latest("pk")
    url = reverse("reports:version_detail", args=[version.pk])
    mark = SecrecyPart.objects.filter(object_id=version.pk, object_type=version._meta.label)
    marks = [each.mark for each in mark]
    reader, other = Client(), Client()
    reader.force_login(world.users[READER])
    other.force_login(world.users["ledamot"])

    assert other.get(url).status_code == 403
    assert not any(reads(each) for each in marks)
    assert reader.get(url).status_code == 200

    assert {tuple(reads(each)) for each in marks} == {(str(world.users[READER]),)}


def reads(mark: SecrecyMark) -> list[str]:
    return [each.actor for each in history_of(mark) if each.new == READ]


def test_what_has_no_link_on_a_page_is_reached_from_what_lies_next_to_it(world):
    reached = set()
    for account in ("controller", "sekreterare", "registrator"):
        client = Client()
        client.force_login(world.users[account])
        for table in tables():
            if table.label in NEXT_TO:
                for row in of_body(table, world)[:10]:
                    url = reverse("governance:secrecy_mark", args=[f"{table.label}-{row.pk}"])
                    reached |= set(re.findall(r"/markera/([\w.]+)-\d", texts_of(client.get(url))))

    assert reached >= {
        "reports.BlockSpec",
        "targets.Judgement",
        "targets.FocusArea",
        "internal_control.RemainingAction",
        "internal_control.ControlResult",
        "dialogues.ParagraphPoint",
        "economy.Line",
    }


NEXT_TO = {
    "reports.Section",
    "targets.Goal",
    "internal_control.ControlArea",
    "dialogues.Paragraph",
    "economy.Amount",
}


def test_sealed_rows_are_closed_and_not_changed(world):
    mark_all(world)
    paragraph = Paragraph.objects.get(state="verified")
    client = Client()
    client.force_login(world.users["registrator"])

    listed = texts_of(client.get(reverse("dialogues:paragraph_list")))

    assert CANARY.search(" ".join(point.text for point in paragraph.points.all()))
    assert f"§ {paragraph.number}" in listed
    assert WITHHELD in listed
    parts = SecrecyPart.objects.filter(object_type="dialogues.Paragraph")
    assert {(part.content, part.is_closed) for part in parts} == {("", True)}
