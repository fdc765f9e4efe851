"""The database of before (tests/data/base.*, made by scripts/upgrade_base.py) is carried to head:
every hash, guard and row stands. And no step takes away what the version before reads."""

import lzma
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from dialogues.meetings.queries.decision import motions_sha256_of
from documents import files
from governance.models import Body, Unit
from tests.architecture.house import ROOT
from tests.migrated import connected_to

DATA = ROOT / "tests" / "data"


def of_content(row) -> str:
    return files.sha256_of(bytes(row.content))


def of_file(sha256: str) -> str:
    kept = next(files.path_of(sha256).parent.glob(f"{sha256}*"), None)
    return files.sha256_of(kept.read_bytes()) if kept else "no file"


HASHES: dict[str, Callable[..., str]] = {
    "documents.Document.sha256": lambda row: of_file(row.sha256) if row.is_ready else "",
    "documents.SealedRecord.content_sha256": of_content,
    "documents.SealedRecord.stamped_sha256": lambda row: of_file(row.stamped_sha256),
    "reports.ReportVersion.content_sha256": of_content,
    "rounds.HandIn.sha256": of_content,
    "targets.Evidence.sha256": lambda row: of_file(row.sha256),
    "dialogues.Verification.content_sha256": of_content,
    "dialogues.Signature.document_sha256": lambda row: of_file(row.verification.document.sha256),
    "dialogues.Paragraph.motions_sha256": motions_sha256_of,
}
# Of bytes that are not kept: they only stay as they were.
OF_NOTHING_KEPT = {
    "documents.SealedRecord.unstamped_sha256",
    "documents.SealedRecord.certificate_sha256",
    "reports.ClearanceAct.blocks_sha256",
    "reports.DraftPrint.content_sha256",
    "dialogues.Export.sha256",
}


@pytest.fixture
def base(django_db_setup, django_db_blocker, tmp_path, settings) -> Iterator[None]:
    """This thread's database is the one of before, not carried on yet."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with ZipFile(DATA / "base_media.zip") as media:
        media.extractall(settings.MEDIA_ROOT)
    loaded = a_file if connection.vendor == "sqlite" else on_server
    with django_db_blocker.unblock(), loaded(tmp_path) as name, connected_to(name):
        yield
    ContentType.objects.clear_cache()


@contextmanager
def a_file(folder: Path) -> Iterator[str]:
    with lzma.open(DATA / "base.sqlite3.xz") as kept, (folder / "base").open("wb") as file:
        shutil.copyfileobj(kept, file)
    yield file.name


@contextmanager
def on_server(_folder: Path) -> Iterator[str]:
    name = f"{connection.settings_dict['NAME']}_base"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            given = connection.get_connection_params() | {"dbname": name}
            with psycopg.connect(**given) as line:
                line.execute(lzma.decompress((DATA / "base.sql.xz").read_bytes()))
            yield name
        finally:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def planted(tmp_path, monkeypatch, settings) -> Callable[[str], None]:
    """A migration of documents after the last one, with these operations."""

    def plant(operations: str) -> None:
        folder = shutil.copytree(
            ROOT / "documents" / "migrations", tmp_path / f"steps_of_{tmp_path.name}"
        )
        last = max(path.stem for path in folder.glob("0*.py"))
        (folder / "9999_planted.py").write_text(
            "from django.db.migrations import *\n"
            "from governance.declarations import all_guards\n"
            "from governance.guards import InstallGuards, RemoveGuards\n"
            "class Migration(Migration):\n"
            f"    dependencies = [('documents', '{last}')]\n"
            f"    operations = [{operations}]\n"
        )
        monkeypatch.syspath_prepend(tmp_path)
        settings.MIGRATION_MODULES = {"documents": folder.name}

    return plant


def stated() -> dict[tuple[str, int], str]:
    """Every hash that a row of a standing table states."""
    standing = connection.introspection.table_names()
    return {
        (f"{model._meta.label}.{column.name}", pk): value
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if column.name.endswith("sha256") and model._meta.db_table in standing
        for pk, value in model._base_manager.values_list("pk", column.name)
    }


def carried_on() -> list[str]:
    """What is wrong after the base has been migrated to head; guards first."""
    before = stated()
    call_command("migrate", verbosity=0)
    try:
        call_command("check", databases=["default"], tags=["database"])
    except SystemCheckError as fault:
        return [str(fault)]
    after = stated()
    moved = [f"{name} {pk}" for (name, pk), value in before.items() if after[name, pk] != value]
    return moved + [
        f"{name} {row.pk}"
        for name, computed in HASHES.items()
        for row in apps.get_model(name.rpartition(".")[0])._base_manager.all()
        if (value := after[name, row.pk]) and computed(row) != value
    ]


@pytest.fixture(scope="session")
def former(tmp_path_factory) -> Path:
    """The version that left the base behind, as files."""
    folder = tmp_path_factory.mktemp("former")
    shutil.unpack_archive(DATA / "former.tar.xz", folder, filter="data")
    return folder


def read_by_former(former: Path, folder: Path) -> tuple[int, list[str]]:
    """How many pages of this thread's database the former version read, and which broke."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder),
        "DATABASE_URL": address(),
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "PYTHONPATH": str(former),
    }
    done = subprocess.run(  # noqa: S603 -- our own file
        [sys.executable, ROOT / "tests" / "toolchain" / "former_pages.py"],
        cwd=former, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    number, *broken = done.stdout.splitlines()
    return int(number), broken


def address() -> str:
    given = connection.get_connection_params()
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['database']}"
    who = f"{given.get('user', '')}:{given.get('password', '')}"
    where = f"{given.get('host', '')}:{given.get('port', '')}"
    return f"postgres://{who}@{where}/{given['dbname']}"


