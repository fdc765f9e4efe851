"""The acts of a secrecy mark: set, tried anew, lifted, read."""

from governance.history import history_of
from governance.models import SecrecyMark, SecrecyPart
from targets.models import Goal
from tests import world
from tests.concurrency.filling import on_page, typed
from tests.concurrency.table import Act, Times
from tests.world import World

CONTROLLER, READER = "controller", "ordforande"


def marked(w: World) -> None:
    world.mark_an_area(w)


def goal(w: World) -> tuple[str]:
    found = Goal.objects.filter(plan__body=w.body("dnrgs")).latest("pk")
    return (f"targets.Goal-{found.pk}",)


def mark(_w: World) -> SecrecyMark:
    return SecrecyMark.objects.get()


def covered_once(w: World) -> None:
    assert SecrecyPart.objects.filter(object_type="targets.Goal").count() == 1
    assert SecrecyMark.objects.count() == 1


def read_by_one(w: World) -> None:
    assert {each.actor for each in history_of(mark(w))} <= {
        str(w.users[account]) for account in (CONTROLLER, READER)
    }


ACTS = (
    on_page(
        "governance:secrecy_mark",
        CONTROLLER,
        goal,
        changes=lambda w: {
            "chapter": "18",
            "section": "13",
            "reason": "Visar var anläggningen är sårbar.",
            "review_on": "2027-03-10",
            "readers": [w.users[READER].person_id],
        },
        holds=covered_once,
    ),
    on_page(
        "governance:secrecy_detail",
        CONTROLLER,
        mark,
        stage=marked,
        changes=typed(review_on="2028-03-10"),
        times=Times.SAME,
        why="the day that stands already is saved",
    ),
    on_page(
        "governance:secrecy_lift",
        CONTROLLER,
        mark,
        stage=marked,
        page="governance:secrecy_detail",
    ),
    Act(
        name="governance:secrecy_read",
        by=READER,
        at=mark,
        stage=marked,
        times=Times.FREE,
        why="each reading is noted",
        holds=read_by_one,
    ),
)

CROSSES = ()
