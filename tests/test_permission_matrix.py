"""architecture.md, "Who may do what", as data, run through the pages. A dash is 403 where the row
may be read, else 404. What each stage of the walk allows is asked of every actor."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Document
from governance.enums import Role
from governance.models import User
from reports.models import Report, ReportVersion, Section
from rounds.enums import RoundStateName
from rounds.models import HandIn, RoundState
from tests import factories, world
from tests.world import World, rolled_back

COMMITTEE = ("controller", "forvaltningschef", "ordforande", "lasare")
BOARD = ("handlaggare", "ledamot", "au-ordforande", "justerare", "sekreterare", "registrator")
OVERSEER = "uppsikt"  # of the board, named on no proposal
NOBODY = ("systemadministrator", "outsider")
CHIEFS = ("regiondirektor", "ekonomidirektor")
ACTORS = (*COMMITTEE, *BOARD, OVERSEER, *NOBODY)
READERS = (*COMMITTEE, *BOARD, OVERSEER)
CHAIN = ("forvaltningschef", "ordforande")
SIGNERS = ("sekreterare", "au-ordforande", "justerare")
DONE = {200, 302}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One act: who may, who may read the row (403), and everyone else (404)."""

    act: str
    url: Callable[[World], str]
    may: tuple[str, ...]
    reads: tuple[str, ...] = ()
    data: Callable[[World], dict[str, object]] | None = None
    otherwise: dict[str, int] = field(default_factory=dict)
    actors: tuple[str, ...] = ACTORS

    def expected(self, actor: str) -> set[int]:
        if actor in self.otherwise:
            return {self.otherwise[actor]}
        if actor in self.may:
            return DONE
        return {403} if actor in self.reads else {404}


def report_url(name: str) -> Callable[[World], str]:
    return lambda w: reverse(name, args=[world.pack_of(w).pk])


def section_url(name: str) -> Callable[[World], str]:
    return lambda w: reverse(
        name, args=[Section.objects.get(report=world.pack_of(w), key="inledning").pk]
    )


def version_url(name: str) -> Callable[[World], str]:
    return lambda w: reverse(name, args=[ReportVersion.objects.get(report=world.pack_of(w)).pk])


def dialogue_row(name: str, find: Callable[[World], int]) -> Callable[[World], str]:
    return lambda w: reverse(name, args=[find(w)])


def grid_url(w: World) -> str:
    state = RoundState.objects.get(body=w.body("dnrgs"))
    return reverse("targets:entry_grid", args=[state.pk])


def state_url(name: str) -> Callable[[World], str]:
    return lambda w: reverse(name, args=[RoundState.objects.get(body=w.body("dnrgs")).pk])


def round_url(name: str) -> Callable[[World], str]:
    return lambda w: reverse(
        name, args=[RoundState.objects.get(body=w.body("dnrgs")).reporting_round_id]
    )


def taking(act: str) -> Callable[[World], dict[str, object]]:
    return lambda w: {
        "act": act,
        "sha256": sha256_of(w),
        "version": RoundState.objects.get(body=w.body("dnrgs")).version,
        "reason": "Fel månad.",
    }


def sha256_of(w: World) -> str:
    found = HandIn.objects.filter(state__body=w.body("dnrgs")).order_by("-pk").first()
    return found.sha256 if found else ""


def reminding(w: World) -> dict[str, object]:
    person = w.users["controller"].person
    assert person is not None
    person.email = "controller@example.se"
    person.save(update_fields=["email"])
    return {"person": person.pk}


def printing_url(w: World) -> str:
    version = ReportVersion.objects.get(report=world.pack_of(w))
    return reverse("documents:document_download", args=[version.handling.document_id])


def decision(w: World) -> dict[str, object]:
    """What the page of whoever's turn it is would send."""
    from reports.composing.queries import pack_for  # noqa: PLC0415 -- near its one use

    report = Report.objects.get(pk=world.pack_of(w).pk)
    page = pack_for(w.users["ordforande"], report.pk, world.TODAY)
    return {
        "step": report.current_step,
        "sha256": page.sha256,
        "shown": page.shown,
        "comment": "Skriv om inledningen.",
    }


