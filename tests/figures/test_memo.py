"""Every memo of values says what its key is, and remembers what is the same for every reader."""

import re

from figures.memo import MEMOS, remembered
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
