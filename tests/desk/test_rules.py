from datetime import date, timedelta

import pytest

from desk.rules import due_words, expected_words, lead_words, to_do
from governance.declarations import Task, declared
from governance.enums import Role
from governance.rules import OpenTask

TODAY = date(2026, 3, 10)


def task(what: str = "Fyll i utfall", *, days: int | None = 5, is_fault: bool = False) -> OpenTask:
    due = None if days is None else TODAY + timedelta(days=days)
    return OpenTask(
        what=what,
        body="DN Regionservice",
        occasion="Helår 2025",
        url_name="desk:todo",
        pk=1,
        button="Öppna",
        due=due,
        is_fault=is_fault,
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "Ingen sista dag"),
        (0, "Sista dag i dag"),
        (1, "Sista dag 2026-03-11, i morgon"),
        (2, "Sista dag 2026-03-12, om 2 dagar"),
        (14, "Sista dag 2026-03-24, om 14 dagar"),
        (15, "Sista dag 2026-03-25"),
        (-1, "Försenad: sista dag var 2026-03-09"),
    ],
)
def test_due_words(days, words):
    assert due_words(task(days=days).due, TODAY) == words


def test_late_comes_before_soon_and_later_stands_apart():
    todo = to_do([task("C", days=40), task("B", days=3), task("A", days=-2)], TODAY)

    assert [(line.task.what, line.is_late) for line in todo.now] == [("A", True), ("B", False)]
    assert [line.task.what for line in todo.later] == ["C"]


def test_fault_comes_first_and_dayless_last():
    todo = to_do([task("B", days=None), task("A", days=-2), task("Z", is_fault=True)], TODAY)

    assert [line.task.what for line in todo.now] == ["Z", "A", "B"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([1], "1 sak att göra"),
        ([1, 2], "2 saker att göra"),
        ([-1, 2], "2 saker att göra, varav 1 är försenad"),
        ([-1, -2], "2 saker att göra, varav 2 är försenade"),
    ],
)
def test_lead_words(days, words):
    assert lead_words(to_do([task(days=n) for n in days], TODAY)) == words


def test_expected_words_say_each_sentence_once():
    told = [task.told for task in declared(Task)]

    words = expected_words(told, {(Role.CHAIR, True), (Role.MEMBER, True)})

    assert len(words) == len(set(words)) == 3
