"""The acts of the economy: amounts typed in their grid, also while they are handed in."""

from economy.models import Amount, Line
from tests.concurrency.acts_rounds import HAND_IN_NOW, what_is_kept_is_what_stands
from tests.concurrency.acts_targets import CONTROLLER, state
from tests.concurrency.table import Act, Cross, Times
from tests.world import World


def amounts(w: World) -> dict[str, object]:
    """A new budget, and an outcome in the place of the one that stands."""
    line = Line.objects.get(body=w.body("dnrgs"), key="omsattning")
    return {
        f"value-{line.pk}.budget": "860,25",
        f"version-{line.pk}.budget": "0",
        f"value-{line.pk}.outcome": "868",
        f"version-{line.pk}.outcome": "1",
    }


def one_row_each(w: World) -> None:
    rows = Amount.objects.filter(line__body=w.body("dnrgs"), line__key="omsattning")
    found = rows.filter(period__key="helar-2025").values_list("kind", "value", "version")
    assert sorted(found) == [("budget", 860_250_000, 1), ("outcome", 868_000_000, 2)]


ACTS = (
    Act(
        name="economy:entry_grid",
        by=CONTROLLER,
        at=state,
        data=amounts,
        htmx=True,
        times=Times.SAME,
        why="the same amounts that stand already are saved",
        holds=one_row_each,
    ),
)
CROSSES = (
    Cross(
        label="amounts are saved and handed in",
        acts=(ACTS[0], HAND_IN_NOW),
        holds=what_is_kept_is_what_stands,
    ),
)
