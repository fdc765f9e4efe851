"""The acts of internal control: results typed in their grid, also while they are handed in."""

from governance.models import ScaleLevel
from internal_control.models import ControlArea, ControlResult
from tests.concurrency.acts_rounds import HAND_IN_NOW, what_is_kept_is_what_stands
from tests.concurrency.acts_targets import CONTROLLER, state, year
from tests.concurrency.table import Act, Cross, Times
from tests.world import World

NEW = "ny"


def with_a_new_area(w: World) -> None:
    """An area without result beside those that have one."""
    plan = ControlArea.objects.filter(plan__body=w.body("dnrgs")).earliest("pk").plan
    ControlArea.objects.create(plan=plan, key=NEW, name="Nytt område", position=9)


def results(w: World) -> dict[str, object]:
    """A new result, and another in the place of one that stands."""
    areas = ControlArea.objects.filter(plan__body=w.body("dnrgs"))
    new, old = areas.get(key=NEW).pk, areas.get(key="valfardsbrottslighet").pk
    level = ScaleLevel.objects.get(scale__organisation=w.organisation, key="god").pk
    name = f"p{year(w).pk}"
    return {
        f"value-{new}.{name}_performed": "nej",
        f"version-{new}.{name}_performed": "0",
        f"value-{old}.{name}_performed": "ja",
        f"version-{old}.{name}_performed": "1",
        f"value-{old}.{name}_passed": str(level),
        f"version-{old}.{name}_passed": "1",
    }


def one_row_each(w: World) -> None:
    rows = ControlResult.objects.filter(period=year(w), performed__isnull=False)
    found = rows.filter(area__plan__body=w.body("dnrgs")).values_list("performed", "version")
    assert sorted(found) == [(False, 1), (True, 2)]


ACTS = (
    Act(
        name="internal_control:entry_grid",
        by=CONTROLLER,
        at=state,
        data=results,
        stage=with_a_new_area,
        htmx=True,
        times=Times.SAME,
        why="the same results that stand already are saved",
        holds=one_row_each,
    ),
)
CROSSES = (
    Cross(
        label="results are saved and handed in",
        acts=(ACTS[0], HAND_IN_NOW),
        holds=what_is_kept_is_what_stands,
    ),
)
