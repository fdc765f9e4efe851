from figures.memo import MEMOS, each_remembered


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
