import hashlib

import pytest

from governance.models import AuditEntry
from governance.rules import Invalid, Stale
from reports.blocks.content import decode, encode
from reports.builders.report import gather
from reports.clearance import printing
from reports.clearance.actions import (
    approve_report,
    receive_version,
    request_completion,
    return_report,
    save_comment,
    save_note,
    send_comments,
    start_new_version,
    submit_report,
)
from reports.clearance.queries.versions import changed_figures, content_of, latest_handed_over
from reports.clearance.rules import AlreadyDone, Changed, MissingChain, NotYourTurn
from reports.composing.actions import create_report, save_section_text
from reports.composing.queries import pack_for
from reports.composing.rules import NotOpen
from reports.enums import ActKind, ReportState
from reports.models import ClearanceAct, Report, ReportVersion, SectionComment
from tests.factories import TODAY
from tests.reports import factories


def acts(report: Report) -> list[str]:
    return list(report.acts.values_list("action", flat=True))


def test_create_report_copies_the_template(committee, controller):
    template = factories.make_template(committee.organisation)
    parent = template.sections.create(key="a", position=1, heading="A", guidance="Kort.")
    child = template.sections.create(key="b", position=2, heading="B", parent=parent)
    child.blocks.create(key="m", position=1, kind="goal_table")

    report = create_report(
        template=template, body=committee, key="r", name="R", year=2026, by=controller
    )

    first, second = report.sections.all()
    assert (first.heading, first.guidance, first.parent) == ("A", "Kort.", None)
    assert second.parent == first
    assert [(b.kind, b.plan_year) for b in second.blocks.all()] == [("goal_table", 2026)]


def test_text_is_saved_with_its_history(pack, controller):
    section = pack.sections.get(key="inledning")

    save_section_text(section=section, text="Nytt.", seen=1, by=controller)

    section.refresh_from_db()
    row = AuditEntry.objects.get(object_type="reports.Report")
    assert (section.text, section.version) == ("Nytt.", 2)
    assert (row.new, row.actor) == ("Nytt.", str(controller))


def test_text_written_by_somebody_else_is_not_overwritten(pack, controller):
    section = pack.sections.get(key="inledning")
    save_section_text(section=section, text="Först.", seen=1, by=controller)

    with pytest.raises(Stale):
        save_section_text(section=section, text="Sedan.", seen=1, by=controller)

    section.refresh_from_db()
    assert section.text == "Först."


def test_text_is_closed_once_submitted(pack, controller):
    section = pack.sections.get(key="inledning")
    factories.submit(pack, controller)
    section.report = pack

    with pytest.raises(NotOpen):
        save_section_text(section=section, text="Sent.", seen=1, by=controller)


def test_the_chain_is_walked_in_order(pack, controller, head, chair):
    factories.submit(pack, controller)
    assert (pack.state, pack.current_step) == (ReportState.SUBMITTED, 1)

    factories.approve(pack, head)
    assert (pack.state, pack.current_step) == (ReportState.SUBMITTED, 2)

    version = factories.approve(pack, chair)
    assert (pack.state, pack.current_step) == (ReportState.APPROVED, None)
    assert version == latest_handed_over(pack)
    assert acts(pack) == ["submitted", "approved", "approved", "handed_over"]


def test_the_chair_cannot_go_before_the_head(pack, controller, head, chair):
    factories.submit(pack, controller)

    with pytest.raises(NotYourTurn, match="förvaltningschefen"):
        factories.approve(pack, chair)


def test_a_template_without_a_chain_cannot_be_submitted(pack, controller):
    pack.template.steps.all().delete()

    with pytest.raises(MissingChain):
        factories.submit(pack, controller)


def test_frozen_are_the_very_bytes_that_were_hashed(pack, controller, head, chair):
    factories.submit(pack, controller)
    factories.approve(pack, head)
    shown = pack_for(chair, pack.pk, TODAY)

    version = factories.approve(pack, chair)

    version.refresh_from_db()
    assert bytes(version.content) == shown.encoded
    assert version.content_sha256 == shown.sha256
    assert hashlib.sha256(bytes(version.content)).hexdigest() == version.content_sha256
    assert pack.acts.filter(action=ActKind.APPROVED).last().blocks_sha256 == shown.sha256
    assert (version.approved_on, version.approved_by) == (TODAY, str(chair))


