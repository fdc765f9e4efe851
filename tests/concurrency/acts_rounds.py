"""The acts of a reporting round; figures saved while they are handed in."""

from governance.models import Period
from rounds.enums import HAND_IN, HANDED_IN, LOCK
from rounds.models import HandIn, Reminder, ReportingRound, RoundState
from rounds.queries.hand_ins import parts_of
from targets.enums import PART
from targets.models import Outcome
from targets.queries import entry_frame
from targets.queries.snapshot import decoded
from tests import factories, world
from tests.concurrency.table import Act, Cross, Times
from tests.world import World

CONTROLLER, HEAD, OFFICER = "controller", "forvaltningschef", "handlaggare"


def state_of(w: World) -> RoundState:
    return RoundState.objects.select_related("reporting_round__period").get(body=w.body("dnrgs"))


def round_of(w: World) -> ReportingRound:
    return state_of(w).reporting_round


# How far the world has come.


def handed_in(w: World) -> None:
    factories.take(state_of(w), HAND_IN, by=w.users[CONTROLLER])


def locked(w: World) -> None:
    handed_in(w)
    factories.take(state_of(w), LOCK, by=w.users[OFFICER])


def addressed(w: World) -> None:
    person = w.users[CONTROLLER].person
    person.email = "controller@example.se"
    person.save(update_fields=["email"])


def reminder_failed(w: World) -> None:
    reminder = world.remind(w)
    reminder.mail.state, reminder.mail.error = "failed", "550 Nej"
    reminder.mail.save()


# With what.


def version(w: World) -> dict[str, object]:
    return {"version": state_of(w).version}


def decision(act: str):
    def data(w: World) -> dict[str, object]:
        kept = HandIn.objects.filter(state=state_of(w)).order_by("-pk").first()
        shown = kept.sha256 if kept else ""
        return {**version(w), "act": act, "reason": "Fel månad.", "sha256": shown}

    return data


def opening(w: World) -> dict[str, object]:
    return {
        "period": Period.objects.get(organisation=w.organisation, key="helar-2025").pk,
        "name": "Bokslut 2025",
        "cut_off_on": "2025-12-31",
        "due_on": "2026-03-12",
        "bodies": [w.body("dnrgs").pk],
    }


def opening_a_period(w: World) -> dict[str, object]:
    return opening(w) | {
        "period": "ny",
        "period_name": "Mars 2026",
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
        "cut_off_on": "2026-03-31",
        "due_on": "2026-04-12",
    }


def changing(w: World) -> dict[str, object]:
    found = round_of(w)
    return {
        "name": found.name,
        "cut_off_on": found.cut_off_on.isoformat(),
        "due_on": "2026-04-15",
        "bodies": [],
    }


def controller(w: World) -> dict[str, object]:
    return {"person": w.users[CONTROLLER].person_id}


def saved(number: int):
    """A value of the numbered row of the grid, that asks for no comment."""

    def data(w: World) -> dict[str, object]:
        state = state_of(w)
        frame = entry_frame(body=state.body, period=state.reporting_round.period)
        row = sorted(frame.places)[number]
        kept = Outcome.objects.filter(
            indicator=row, unit=frame.root, period=frame.period, breakdown="total"
        ).first()
        return {
            f"value-{row}": "",
            f"kind-{row}": "not_applicable",
            f"version-{row}": kept.version if kept else 0,
        }

    return data


def what_was_handed_in_is_what_stands(w: World) -> None:
    """No value is later than the hand-in: its bytes hold the rows as they are."""
    state = state_of(w)
    assert state.state in HANDED_IN
    content = HandIn.objects.get(state=state).content
    kept = decoded(parts_of(bytes(content))[PART]).outcomes
    rows = Outcome.objects.filter(unit__body=state.body, period=state.reporting_round.period)
    assert {(row.id, row.version) for row in kept} == set(rows.values_list("pk", "version"))


HANDS_IN = Act(name="rounds:hand_in", by=CONTROLLER, at=state_of, data=version)
ACTS = (
    HANDS_IN,
    Act(
        name="rounds:round_change",
        label="approved",
        stage=handed_in,
        by=HEAD,
        at=state_of,
        data=decision("approve"),
    ),
    Act(
        name="rounds:round_change",
        label="sent back",
        stage=handed_in,
        by=HEAD,
        at=state_of,
        data=decision("return"),
    ),
    Act(
        name="rounds:round_change",
        label="locked",
        by=OFFICER,
        at=state_of,
        data=decision("lock"),
    ),
    Act(
        name="rounds:round_change",
        label="opened again",
        stage=locked,
        by=OFFICER,
        at=state_of,
        data=decision("reopen"),
    ),
    Act(name="rounds:round_lock", by=OFFICER, at=round_of, data=lambda _w: {"which": "all"}),
    Act(name="rounds:round_create", by=OFFICER, data=opening),
    Act(name="rounds:round_create", label="with its period", by=OFFICER, data=opening_a_period),
    Act(
        name="rounds:round_edit",
        by=OFFICER,
        at=round_of,
        data=changing,
        times=Times.SAME,
        why="the same days again are the same days",
    ),
    Act(name="rounds:round_remind", stage=addressed, by=OFFICER, at=round_of, data=controller),
    Act(
        name="rounds:reminder_retry",
        stage=reminder_failed,
        by=OFFICER,
        at=lambda _w: Reminder.objects.get(),
    ),
)
CROSSES = (
    Cross(
        label="figures are saved and handed in",
        acts=(
            HANDS_IN,
            *(
                Act(name="targets:entry_grid", by=CONTROLLER, at=state_of, data=saved(number))
                for number in range(3)
            ),
        ),
        holds=what_was_handed_in_is_what_stands,
    ),
)
