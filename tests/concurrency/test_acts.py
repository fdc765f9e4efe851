"""Every act twenty times at once: one success, the rest refused in words, and the rows of one.

A new act gets its line in ``acts_<app>.py``; an act without one fails here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from django.test import RequestFactory

from tests.architecture.house import url_patterns
from tests.concurrency import (
    acts_control,
    acts_dialogues,
    acts_economy,
    acts_reports,
    acts_rounds,
    acts_secrecy,
    acts_targets,
)
from tests.concurrency.arena import TWENTY, alone, at_once, counted, difference
from tests.concurrency.table import Times

TABLES = (
    acts_targets,
    acts_economy,
    acts_control,
    acts_rounds,
    acts_secrecy,
    acts_reports,
    acts_dialogues,
)
ACTS = [act for table in TABLES for act in table.ACTS]
CROSSES = [cross for table in TABLES for cross in table.CROSSES]
WITHOUT = {
    "desk:event_open": "one's own, read: no row of anybody else's",
    "desk:events_read": "the same",
    "dialogues:verify_upload": "checks a file and keeps nothing",
    "economy:grid_import": "shows what a file would change; the grid saves it",
    "targets:grid_import": "shows what a file would change; the grid saves it",
    "governance:login": "makes a session, no row of ours",
    "governance:logout": "ends a session, no row of ours",
    "internal_control:grid_import": "shows what a file would change; the grid saves it",
}
TOLD = {200, 302, 409, 422}
SOME = range(1, TWENTY + 1)
NUMBER = re.compile(r"([a-z]+-)?\d+")
NAME = re.compile(rf"{NUMBER.pattern}(u\d+)?(\.[a-z]+)?")  # of a row, or a cell of a grid
TOO_LARGE = str(2**63)  # past what a column of numbers can hold
FAULT = 500
DONE = {Times.ONCE: [1], Times.EACH: [TWENTY], Times.SAME: SOME, Times.FREE: SOME}


def takes_post(pattern) -> bool:
    """Asked with a method that no view of ours takes, the view says which it does."""
    request = RequestFactory().delete("/")
    parameters = dict.fromkeys(pattern.pattern.converters)
    answer = pattern.callback(request, **parameters)
    return "POST" in answer.headers["Allow"]


def test_every_act_has_a_line():
    posts = {name for name, pattern in url_patterns() if takes_post(pattern)}

    assert posts - {act.name for act in ACTS} == set(WITHOUT)


def with_too_large(data: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """The form once for each of its numbers, that one too large for any row."""
    for name, value in data.items():
        rest = {other: kept for other, kept in data.items() if other != name}
        texts = [str(each) for each in (value if isinstance(value, list) else [value])]
        if all(NUMBER.fullmatch(text) for text in texts):
            yield rest | {name: [re.sub(r"\d+", TOO_LARGE, text) for text in texts]}
        if NAME.fullmatch(name):
            yield rest | {re.sub(r"\d+", TOO_LARGE, name): value}


@pytest.mark.parametrize("act", ACTS, ids=str)
def test_twenty_at_once(arena, act):
    with arena.at(act.stage) as w:
        request = act.request(w)
        single, expected = alone(request)
        strange = [alone(replace(request, data=data))[0] for data in with_too_large(request.data)]
        before = counted()

        answers = at_once(*[request] * TWENTY)

        written = difference(before, counted())
        if act.holds:
            act.holds(w)
    refused = TOLD | ({404} if act.is_gone else set())
    faults = [answer.told for answer in answers if answer.status not in refused]
    assert single.is_done, single.told
    assert expected, "the act changes nothing"
    assert faults == []
    assert [answer.told for answer in strange if answer.status >= FAULT] == []
    if act.times != Times.FREE:
        times = TWENTY if act.times == Times.EACH else 1
        assert written == {
            name: (rows * times, raised * times) for name, (rows, raised) in expected.items()
        }
    assert sum(answer.is_done for answer in answers) in DONE[act.times]


@pytest.mark.parametrize("cross", CROSSES, ids=str)
def test_crossed(arena, cross):
    with arena.at(cross.acts[0].stage) as w:
        requests = [act.request(w) for act in cross.acts for _ in range(TWENTY // 2)]

        answers = at_once(*requests)

        faults = [answer.told for answer in answers if answer.status not in TOLD]
        assert faults == []
        cross.holds(w)
