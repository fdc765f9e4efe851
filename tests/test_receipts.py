"""Every decision ends in one line: what happened, to whom it went, what comes next. Every transition
of every table is taken through its page."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from dialogues.proposals.actions.proposals import approve_proposal
from documents.models import Event
from documents.queries import telling_of, told_of_event
from governance.states import StateTable
from rounds.enums import APPROVE, HAND_IN, LOCK, REOPEN, RETURN
from rounds.models import RoundState
from tests import factories, world
from tests.architecture.house import FLOORS
from tests.test_permission_matrix import (
    at_the_meeting,
    being_signed,
    chairs_turn,
    decision,
    dialogue_row,
    handed_over,
    loaded,
    report_url,
    signing,
    state_url,
    submitted,
    taking,
    version_url,
)
from tests.world import World

TABLES = {
    name: table
    for app in FLOORS
    if find_spec(f"{app}.states")
    for name, table in vars(import_module(f"{app}.states")).items()
    if isinstance(table, StateTable)
}


def outcomes(*acts: str) -> Callable[[World], None]:
    """The committee's period, taken this far."""
    by = {HAND_IN: "controller", APPROVE: "forvaltningschef", LOCK: "handlaggare"}

    def stage(w: World) -> None:
        state = RoundState.objects.get(body=w.body("dnrgs"))
        for act in acts:
            factories.take(state, act, by=w.users[by[act]])

    return stage


def chiefs(number: int) -> Callable[[World], None]:
    """So many of the two chiefs have approved the proposal."""

    def stage(w: World) -> None:
        for chief in world.proposal_of(w).chiefs.order_by("position")[:number]:
            proposal = world.proposal_of(w)
            approve_proposal(proposal=proposal, by=chief.person.user, seen=proposal.version)

    return stage


def signed_by_two(w: World) -> None:
    being_signed(w)
    client = Client()
    for account in ("sekreterare", "au-ordforande"):
        client.force_login(w.users[account])
        client.post(verification("sign")(w), signing(w))


def proposal(act: str) -> Callable[[World], str]:
    return dialogue_row(f"dialogues:proposal_{act}", lambda w: world.proposal_of(w).pk)


def verification(act: str) -> Callable[[World], str]:
    return dialogue_row(f"dialogues:verification_{act}", lambda w: world.verification_of(w).pk)


def of_proposal(w: World) -> dict[str, object]:
    return {"version": world.proposal_of(w).version}


def of_paragraph(w: World) -> dict[str, object]:
    paragraph = world.paragraph_of(w)
    return {"version": paragraph.version, "paragraph": paragraph.pk}