def versioned(**more: object) -> Callable[[World], dict[str, object]]:
    return lambda _world: {"version": 1, **more}


def signing(w: World) -> dict[str, object]:
    document = world.verification_of(w).document
    return {"password": factories.PASSWORD, "sha256": document.sha256}


def dispatching(w: World) -> dict[str, object]:
    return {"receiver": w.body("dnrgs").pk, "way": "email"}


def motion(w: World) -> dict[str, object]:
    return {"mover": w.users["au-ordforande"].person_id, "text": "att uppmana nämnden"}


def loaded(_w: World) -> None:
    """The demo before the walk."""


def submitted(w: World) -> None:
    world.report_outcome(w)
    world.submit_pack(w)


def chairs_turn(w: World) -> None:
    submitted(w)
    world.approve_pack(w, "forvaltningschef")


def handed_over(w: World) -> None:
    world.hand_over_pack(w)


def at_the_meeting(w: World) -> None:
    world.hand_over_pack(w)
    world.send_proposal(w)
    world.write_paragraph(w)


def being_signed(w: World) -> None:
    at_the_meeting(w)
    world.send_for_verification(w, world.paragraph_of(w))


def verified(w: World) -> None:
    being_signed(w)
    world.sign_all(w, world.verification_of(w))


def in_state(to: RoundStateName) -> Callable[[World], None]:
    """The committee's outcomes of the period, taken this far."""

    def stage(w: World) -> None:
        RoundState.objects.filter(body=w.body("dnrgs")).update(state=to)

    stage.__name__ = f"outcomes_{to}"
    return stage


def decides(act: str, *may: str) -> Row:
    return Row(
        act=f"{act} the round",
        url=state_url("rounds:round_change"),
        data=taking(act),
        may=may,
        reads=(*COMMITTEE, "handlaggare"),
    )


