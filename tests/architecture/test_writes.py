"""Rows are written in governance's history, writing and states alone: nothing else saves."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.architecture.house import FLOORS, ROOT, project_files

GROUND = {"governance/history.py", "governance/writing.py", "governance/states.py"}
# (file, receiver and call) that writes no row of ours.
ALLOWED = {
    ("governance/models.py", "user.save"): "Django's user manager, for createsuperuser and tests",
    ("governance/guards.py", "cursor.execute"): "reads which triggers stand",
    ("governance/guards.py", "schema_editor.execute"): "makes the triggers, in a migration",
    ("figures/workbook.py", "book.save"): "a workbook into bytes",
}
# Job rows count their own attempts and leases.
JOBS = {"documents/jobs.py", "documents/untrusted.py"}
# Of these names a row, a manager or a queryset alone is the receiver.
ALWAYS = {
    "save", "create", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
    "asave", "acreate", "adelete", "aupdate", "abulk_create", "abulk_update", "_raw_delete",
    "_update", "executemany", "raw",
}  # fmt: skip
OF_LINKS = {"add", "remove", "clear", "set"}


def links() -> set[str]:
    """Names of every many-to-many and reverse relation: book.links.add(...) writes."""
    found = set()
    for model in apps.get_models():
        found |= {field.name for field in model._meta.many_to_many}
        found |= {each.get_accessor_name() for each in model._meta.related_objects}
    return {name for name in found if name}


def writes(source: str) -> Iterator[tuple[int, str]]:
    """(line, receiver and call) of each write of a row.

    A queryset's update takes keywords alone, that of a dictionary, a set or a hash what stands
    first; a related manager's set takes one thing, and add, remove and clear stand by their name.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name, owner = node.func.attr, node.func.value
        is_link = isinstance(owner, ast.Attribute) and owner.attr in links()
        if (
            name in ALWAYS
            or (name == "update" and not node.args)
            or (name in OF_LINKS and is_link)
            or (name == "execute" and not reads(node))
        ):
            yield node.lineno, ast.unparse(node.func)


def reads(call: ast.Call) -> bool:
    """True for a statement that is a SELECT, as far as it is written out."""
    first = call.args[0] if call.args else None
    parts = first.values if isinstance(first, ast.JoinedStr) else [first]
    text = parts[0].value if isinstance(parts[0], ast.Constant) else ""
    return str(text).lstrip().upper().startswith("SELECT")


def found() -> dict[str, list[tuple[int, str]]]:
    held: dict[str, list[tuple[int, str]]] = {}
    for path in project_files(".py"):
        name = str(path.relative_to(ROOT))
        parts = path.relative_to(ROOT).parts
        if parts[0] not in FLOORS or "migrations" in parts or name in GROUND | JOBS:
            continue
        lines = [one for one in writes(path.read_text()) if (name, one[1]) not in ALLOWED]
        if lines:
            held[name] = lines
    return held


def test_rows_are_written_by_the_ground_alone():
    assert found() == {}


def test_transactions_are_opened_where_a_refusal_gets_its_words():
    """The queue, the loader and the demo answer no form; all else goes by ``refusals.atomic``."""
    opening = {
        str(path.relative_to(ROOT))
        for path in project_files(".py")
        if path.relative_to(ROOT).parts[0] in FLOORS and "transaction.atomic" in path.read_text()
    }

    assert opening == {
        "documents/jobs.py",
        "documents/untrusted.py",
        "exchange/demo/actions.py",
        "exchange/governance_file/actions.py",
        "governance/refusals.py",
    }


def test_what_is_allowed_is_there():
    for name, call in ALLOWED:
        assert call in {one for _line, one in writes((ROOT / name).read_text())}


@pytest.mark.parametrize(
    "line",
    [
        "row.save()",
        "Outcome.objects.create(**address)",
        "rows.filter(pk=1).update(text='')",
        "rows.update(**values)",
        "kept.delete()",
        "Outcome._default_manager.bulk_create(rows)",
        "Evidence.objects.get_or_create(name='x')",
        "goal.contributes_to.set(upper)",
        "goal.contributes_to.add(one)",
        "cursor.execute('UPDATE x SET y = 1')",
        "cursor.execute(statement)",
    ],
)
def test_write_is_found(line):
    assert len(list(writes(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "words.update({level: name})",
        "digest.update(data)",
        "seen.add(goal)",
        "done.set()",
        "element.set('colspan', '1000')",
        "self.seen[-1].add(name)",
        "changes.clear()",
        "cursor.execute('SELECT 1')",
        "cursor.execute(f'SELECT id FROM {table}')",
        "writing.add(row, by=by)",
    ],
)
def test_what_is_no_row_is_not_confused(line):
    assert list(writes(line)) == []


def test_history_is_read_by_one_function():
    """Whatever reads the history's rows themselves shows what a small group hides."""
    readers = {
        str(path.relative_to(ROOT))
        for path in project_files(".py")
        if path.relative_to(ROOT).parts[0] in FLOORS and "AuditEntry" in path.read_text()
    }

    assert {name for name in readers if "/migrations/" not in name} == {
        "governance/declares.py", "governance/history.py", "governance/models.py",
    }  # fmt: skip