def test_the_former_version_reads_its_pages_on_the_new_schema(base, former, tmp_path):
    call_command("migrate", verbosity=0)
    connection.close()

    number, broken = read_by_former(former, tmp_path)

    assert number > 250
    assert broken == []


def test_a_step_that_the_former_version_does_not_bear_is_found(base, former, planted, tmp_path):
    planted("RenameField('document', 'title', 'name')")
    call_command("migrate", verbosity=0)
    connection.close()

    assert any("/dialoger/" in page for page in read_by_former(former, tmp_path)[1])


def test_every_hash_is_recomputed_and_the_base_has_one_of_each(base):
    assert {name for (name, _pk), value in stated().items() if value} == HASHES.keys() | (
        OF_NOTHING_KEPT
    )


def test_the_database_of_before_is_carried_to_head(base):
    assert carried_on() == []


def test_the_names_of_today_become_rows(base):
    call_command("migrate", verbosity=0)

    for owner in (Body, Unit):
        rows = owner.objects.values_list("name", "names__name")
        assert rows
        assert all(own == named for own, named in rows)


LIFTED, SET = "RemoveGuards(all_guards())", "InstallGuards(all_guards())"
BYTES = "UPDATE documents_sealedrecord SET content = (SELECT content FROM rounds_handin LIMIT 1)"
HASH = "UPDATE documents_document SET sha256 = upper(sha256)"


@pytest.mark.parametrize(
    ("operations", "fault"),
    [
        (LIFTED, "guard_documents_document_update"),
        (f"{LIFTED}, RunSQL('{BYTES}'), {SET}", "documents.SealedRecord.content_sha256"),
        (f"{LIFTED}, RunSQL('{HASH}'), {SET}", "documents.Document.sha256"),
    ],
    ids=["guard", "bytes", "hash"],
)
def test_a_step_that_breaks_what_is_sealed_is_told(base, planted, operations, fault):
    planted(operations)

    assert any(fault in found for found in carried_on())


# A step that may take something away, and the release that no longer reads it.
NO_LONGER_READ: dict[str, str] = {}
TAKING = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
WIDER = {("CharField", "TextField"), ("PositiveSmallIntegerField", "PositiveIntegerField")}
SIZES = ("max_length", "max_digits", "decimal_places")


def flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
            yield from flat(operation.state_operations)
        else:
            yield operation


def takes(operation: Operation, app: str, before: ProjectState) -> bool:
    """Whether the version before may miss something after the operation."""
    if isinstance(operation, migrations.RunSQL):
        return bool(re.search(r"\b(drop|rename|truncate)\b", str(operation.sql), re.IGNORECASE))
    if not isinstance(operation, migrations.AlterField):
        return isinstance(operation, TAKING)
    fields = before.models[app, operation.model_name_lower].fields
    return narrows(fields[operation.name], operation.field)


