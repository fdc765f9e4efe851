"""Pairs measured in turn, so that a slow machine slows both, and how they are told."""

import statistics
import time
from collections.abc import Callable, Sequence

Pairs = Sequence[tuple[float, float]]


def measured(ours: Callable[[], object], bare: Callable[[], object], runs: int) -> Pairs:
    """Seconds of both in turn; one warm-up each."""
    pairs = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        ours()
        middle = time.perf_counter()
        bare()
        pairs.append((middle - began, time.perf_counter() - middle))
    return pairs[1:]


def spread(values: Sequence[float], scale: float = 1) -> str:
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{low * scale:.2f} / {middle * scale:.2f} / {high * scale:.2f}"


def verdict(found: float, goal: float) -> str:
    return f"goal {goal}: {'met' if found <= goal else 'NOT MET'}"


def report(
    name: str, pairs: Pairs, goal: float, *, first: str = "ours", second: str = "bare"
) -> None:
    """The two, their ratio pair by pair, and whether its median meets the goal."""
    ratios = [ours / bare for ours, bare in pairs]
    width = max(len(first), len(second), len("ratio"))
    print(f"{name}  (min / median / max of {len(pairs)})")
    print(f"    {first:{width}} {spread([ours for ours, _ in pairs], 1000)} ms")
    print(f"    {second:{width}} {spread([bare for _, bare in pairs], 1000)} ms")
    print(
        f"    {'ratio':{width}} {spread(ratios)}   {verdict(statistics.median(ratios), goal)}",
        flush=True,
    )