STAGES: dict[Callable[[World], None], tuple[Row, ...]] = {
    in_state(RoundStateName.OPEN): (
        Row(
            act="follow who has not reported",
            url=round_url("rounds:round_detail"),
            may=(*COMMITTEE, "handlaggare"),
            otherwise={"outsider": 200},  # of a committee in the same round, and of it alone
        ),
        Row(
            act="see where the committee stands",
            url=state_url("rounds:round_state"),
            may=(*COMMITTEE, "handlaggare"),
        ),
        Row(
            act="remind",
            url=round_url("rounds:round_remind"),
            data=reminding,
            may=("handlaggare",),
            reads=COMMITTEE,
            otherwise={"outsider": 403},
        ),
        Row(
            act="lock the round",
            url=round_url("rounds:round_lock"),
            data=lambda _w: {"which": "all"},
            may=("handlaggare",),
            reads=COMMITTEE,
            otherwise={"outsider": 403},
        ),
    ),
    in_state(RoundStateName.SUBMITTED): (
        decides("approve", "forvaltningschef"),
        decides("return", "forvaltningschef"),
        decides("lock", "handlaggare"),
    ),
    in_state(RoundStateName.LOCKED): (decides("reopen", "handlaggare"),),
    loaded: (
        Row(
            act="enter outcomes",
            url=grid_url,
            data=versioned(),
            may=("controller",),
            reads=("forvaltningschef", "ordforande", "lasare"),
        ),
        Row(
            act="enter amounts",
            url=state_url("economy:entry_grid"),
            data=versioned(),
            may=("controller",),
            reads=("forvaltningschef", "ordforande", "lasare"),
        ),
        Row(
            act="enter results of controls",
            url=state_url("internal_control:entry_grid"),
            data=versioned(),
            may=("controller",),
            reads=("forvaltningschef", "ordforande", "lasare"),
        ),
        Row(
            act="write the pack",
            url=section_url("reports:section_save"),
            data=versioned(text="Ny text"),
            may=("controller",),
        ),
        Row(
            act="submit the pack",
            url=report_url("reports:pack_submit"),
            data=versioned(),
            may=("controller",),
        ),
        Row(act="read the draft", url=report_url("reports:pack_detail"), may=("controller",)),
        Row(
            act="write the proposal",
            url=dialogue_row("dialogues:proposal_edit", lambda w: world.proposal_of(w).pk),
            data=versioned(),
            may=("handlaggare",),
            reads=("sekreterare", "registrator", *CHIEFS),
            otherwise={"handlaggare": 422},  # let in, and told that the form is empty
            actors=(*ACTORS, *CHIEFS),
        ),
        Row(
            act="read the proposal",
            url=dialogue_row("dialogues:proposal_detail", lambda w: world.proposal_of(w).pk),
            may=("handlaggare", "sekreterare", "registrator", *CHIEFS),
            actors=(*ACTORS, *CHIEFS),
        ),
        Row(
            act="approve the proposal",
            url=dialogue_row("dialogues:proposal_approve", lambda w: world.proposal_of(w).pk),
            data=versioned(),
            may=CHIEFS,
            reads=("handlaggare", "sekreterare", "registrator"),
            actors=(*ACTORS, *CHIEFS),
        ),
        Row(
            act="keep the meeting",
            url=dialogue_row("dialogues:meeting_detail", lambda w: world.meeting_of(w).pk),
            data=versioned(),
            may=("sekreterare",),
            reads=(*BOARD, OVERSEER),
            otherwise={"sekreterare": 422},  # the same
        ),
    ),
    submitted: (
        Row(
            act="read the submitted draft",
            url=report_url("reports:pack_detail"),
            may=("controller", *CHAIN),
        ),
        Row(
            act="comment",
            url=section_url("reports:section_comment"),
            data=lambda _w: {"version": 0, "text": "Bra"},
            may=CHAIN,
            reads=("controller",),
        ),
        Row(
            act="approve out of turn",
            url=report_url("reports:pack_approve"),
            data=decision,
            may=("forvaltningschef",),
            reads=("controller",),
            otherwise={"ordforande": 409},
        ),
        Row(
            act="send back",
            url=report_url("reports:pack_return"),
            data=decision,
            may=("forvaltningschef",),
            reads=("controller",),
            otherwise={"ordforande": 409},
        ),
    ),
    chairs_turn: (
        Row(
            act="approve and hand over",
            url=report_url("reports:pack_approve"),
            data=decision,
            may=("ordforande",),
            reads=("controller",),
            otherwise={"forvaltningschef": 409},
        ),
    ),
    handed_over: (
        Row(
            act="read the handed-over pack",
            url=version_url("reports:version_detail"),
            may=READERS,
        ),
        Row(act="read its PDF", url=printing_url, may=READERS),
        Row(
            act="receive it",
            url=version_url("reports:version_receive"),
            data=versioned(),
            may=("handlaggare",),
            reads=READERS,
        ),
        Row(
            act="ask for a completion",
            url=version_url("reports:version_request_completion"),
            data=versioned(reason="Fotnoten saknas"),
            may=("handlaggare",),
            reads=READERS,
        ),
        Row(
            act="write a private note",
            url=version_url("reports:version_note"),
            data=versioned(text="Fråga om sjukfrånvaron"),
            may=READERS,
        ),
    ),
    at_the_meeting: (
        Row(
            act="read the sent proposal",
            url=dialogue_row("dialogues:proposal_detail", lambda w: world.proposal_of(w).pk),
            may=BOARD,
        ),
        Row(
            act="read the paragraph's draft",
            url=dialogue_row("dialogues:paragraph_edit", lambda w: world.paragraph_of(w).pk),
            may=("sekreterare",),
        ),
        Row(
            act="note a motion",
            url=dialogue_row("dialogues:motion_add", lambda w: world.paragraph_of(w).pk),
            data=motion,
            may=("sekreterare",),
        ),
        Row(
            act="send for verification",
            url=dialogue_row("dialogues:verification_send", lambda w: world.meeting_of(w).pk),
            data=lambda w: {"paragraph": world.paragraph_of(w).pk},
            may=("sekreterare",),
            reads=(*BOARD, OVERSEER),
        ),
    ),
    being_signed: (
        Row(
            act="sign",
            url=dialogue_row("dialogues:verification_sign", lambda w: world.verification_of(w).pk),
            data=signing,
            may=SIGNERS,
        ),
        Row(
            act="decline",
            url=dialogue_row(
                "dialogues:verification_decline", lambda w: world.verification_of(w).pk
            ),
            data=lambda _w: {"comment": "Punkt 2 stämmer inte"},
            may=SIGNERS,
        ),
        Row(
            act="read what is being signed",
            url=dialogue_row("dialogues:paragraph_detail", lambda w: world.paragraph_of(w).pk),
            may=SIGNERS,
        ),
    ),
    verified: (
        Row(
            act="read the verified paragraph",
            url=dialogue_row("dialogues:paragraph_detail", lambda w: world.paragraph_of(w).pk),
            may=READERS,
        ),
        Row(
            act="follow its thread",
            url=dialogue_row("desk:thread", lambda w: world.paragraph_of(w).pk),
            may=READERS,
        ),
        Row(
            act="dispatch",
            url=dialogue_row("dialogues:paragraph_dispatch", lambda w: world.paragraph_of(w).pk),
            data=dispatching,
            may=("sekreterare",),
            reads=READERS,
        ),
        Row(
            act="export",
            url=dialogue_row("dialogues:paragraph_export", lambda w: world.paragraph_of(w).pk),
            data=versioned(),
            may=("registrator",),
            reads=READERS,
        ),
    ),
}


