"""What a pure function made is remembered by the values it was made of."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from functools import lru_cache, wraps
from typing import TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])
Known = TypeVar("Known", bound=Hashable)
Result = TypeVar("Result")
Each = Callable[[Collection[Known]], dict[Known, Result]]
MEMOS: dict[str, str] = {}  # each function's name and what its key is


def remembered(key: str, *, size: int) -> Callable[[Function], Function]:
    """Remember the newest ``size`` results of a function of values alone.

    The contract: same arguments, same result, for every reader; so rights are arguments or have no
    part in it. Nothing is ever thrown away as untrue: another fact is another key. ``key`` says what
    the arguments are, in words.
    """

    def of(function: Function) -> Function:
        MEMOS[f"{function.__module__}.{function.__qualname__}"] = key
        return cast(Function, lru_cache(maxsize=size)(function))

    return of


def each_remembered(key: str, *, size: int) -> Callable[[Each[Known, Result]], Each[Known, Result]]:
    """As ``remembered``, of a function that answers many keys at once: it is asked for those alone
    that are not remembered."""

    def of(function: Each[Known, Result]) -> Each[Known, Result]:
        MEMOS[f"{function.__module__}.{function.__qualname__}"] = key
        known: OrderedDict[Known, Result] = OrderedDict()

        @wraps(function)
        def asked(keys: Collection[Known]) -> dict[Known, Result]:
            found = {each: known[each] for each in keys if each in known}
            if new := [each for each in keys if each not in found]:
                read = function(new)
                known.update(read)
                found |= read
                while len(known) > size:
                    known.popitem(last=False)
            return found

        return asked

    return of
