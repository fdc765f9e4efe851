"""What is told of a marked row in its owner's history is hidden there too."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db.models import Model
from django.urls import reverse

from dialogues.meetings.actions import add_motion
from dialogues.models import ProposalPoint
from dialogues.proposals.actions.proposals import save_proposal
from dialogues.proposals.rules import Point
from governance.actions import READ, LegalGround, lift_mark, mark_secret
from governance.declarations import Secret, table_of, tables
from governance.history import history_of
from governance.models import SecrecyMark, User
from reports.composing.actions import save_section_text
from targets.enums import Horizon
from targets.indicators.actions.indicators import (
    WantedTarget,
    add_definition,
    set_categories,
    set_targets,
)
from targets.models import Category, Target
from targets.outcomes.actions.evidence import add_evidence
from tests.dialogues import factories as dialogues
from tests.factories import TODAY
from tests.reports import factories as reports
from tests.targets import factories as targets

CANARY = "Reservkraften i kulvert 7 står olåst"
NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def indicator(org, committee):
    return targets.make_indicator(org, "beredskap", body=committee)


@pytest.fixture
def meeting_of(org, working_committee, board, committee, secretary, presiding, controller):
    signers = dialogues.Signers(secretary=secretary, presiding=presiding, verifier=controller)
    return lambda: (
        dialogues.make_dialogue(board, working_committee, committee),
        dialogues.make_meeting(working_committee, signers),
    )


@pytest.fixture
def told(committee, period, round_state, indicator, controller, secretary, presiding, meeting_of):
    """By table, a row whose text was told in its owner's history."""

    def section() -> Model:
        pack = reports.make_report(committee, reports.make_template(committee.organisation))
        row = reports.make_section(pack, "lage")
        save_section_text(section=row, text=CANARY, seen=row.version, by=controller)
        return row

    def motion() -> Model:
        dialogue, meeting = meeting_of()
        paragraph = dialogues.make_paragraph(meeting, dialogue, secretary)
        return add_motion(paragraph=paragraph, mover=presiding.person, text=CANARY, by=secretary)

    def point() -> Model:
        proposal = dialogues.make_proposal(meeting_of()[0])
        save_proposal(
            proposal=proposal,
            values={},
            points=[Point(key="las", text=CANARY)],
            chiefs=[],
            by=controller,
            seen=proposal.version,
        )
        return ProposalPoint.objects.get(proposal=proposal, key="las")

    def definition() -> Model:
        return add_definition(
            indicator=indicator, text=CANARY, valid_from=None, seen=indicator.version, by=controller
        )

    def category() -> Model:
        set_categories(
            indicator=indicator, names=[(0, CANARY)], seen=indicator.version, by=controller
        )
        return Category.objects.get(indicator=indicator)

    def target() -> Model:
        place = targets.make_place(targets.make_plan(committee), indicator)
        Target.objects.filter(planned_indicator=place).delete()
        wanted = [WantedTarget(horizon=Horizon.YEAR, text=CANARY, seen=0)]
        set_targets(place=place, wanted=wanted, by=controller)
        return Target.objects.get(planned_indicator=place)

    def evidence() -> Model:
        return add_evidence(
            indicator=indicator,
            unit=targets.make_outcome(indicator, committee, period, "57.3").unit,
            period=period,
            name=f"{CANARY}.pdf",
            data=b"%PDF-1",
            by=controller,
            today=TODAY,
            now=NOW,
        )

    return {
        "reports.Section": section,
        "dialogues.FloorMotion": motion,
        "dialogues.ProposalPoint": point,
        "targets.Definition": definition,
        "targets.Category": category,
        "targets.Target": target,
        "targets.Evidence": evidence,
    }


TOLD_ELSEWHERE = [
    "reports.Section",
    "dialogues.FloorMotion",
    "dialogues.ProposalPoint",
    "targets.Definition",
    "targets.Category",
    "targets.Target",
    "targets.Evidence",
]


def test_every_table_told_in_another_history_is_tried():
    said = [t.label for t in tables() if isinstance(t.secret, Secret) and t.secret.told]
    assert sorted(said) == sorted(TOLD_ELSEWHERE)


@pytest.mark.parametrize("label", TOLD_ELSEWHERE)
def test_history_of_the_owner_hides_what_it_told_of_a_marked_row(
    label: str, told: dict[str, Callable[[], Model]], controller
):
    row = told[label]()
    owner = getattr(row, table_of(type(row)).owner)
    before = history_of(owner, is_open=True)
    assert CANARY in repr(before)

    mark = marked(row, controller)

    assert CANARY not in repr(history_of(owner, is_open=True))
    mark = SecrecyMark.objects.get(pk=mark.pk)
    lift_mark(mark=mark, seen=mark.version, by=controller, today=TODAY)
    assert repr(history_of(owner, is_open=True)) == repr(before)


def marked(row: Model, by: User) -> SecrecyMark:
    return mark_secret(
        row=row,
        ground=LegalGround(law="offentlighets- och sekretesslagen", chapter=18, section="8"),
        reason="Prövas.",
        review_on=date(2027, 3, 10),
        readers=[by.person],
        by=by,
        today=TODAY,
    )


def test_reading_a_withheld_file_is_noted_like_reading_the_mark(client, told, controller):
    row = told["targets.Evidence"]()
    mark = marked(row, controller)
    client.force_login(controller)

    answer = client.get(reverse("targets:evidence_download", args=[row.pk]))

    assert answer.status_code == 200
    assert [each.actor for each in history_of(mark) if each.new == READ] == [str(controller)]
