"""What a to-do list is: tasks in the order of their last day, late said in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from governance.enums import Role

SOON = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do: what, for whom, about which period or round, last day, one button."""

    what: str
    body: str
    occasion: str
    url: str
    button: str
    due: date | None = None
    detail: str = ""
    is_fault: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """A task as it is shown on a day."""

    task: Task
    due_words: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """What to do now, and what comes later."""

    now: tuple[Line, ...]
    later: tuple[Line, ...]

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


def outcome_words(missing: int, *, reason: str = "") -> str:
    """'2 utfall saknas', and why the period was sent back or opened again."""
    words = f"{missing} utfall saknas" if missing else "Alla utfall är ifyllda"
    return f"{words}. {reason}" if reason else words


def to_do(tasks: Iterable[Task], today: date) -> ToDo:
    """Faults first, then by last day, those without one after; beyond 14 days is later."""
    ordered = sorted(tasks, key=lambda task: (not task.is_fault, task.due or date.max, task.what))
    lines = [
        Line(
            task=task,
            due_words=due_words(task.due, today),
            is_late=task.due is not None and task.due < today,
        )
        for task in ordered
    ]
    later = tuple(x for x in lines if x.task.due is not None and x.task.due > today + SOON)
    return ToDo(now=tuple(x for x in lines if x not in later), later=later)


# What a role is sent, so that an empty list teaches. The second value: held in the board.
EXPECTED = {
    (Role.CONTROLLER, False): (
        "Perioder att fylla i utfall för, från den dag rapporteringen öppnas.",
        "Dialogunderlag att skriva och lämna in, och underlag som har skickats tillbaka.",
    ),
    (Role.HEAD_OF_ADMINISTRATION, False): (
        "Utfall att godkänna, när controllern har lämnat in dem.",
        "Dialogunderlag att granska, när controllern har lämnat in dem.",
    ),
    (Role.READER, True): (
        "Beslutsförslag att godkänna, när handläggaren har skickat dem till dig.",
    ),
    (Role.CHAIR, False): (
        "Dialogunderlag att granska och godkänna, när förvaltningschefen har godkänt dem.",
    ),
    (Role.CHAIR, True): (
        "Dialogunderlag att läsa inför dialogen, när nämnderna har överlämnat dem.",
        "Protokoll att justera och skriva under.",
    ),
    (Role.MEMBER, True): (
        "Dialogunderlag att läsa inför dialogen, när nämnderna har överlämnat dem.",
        "Protokoll att justera, när du är utsedd till justerare.",
    ),
    (Role.CASE_OFFICER, True): (
        "Nämnder att påminna, när sista dag för utfallen har gått.",
        "Dialogunderlag att ta emot eller begära komplettering av.",
        "Beslutsförslag att skriva, ett för varje nämndsdialog.",
    ),
    (Role.SECRETARY, True): (
        "Sammanträden att protokollföra, och paragrafer att skicka till justering.",
        "Justerade paragrafer att expediera.",
    ),
    (Role.REGISTRAR, True): ("Justerade paragrafer att exportera och diarieföra.",),
    (Role.READER, False): ("Här finns inget att göra för en läsare. Läs under Dialogunderlag.",),
}


def expected_words(held: Iterable[tuple[Role, bool]]) -> list[str]:
    """What the held roles will be sent, each sentence once and in the table's order."""
    roles = set(held)
    words = [word for key, several in EXPECTED.items() if key in roles for word in several]
    return list(dict.fromkeys(words))


def lead_words(todo: ToDo) -> str:
    """'3 saker att göra, varav 1 är försenad'"""
    if not todo.count:
        return ""
    late = sum(line.is_late for line in todo.now)
    things = "1 sak" if todo.count == 1 else f"{todo.count} saker"
    if not late:
        return f"{things} att göra"
    return f"{things} att göra, varav {late} {'är försenad' if late == 1 else 'är försenade'}"
