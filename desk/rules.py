"""What a to-do list is: tasks in the order of their last day, late said in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from governance.enums import Role
from governance.rules import OpenTask

SOON = timedelta(days=14)
NOTHING = ("Här finns inget att göra för en läsare. Läs under Rapporter.",)


@dataclass(frozen=True, kw_only=True)
class TodoLine:
    """A task as it is shown on a day."""

    task: OpenTask
    due_words: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """What to do now, and what comes later."""

    now: tuple[TodoLine, ...]
    later: tuple[TodoLine, ...]

    @property
    def count(self) -> int:
        return len(self.now) + len(self.later)


def due_words(due: date | None, today: date) -> str:
    """'Sista dag 2026-03-12, om 2 dagar'; late in plain words, since it warns and never blocks."""
    if due is None:
        return "Ingen sista dag"
    days = (due - today).days
    if days == 0:
        return "Sista dag i dag"
    if days < 0:
        return f"Försenad: sista dag var {due:%Y-%m-%d}"
    if days > SOON.days:
        return f"Sista dag {due:%Y-%m-%d}"
    return (
        f"Sista dag {due:%Y-%m-%d}, i morgon"
        if days == 1
        else (f"Sista dag {due:%Y-%m-%d}, om {days} dagar")
    )


def to_do(tasks: Iterable[OpenTask], today: date) -> ToDo:
    """Faults first, then by last day, those without one after; beyond 14 days is later."""
    ordered = sorted(tasks, key=lambda task: (not task.is_fault, task.due or date.max, task.what))
    lines = [
        TodoLine(
            task=task,
            due_words=due_words(task.due, today),
            is_late=task.due is not None and task.due < today,
        )
        for task in ordered
    ]
    later = tuple(x for x in lines if x.task.due is not None and x.task.due > today + SOON)
    return ToDo(now=tuple(x for x in lines if x not in later), later=later)


def expected_words(
    told: Iterable[Mapping[tuple[Role, bool], tuple[str, ...]]], held: Collection[tuple[Role, bool]]
) -> list[str]:
    """What the held roles will be sent, so that an empty list teaches: each sentence once."""
    words = [
        word for each in told for key, several in each.items() if key in held for word in several
    ]
    return list(dict.fromkeys(words or (NOTHING if (Role.READER, False) in held else ())))


def lead_words(todo: ToDo) -> str:
    """'3 saker att göra, varav 1 är försenad'"""
    if not todo.count:
        return ""
    late = sum(line.is_late for line in todo.now)
    things = "1 sak" if todo.count == 1 else f"{todo.count} saker"
    if not late:
        return f"{things} att göra"
    return f"{things} att göra, varav {late} {'är försenad' if late == 1 else 'är försenade'}"
