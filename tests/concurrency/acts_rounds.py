"""The acts of a reporting round: opened, handed in, decided, locked, reminded of."""

from django.utils import timezone

from documents import jobs
from documents.models import Mail
from governance.models import Person
from rounds.actions.hand_in import decide, hand_in
from rounds.enums import APPROVE, LOCK, REOPEN, RETURN, RoundStateName
from rounds.models import HandIn, Reminder, ReportingRound
from rounds.queries.hand_ins import enveloped
from tests import world
from tests.concurrency import acts_targets
from tests.concurrency.acts_targets import state
from tests.concurrency.arena import world_as_loaded
from tests.concurrency.filling import on_page, typed
from tests.concurrency.table import Act, Cross, Times
from tests.world import World

CONTROLLER, HEAD, OFFICER = "controller", "forvaltningschef", "handlaggare"


# How far the world has come.


def handed_in(w: World) -> None:
    one = state(w)
    hand_in(state=one, by=w.users[CONTROLLER], today=world.TODAY, seen=one.version)


def locked(w: World) -> None:
    one = state(w)
    decide(state=one, act=LOCK, by=w.users[OFFICER], today=world.TODAY, seen=one.version)


def reachable(w: World) -> None:
    Person.objects.filter(pk=w.users[CONTROLLER].person_id).update(email="controller@example.se")


def unreached(w: World) -> None:
    """A reminder that the mail server did not take."""
    claim = jobs.claim(Mail, world.remind(w).mail_id, "tests", timezone.now())
    assert claim is not None
    jobs.fail(claim, error="E-postservern tog inte emot mejlet.")


# At which row.


def round_of(w: World) -> ReportingRound:
    return state(w).reporting_round


def decides(act: str, by: str, stage) -> Act:
    return on_page(
        "rounds:round_change",
        by,
        state,
        label=act,
        page="rounds:round_state",
        stage=stage,
        changes=typed(act=act, reason="Fel månad."),
    )


ACTS = (
    on_page(
        "rounds:round_create",
        OFFICER,
        changes=lambda w: {
            "name": "Extra rapportering",
            "period": acts_targets.year(w).pk,
            "bodies": [w.body("dnrgs").pk],
            "cut_off_on": "2026-03-01",
            "due_on": "2026-03-20",
        },
    ),
    on_page(
        "rounds:round_create",
        OFFICER,
        label="with its period",
        changes=lambda w: {
            "name": "Månadsrapport",
            "period": "ny",
            "period_name": "Mars 2026",
            "starts_on": "2026-03-01",
            "ends_on": "2026-03-31",
            "bodies": [w.body("dnrgs").pk],
            "cut_off_on": "2026-03-31",
            "due_on": "2026-04-12",
        },
    ),
    on_page(
        "rounds:round_edit",
        OFFICER,
        round_of,
        changes=typed(name="Annat namn"),
        times=Times.SAME,
        why="the days and the name that stand already are saved",
    ),
    on_page(
        "rounds:round_lock",
        OFFICER,
        round_of,
        page="rounds:round_detail",
        changes=typed(which="all"),
        times=Times.SAME,
        why="who comes later finds nobody left to lock",
    ),
    on_page("rounds:round_remind", OFFICER, round_of, stage=reachable),
    Act(
        name="rounds:reminder_retry",
        stage=unreached,
        by=OFFICER,
        at=lambda _w: Reminder.objects.get(),
    ),
    on_page("rounds:hand_in", CONTROLLER, state, page="rounds:round_state"),
    decides(APPROVE, HEAD, handed_in),
    decides(RETURN, HEAD, handed_in),
    decides(LOCK, OFFICER, world_as_loaded),
    decides(REOPEN, OFFICER, locked),
)


# What must hold when two have been crossed.


def what_is_kept_is_what_stands(w: World) -> None:
    """No figure changed after the hand-in: its bytes say what the rows say."""
    kept = HandIn.objects.get(state=state(w))
    assert state(w).state == RoundStateName.SUBMITTED
    assert bytes(kept.content) == enveloped(round_of(w), w.body("dnrgs"))


def decided_once(w: World) -> None:
    assert state(w).state in (RoundStateName.APPROVED, RoundStateName.RETURNED)
    assert state(w).version == 3  # handed in, decided


HAND_IN_NOW = next(act for act in ACTS if act.name == "rounds:hand_in")
CROSSES = (
    Cross(
        label="figures are saved and handed in",
        acts=(acts_targets.ACTS[0], HAND_IN_NOW),
        holds=what_is_kept_is_what_stands,
    ),
    Cross(
        label="a hand-in is approved and returned",
        acts=(
            next(act for act in ACTS if act.label == APPROVE),
            next(act for act in ACTS if act.label == RETURN),
        ),
        holds=decided_once,
    ),
)
