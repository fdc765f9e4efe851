"""Every memo of values says what its key is, and remembers what is the same for every reader."""

import re

from figures.memo import MEMOS, each_remembered, remembered
from tests.architecture.house import FLOORS, ROOT, project_files, some

MEMO = re.compile(r"@lru_cache")
ABOVE = {app for app, floor in FLOORS.items() if floor >= FLOORS["figures"]}


def test_no_memo_above_this_floor_is_made_another_way():
    files = [path.relative_to(ROOT) for path in project_files(".py")]
    own = some([path for path in files if path.parts[0] in ABOVE])
    made = [str(path) for path in own if MEMO.search((ROOT / path).read_text())]

    assert made == []


def test_each_says_its_key():
    known = [(name, key) for name, key in MEMOS.items() if name.partition(".")[0] in ABOVE]

    assert len(some(known)) >= 5
    assert [name for name, key in known if len(key.split()) < 2] == []


def test_another_fact_is_another_key():
    calls = []

    @remembered("one number", size=2)
    def double(number):
        calls.append(number)
        return number * 2

    assert [double(1), double(1), double(2), double(3), double(1)] == [2, 2, 4, 6, 2]
    assert calls == [1, 2, 3, 1]


def test_only_what_is_not_remembered_is_asked_for():
    asked = []

    @each_remembered("a number", size=2)
    def doubled(keys):
        asked.append(list(keys))
        return {key: 2 * key for key in keys}

    assert doubled([1, 2]) == {1: 2, 2: 4}
    assert doubled([2, 3]) == {2: 4, 3: 6}
    assert doubled([2, 3]) == {2: 4, 3: 6}
    assert doubled([1]) == {1: 2}
    assert asked == [[1, 2], [3], [1]]
    assert MEMOS.pop(f"{__name__}.{doubled.__qualname__}") == "a number"
