"""The acts of a report: written, cleared, frozen, received."""

from reports.clearance.actions import save_comment
from reports.composing.queries import pack_for
from reports.models import ReportVersion, Section, SectionComment
from tests import world
from tests.concurrency.table import Act, Cross, Times
from tests.world import World

CONTROLLER, HEAD, CHAIR, OFFICER = "controller", "forvaltningschef", "ordforande", "handlaggare"


# How far the world has come.


def submitted(w: World) -> None:
    world.submit_pack(w)


def chairs_turn(w: World) -> None:
    submitted(w)
    world.approve_pack(w, HEAD)


def handed_over(w: World) -> None:
    chairs_turn(w)
    world.approve_pack(w, CHAIR)


def commented(w: World) -> None:
    submitted(w)
    save_comment(section=introduction(w), text="Mer om ekonomin.", seen=0, by=w.users[HEAD])


# At which row, and with what.


def introduction(w: World) -> Section:
    return Section.objects.get(report=world.pack_of(w), key="inledning")


def version_of_pack(w: World) -> ReportVersion:
    return ReportVersion.objects.get(report=world.pack_of(w))


def at_version(w: World) -> dict[str, object]:
    return {"version": world.pack_of(w).version}


def text(w: World) -> dict[str, object]:
    return {"text": "Inledningen, skriven på nytt.", "version": introduction(w).version}


def approval(account: str):
    """What the page of whoever's turn it is would send."""

    def fields(w: World) -> dict[str, object]:
        report = world.pack_of(w)
        page = pack_for(w.users[account], report.pk, world.TODAY)
        return {
            "step": report.current_step,
            "sha256": page.sha256,
            "shown": page.shown,
            "comment": "Skriv om inledningen.",
        }

    return fields


ACTS = (
    Act(
        name="reports:section_save",
        by=CONTROLLER,
        at=introduction,
        data=text,
        times=Times.SAME,
        why="the same text that stands already is saved",
    ),
    Act(name="reports:pack_submit", by=CONTROLLER, at=world.pack_of, data=at_version),
    Act(
        name="reports:pack_approve",
        label="a step of the chain",
        stage=submitted,
        by=HEAD,
        at=world.pack_of,
        data=approval(HEAD),
    ),
    Act(
        name="reports:pack_approve",
        label="the last step",
        stage=chairs_turn,
        by=CHAIR,
        at=world.pack_of,
        data=approval(CHAIR),
    ),
    Act(
        name="reports:pack_return",
        stage=submitted,
        by=HEAD,
        at=world.pack_of,
        data=approval(HEAD),
    ),
    Act(
        name="reports:section_comment",
        label="the first",
        stage=submitted,
        by=HEAD,
        at=introduction,
        data=lambda _w: {"text": "Mer om ekonomin.", "version": 0},
    ),
    Act(
        name="reports:section_comment",
        label="changed",
        stage=commented,
        by=HEAD,
        at=introduction,
        data=lambda _w: {
            "text": "Mindre om ekonomin.",
            "version": SectionComment.objects.get().version,
        },
    ),
    Act(
        name="reports:pack_send_comments",
        stage=commented,
        by=HEAD,
        at=world.pack_of,
        times=Times.SAME,
        why="what is sent is sent: a second click finds nothing to send",
    ),
    Act(name="reports:pack_new_version", stage=handed_over, by=CONTROLLER, at=world.pack_of),
    Act(
        name="reports:pack_pdf",
        by=CONTROLLER,
        at=world.pack_of,
        times=Times.SAME,
        why="the same draft is printed once, whoever asks",
    ),
    Act(name="reports:version_receive", stage=handed_over, by=OFFICER, at=version_of_pack),
    Act(
        name="reports:version_request_completion",
        stage=handed_over,
        by=OFFICER,
        at=version_of_pack,
        data=lambda _w: {"reason": "Ekonomin saknas."},
    ),
    Act(
        name="reports:version_note",
        stage=handed_over,
        by="ledamot",
        at=version_of_pack,
        data=lambda _w: {"text": "Fråga om ekonomin.", "version": 0},
    ),
    Act(
        name="reports:version_pdf",
        stage=handed_over,
        by="ledamot",
        at=version_of_pack,
        times=Times.SAME,
        why="the frozen version is printed once, whoever asks first",
    ),
)


# What must hold when two have been crossed.


def submitted_as_it_stands(w: World) -> None:
    """The controller's text is in what was submitted, or it was refused."""
    report = world.pack_of(w)
    shown = pack_for(w.users[HEAD], report.pk, world.TODAY)
    assert report.is_submitted
    assert report.acts.get().blocks_sha256 == shown.sha256


def approved_or_returned(w: World) -> None:
    report = world.pack_of(w)
    after = report.acts.exclude(action="submitted").values_list("action", flat=True)
    assert list(after) == ["returned"] if report.is_open else list(after)[:1] == ["approved"]


def named(name: str, label: str = "") -> Act:
    return next(act for act in ACTS if act.name == f"reports:{name}" and act.label == label)


CROSSES = (
    Cross(
        label="a text is saved and the pack submitted",
        acts=(named("section_save"), named("pack_submit")),
        holds=submitted_as_it_stands,
    ),
    Cross(
        label="a pack is approved and returned",
        acts=(named("pack_approve", "a step of the chain"), named("pack_return")),
        holds=approved_or_returned,
    ),
)