def test_version_1_stays_and_a_later_value_is_marked(pack, handed_over, period):
    outcome = factories.outcome_of(period)
    outcome.number, outcome.version = outcome.number + 1, outcome.version + 1
    outcome.save(update_fields=["number", "version"])

    content = content_of(ReportVersion.objects.get(pk=handed_over.pk))

    staff = next(section for section in content.sections if section.key == "medarbetare")
    assert staff.blocks[0].figures[0].value == "6,94"
    assert list(changed_figures(content).values()) == ["Medarbetare: Indikatorn sjukfranvaro-r12"]


def test_nothing_is_marked_before_anything_changes(handed_over):
    assert changed_figures(content_of(handed_over)) == {}


def test_what_was_not_shown_is_not_approved(pack, controller, head, period):
    factories.submit(pack, controller)
    page = pack_for(head, pack.pk, TODAY)
    outcome = factories.outcome_of(period)
    outcome.number, outcome.version = outcome.number + 1, outcome.version + 1
    outcome.save(update_fields=["number", "version"])

    with pytest.raises(Changed) as refused:
        approve_report(
            report=page.report, step=1, sha256=page.sha256, shown=page.shown, by=head, today=TODAY
        )

    assert refused.value.differences == (
        (
            "Medarbetare, Indikatorn sjukfranvaro-r12: ”6,94 % (7,53), mål 7,0, Når målet” "
            "är nu ”7,94 % (7,53), mål 7,0, Når inte målet”."
        ),
    )
    pack.refresh_from_db()
    assert pack.current_step == 1


@pytest.mark.parametrize("shown", ["", "%%%", "aGVq", "eJwDAAAAAAE="])
def test_a_broken_copy_of_what_was_shown_is_still_refused(pack, controller, head, shown):
    factories.submit(pack, controller)

    with pytest.raises(Changed) as refused:
        approve_report(report=pack, step=1, sha256="0" * 64, shown=shown, by=head, today=TODAY)

    assert refused.value.differences == ()


def test_a_second_approval_changes_nothing(pack, controller, head):
    factories.submit(pack, controller)
    page = pack_for(head, pack.pk, TODAY)
    factories.approve(pack, head)

    for seen in (page.report, Report.objects.get(pk=pack.pk)):
        with pytest.raises(AlreadyDone, match="Det är redan gjort: godkänt av Head"):
            approve_report(
                report=seen, step=1, sha256=page.sha256, shown=page.shown, by=head, today=TODAY
            )

    assert acts(pack) == ["submitted", "approved"]


def test_a_second_submission_changes_nothing(pack, controller):
    factories.submit(pack, controller)

    with pytest.raises(AlreadyDone):
        submit_report(report=pack, seen=1, by=controller, today=TODAY)

    assert acts(pack) == ["submitted"]


def test_sending_back_says_why_and_sends_the_comments(pack, controller, head):
    factories.submit(pack, controller)
    section = pack.sections.get(key="inledning")
    save_comment(section=section, text="Oklart.", seen=0, by=head)

    return_report(report=pack, step=1, comment=" Rätta. ", by=head, today=TODAY)

    assert pack.state == ReportState.RETURNED
    assert pack.acts.last().comment == "Rätta."
    assert SectionComment.objects.get().sent_at is not None


def test_sending_back_without_words_is_refused(pack, controller, head):
    factories.submit(pack, controller)

    with pytest.raises(Invalid):
        return_report(report=pack, step=1, comment="  ", by=head, today=TODAY)

    pack.refresh_from_db()
    assert pack.state == ReportState.SUBMITTED


def test_a_comment_is_private_until_sent(pack, controller, head):
    factories.submit(pack, controller)
    section = pack.sections.get(key="inledning")
    save_comment(section=section, text="Oklart.", seen=0, by=head)
    before = [shown.sent for shown in pack_for(controller, pack.pk, TODAY).sections]

    send_comments(report=pack, by=head)

    after = [shown.sent for shown in pack_for(controller, pack.pk, TODAY).sections]
    assert set(before) == {()}
    assert [comment.text for comment in after[0]] == ["Oklart."]


def test_a_completion_is_version_2_and_version_1_stays(pack, handed_over, case_officer, controller):
    frozen = bytes(handed_over.content)
    receive_version(version=handed_over, by=case_officer, today=TODAY)

    request_completion(version=handed_over, reason="Ekonomin saknas.", by=case_officer, today=TODAY)

    pack.refresh_from_db()
    handed_over.refresh_from_db()
    assert (pack.state, pack.current_number) == (ReportState.DRAFT, 2)
    assert bytes(handed_over.content) == frozen
    assert handed_over.handling.received_by == str(case_officer)
    assert handed_over.handling.completion_reason == "Ekonomin saknas."
    assert pack_for(controller, pack.pk, TODAY).last_return.comment == "Ekonomin saknas."