def narrows(old: models.Field, new: models.Field) -> bool:
    kinds = (old.get_internal_type(), new.get_internal_type())
    if kinds in WIDER:
        return old.null and not new.null
    sizes = [(getattr(old, size, None), getattr(new, size, None)) for size in SIZES]
    return (
        kinds[0] != kinds[1]
        or (old.null, new.null) == (True, False)
        or (old.unique, new.unique) == (False, True)
        or old.db_column != new.db_column
        or getattr(old.remote_field, "model", None) != getattr(new.remote_field, "model", None)
        or any(is_now is not None and (was is None or is_now < was) for was, is_now in sizes)
    )


def steps_of_base() -> set[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as line:
        line.deserialize(lzma.decompress((DATA / "base.sqlite3.xz").read_bytes()))
        return set(line.execute("SELECT app, name FROM django_migrations"))


def taken() -> list[str]:
    loader, found = MigrationLoader(None), []
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if (app, name) in steps_of_base():
            continue
        state = loader.project_state((app, name), at_end=False)
        for operation in flat(migration.operations):
            if takes(operation, app, state):
                found.append(f"{app}.{name}: {operation.describe()}")
            operation.state_forwards(app, state)
    return found


def test_the_steps_of_the_base_stand():
    """What has left the house is never folded again."""
    assert steps_of_base() <= MigrationLoader(None).disk_migrations.keys()


def test_no_step_takes_what_the_version_before_reads():
    assert taken() == list(NO_LONGER_READ)


def test_a_planted_step_that_takes_is_found(planted):
    planted("RenameField('document', 'title', 'name'), RemoveField('document', 'kind')")

    assert taken() == [
        "documents.9999_planted: Rename field title on document to name",
        "documents.9999_planted: Remove field kind from document",
    ]


CHAR, NUMBER = models.CharField, models.DecimalField


@pytest.mark.parametrize(
    ("old", "new", "is_narrower"),
    [
        (CHAR(max_length=9), CHAR(max_length=20), False),
        (CHAR(max_length=9), CHAR("rubrik", max_length=9, blank=True), False),
        (CHAR(max_length=9), CHAR(max_length=9, null=True), False),
        (CHAR(max_length=9), models.TextField(), False),
        (CHAR(max_length=9, unique=True), CHAR(max_length=9), False),
        (NUMBER(max_digits=9, decimal_places=2), NUMBER(max_digits=14, decimal_places=4), False),
        (CHAR(max_length=20), CHAR(max_length=9), True),
        (CHAR(max_length=9, null=True), CHAR(max_length=9), True),
        (CHAR(max_length=9), CHAR(max_length=9, unique=True), True),
        (CHAR(max_length=9), CHAR(max_length=9, db_column="other"), True),
        (CHAR(max_length=9, null=True), models.TextField(), True),
        (models.TextField(), CHAR(max_length=900), True),
        (NUMBER(max_digits=14, decimal_places=4), NUMBER(max_digits=14, decimal_places=2), True),
        (models.ForeignKey("a.A", models.CASCADE), models.ForeignKey("a.B", models.CASCADE), True),
    ],
)
def test_what_narrows(old, new, is_narrower):
    assert narrows(old, new) == is_narrower


@pytest.mark.parametrize(
    ("operation", "is_taking"),
    [
        (migrations.AddField("document", "more", models.TextField(default="")), False),
        (migrations.RunSQL("UPDATE documents_document SET title = title"), False),
        (migrations.RunSQL("ALTER TABLE documents_document DROP COLUMN title"), True),
        (migrations.DeleteModel("Document"), True),
        (migrations.RenameModel("Document", "Paper"), True),
        (migrations.AlterModelTable("document", "paper"), True),
    ],
)
def test_what_takes(operation, is_taking):
    wrapped = migrations.SeparateDatabaseAndState(state_operations=[operation])

    assert [takes(one, "documents", ProjectState()) for one in flat([wrapped])] == [is_taking]
