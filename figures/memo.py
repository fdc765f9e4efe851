"""What a pure function made is remembered by the values it was made of."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., object])
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