def test_what_belongs_to_version_1_does_not_greet_version_2(pack, controller, head, chair):
    factories.submit(pack, controller)
    save_comment(section=pack.sections.get(key="inledning"), text="Oklart.", seen=0, by=head)
    return_report(report=pack, step=1, comment="Skriv om.", by=head, today=TODAY)
    assert pack_for(controller, pack.pk, TODAY).last_return.comment == "Skriv om."
    factories.hand_over(pack, controller=controller, head=head, chair=chair)

    start_new_version(report=pack, by=controller, today=TODAY)

    page = pack_for(controller, pack.pk, TODAY)
    assert page.last_return is None
    assert {shown.sent for shown in page.sections} == {()}


def test_version_2_is_cleared_anew(pack, handed_over, controller, head, chair):
    start_new_version(report=pack, by=controller, today=TODAY)

    second = factories.hand_over(pack, controller=controller, head=head, chair=chair)

    assert second.number == 2
    assert [v.number for v in pack.versions.all()] == [1, 2]
    assert content_of(second).number == 2


def test_a_version_is_received_once(handed_over, case_officer):
    receive_version(version=handed_over, by=case_officer, today=TODAY)

    with pytest.raises(AlreadyDone):
        receive_version(version=handed_over, by=case_officer, today=TODAY)

    assert ClearanceAct.objects.filter(action=ActKind.RECEIVED).count() == 1


def test_a_completion_is_asked_for_once_and_with_words(pack, handed_over, case_officer):
    with pytest.raises(Invalid, match="behöver kompletteras"):
        request_completion(version=handed_over, reason="", by=case_officer, today=TODAY)
    request_completion(version=handed_over, reason="Mer.", by=case_officer, today=TODAY)

    with pytest.raises(AlreadyDone, match="Version 2 är redan påbörjad"):
        request_completion(version=handed_over, reason="M.", by=case_officer, today=TODAY)


def test_a_new_version_is_started_once(pack, handed_over, controller):
    again = Report.objects.get(pk=pack.pk)
    start_new_version(report=pack, by=controller, today=TODAY)

    with pytest.raises(AlreadyDone):
        start_new_version(report=again, by=controller, today=TODAY)

    pack.refresh_from_db()
    assert pack.current_number == 2


def test_a_note_is_kept_and_never_in_the_history(handed_over, member):
    entries = AuditEntry.objects.count()
    note = save_note(version=handed_over, text="Fråga om HME", seen=0, by=member)

    again = save_note(version=handed_over, text="Fråga om OSA", seen=1, by=member)

    assert (again.pk, again.text, again.version) == (note.pk, "Fråga om OSA", 2)
    assert AuditEntry.objects.count() == entries


def test_a_versions_pdf_is_ordered_once_and_carries_the_frozen_bytes(handed_over, chair, reader):
    first = printing.order_version_pdf(version=handed_over, by=chair)
    handed_over.refresh_from_db()

    second = printing.order_version_pdf(version=handed_over, by=reader)

    document = handed_over.handling.document
    assert first == second == document.pk
    assert bytes(document.content) == bytes(handed_over.content)
    assert document.created_stated_at == handed_over.approved_at


def test_the_same_draft_is_printed_once_and_a_changed_one_again(pack, controller):
    first = printing.order_draft_pdf(report=pack, by=controller)
    same = printing.order_draft_pdf(report=pack, by=controller)
    section = pack.sections.get(key="inledning")
    save_section_text(section=section, text="Nytt.", seen=1, by=controller)

    other = printing.order_draft_pdf(report=pack, by=controller)

    assert first == same
    assert other != first


def test_what_a_block_shows_is_named(pack):
    shows = [block.shows for s in gather(pack).sections for block in s.blocks]

    assert shows == [
        "Plan 2026",
        "Helår 2025, jämfört med helår 2024",
        "Plan 2025",
        "Plan 2025",
        "Helår 2025, jämfört med helår 2024",
    ]


def test_gathering_costs_the_same_however_many_sections(
    pack, period, django_assert_max_num_queries
):
    for number in range(20):
        factories.make_section(pack, f"tom-{number}")

    with django_assert_max_num_queries(40):
        content = gather(Report.objects.get(pk=pack.pk))

    assert len(content.sections) == 26
    assert decode(encode(content)) == content