def of_report(w: World) -> dict[str, object]:
    return {"version": world.pack_of(w).version, "reason": "Ekonomin saknas."}


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One transition as its page is asked for it."""

    by: str
    url: Callable[[World], str]
    data: Callable[[World], dict[str, object]]
    stage: Callable[[World], None] = loaded


def period(act: str, by: str, *before: str) -> Decided:
    url = state_url("rounds:hand_in" if act == HAND_IN else "rounds:round_change")
    return Decided(by=by, url=url, data=taking(act), stage=outcomes(*before))


def commented(_w: World) -> dict[str, object]:
    return {"comment": "Fel datum."}


DECIDED = {
    ("ROUND", HAND_IN): period(HAND_IN, "controller"),
    ("ROUND", APPROVE): period(APPROVE, "forvaltningschef", HAND_IN),
    ("ROUND", RETURN): period(RETURN, "forvaltningschef", HAND_IN),
    ("ROUND", LOCK): period(LOCK, "handlaggare", HAND_IN),
    ("ROUND", REOPEN): period(REOPEN, "handlaggare", HAND_IN, APPROVE),
    ("REPORT", "submit"): Decided(
        by="controller", url=report_url("reports:pack_submit"), data=of_report
    ),
    ("REPORT", "endorse"): Decided(
        by="forvaltningschef",
        url=report_url("reports:pack_approve"),
        data=decision,
        stage=submitted,
    ),
    ("REPORT", "approve"): Decided(
        by="ordforande", url=report_url("reports:pack_approve"), data=decision, stage=chairs_turn
    ),
    ("REPORT", "return"): Decided(
        by="ordforande", url=report_url("reports:pack_return"), data=decision, stage=chairs_turn
    ),
    ("REPORT", "start"): Decided(
        by="controller",
        url=report_url("reports:pack_new_version"),
        data=of_report,
        stage=handed_over,
    ),
    ("REPORT", "receive"): Decided(
        by="handlaggare",
        url=version_url("reports:version_receive"),
        data=of_report,
        stage=handed_over,
    ),
    ("REPORT", "complete"): Decided(
        by="handlaggare",
        url=version_url("reports:version_request_completion"),
        data=of_report,
        stage=handed_over,
    ),
    ("PROPOSAL", "endorse"): Decided(
        by="regiondirektor", url=proposal("approve"), data=of_proposal
    ),
    ("PROPOSAL", "approve"): Decided(
        by="ekonomidirektor", url=proposal("approve"), data=of_proposal, stage=chiefs(1)
    ),
    ("PROPOSAL", "reopen"): Decided(
        by="handlaggare", url=proposal("reopen"), data=of_proposal, stage=chiefs(2)
    ),
    ("PROPOSAL", "send"): Decided(
        by="handlaggare", url=proposal("send"), data=of_proposal, stage=chiefs(2)
    ),
    ("PARAGRAPH", "strike"): Decided(
        by="sekreterare",
        url=dialogue_row("dialogues:paragraph_strike", lambda w: world.paragraph_of(w).pk),
        data=of_paragraph,
        stage=at_the_meeting,
    ),
    ("PARAGRAPH", "send"): Decided(
        by="sekreterare",
        url=dialogue_row("dialogues:verification_send", lambda w: world.meeting_of(w).pk),
        data=of_paragraph,
        stage=at_the_meeting,
    ),
    ("VERIFICATION", "sign"): Decided(
        by="justerare", url=verification("sign"), data=signing, stage=being_signed
    ),
    ("VERIFICATION", "decline"): Decided(
        by="justerare", url=verification("decline"), data=commented, stage=being_signed
    ),
    ("VERIFICATION", "verify"): Decided(
        by="justerare", url=verification("sign"), data=signing, stage=signed_by_two
    ),
}
WHOSE = {
    "ROUND": "rounds.RoundState",
    "REPORT": "reports.Report",
    "PROPOSAL": "dialogues.Proposal",
    "PARAGRAPH": "dialogues.Verification",
    "VERIFICATION": "dialogues.Verification",
}
# The paragraphs follow their verification, which answers for them.
ALONG = {("PARAGRAPH", "decline"), ("PARAGRAPH", "verify")}


@pytest.fixture
def region(made_world, db) -> World:
    return world.read_again(made_world)


def test_every_transition_that_is_no_typing_is_walked():
    acts = {(name, act.name) for name, table in TABLES.items() for act in table.transitions}
    typing = {("REPORT", "write"), ("REPORT", "comment"), ("PROPOSAL", "change")}

    assert acts - typing - {("PARAGRAPH", "change")} == {*DECIDED, *ALONG}


@pytest.mark.parametrize(("table", "act"), DECIDED, ids=" ".join)
def test_a_decision_ends_in_one_line(table, act, region):
    decided, states = DECIDED[table, act], TABLES[table]
    decided.stage(region)
    before = Event.objects.count()
    client = Client()
    client.force_login(region.users[decided.by])

    response = client.post(decided.url(region), decided.data(region))

    (line,) = [str(message) for message in get_messages(response.wsgi_request)]
    events = list(Event.objects.order_by("pk")[before:])
    assert f" {states.named(act).done}. " in line
    assert line.endswith(states.named(act).then)
    assert len(events) == (telling_of(WHOSE[table], act) is not None)
    for event in events:
        told = told_of_event(event)
        assert told
        assert region.users[decided.by] not in told
        assert all(str(user) in line for user in told[:2])