@pytest.fixture
def region(made_world, db) -> World:
    made = world.read_again(made_world)
    made.users["outsider"] = outsider(made)
    made.users[OVERSEER] = factories.make_user(
        made.organisation, OVERSEER, roles={Role.OVERSEER: made.body("rs")}
    )
    return made


def outsider(w: World) -> User:
    """Controller of another committee in the same region."""
    return factories.make_user(
        w.organisation, "outsider", roles={Role.CONTROLLER: w.body("dn-narsjukvard")}
    )


def status(w: World, row: Row, actor: str) -> int:
    client = Client()
    client.force_login(w.users[actor])
    with rolled_back():
        if row.data is None:
            return client.get(row.url(w)).status_code
        return client.post(row.url(w), row.data(w)).status_code


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_who_may_do_what(stage, region):
    stage(region)

    wrong = [
        f"{row.act}: {actor} got {answer}, expected {sorted(row.expected(actor))}"
        for row in STAGES[stage]
        for actor in row.actors
        if (answer := status(region, row, actor)) not in row.expected(actor)
    ]

    assert wrong == []


def test_every_reader_has_notes_of_their_own(region):
    handed_over(region)
    url = version_url("reports:version_note")(region)
    client = Client()
    client.force_login(region.users["ledamot"])

    client.post(url, {"version": 1, "text": "Bara för mina ögon"})

    seen = []
    for actor in READERS:
        other = Client()
        other.force_login(region.users[actor])
        page = other.get(version_url("reports:version_detail")(region)).content.decode()
        if "Bara för mina ögon" in page:
            seen.append(actor)
    assert seen == ["ledamot"]


def test_administrator_sees_no_content_even_with_a_mandate(region):
    verified(region)
    administrator = region.users["systemadministrator"]
    assert administrator.person is not None
    factories.make_mandate(administrator.person, region.body("dnrgs"), Role.CONTROLLER)
    factories.make_mandate(administrator.person, region.body("rsau"), Role.SECRETARY)

    seen = {
        row.act: answer
        for row in (*STAGES[verified], *STAGES[handed_over][:2])
        if (answer := status(region, row, "systemadministrator")) != 404
    }

    assert seen == {}
    assert Document.objects.exists()
