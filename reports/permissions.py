"""Who may write, clear and read a report. What is not handed over, nobody outside sees."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from django.utils import timezone

from governance.enums import Role
from governance.models import Organisation, User, today_of
from governance.permissions import (
    has_any_role,
    has_role,
    held_roles,
    holds,
    reading_bodies,
    same_organisation,
)
from reports.enums import Access, ActKind
from reports.models import DraftPrint, Report, ReportVersion

ReaderCheck = Callable[[User, Report, date], Access | None]
_readers: list[ReaderCheck] = []


class Printing(Protocol):
    """What is read of a documents.Document."""

    pk: int
    organisation: Organisation


def opens_packs(user: User, today: date) -> bool:
    """A body's own people; the board's come to others' packs from their dialogues."""
    return holds(user, today, board=False) or bool(reading_bodies(user, today, Role.MEMBER))


def register_reader(check: ReaderCheck) -> None:
    """An upper app registers, in AppConfig.ready(), whom a handed-over version reaches."""
    if check not in _readers:
        _readers.append(check)


def may_write(user: User, report: Report, today: date) -> bool:
    """The controller of the body writes, submits and starts a new version."""
    return _at_home(user, report) and has_role(user, report.body, Role.CONTROLLER, today)


def may_clear(user: User, report: Report, today: date) -> bool:
    """Whoever holds a role of the approval chain in the report's own body."""
    chain = {step.role for step in report.template.steps.all()}
    return _at_home(user, report) and any(
        body_id == report.body_id and role in chain for body_id, role in held_roles(user, today)
    )


def may_read_draft(user: User, report: Report, today: date) -> bool:
    """The controller always; those of the chain once this version has been submitted."""
    if may_write(user, report, today):
        return True
    return may_clear(user, report, today) and _was_submitted(report)


def access_to_versions(user: User, report: Report, today: date) -> Access | None:
    """What the user may do with versions that were handed over."""
    if not _at_home(user, report):
        return None
    given = {check(user, report, today) for check in _readers}
    if Access.RECEIVE in given:
        return Access.RECEIVE
    if Access.READ in given or has_any_role(user, report.body, today):
        return Access.READ
    return None


def is_frozen(report: Report) -> bool:
    """A governance file writes nothing in a report that has left the controller's hands."""
    return not report.is_open


def may_read_document(user: User, document: Printing) -> bool:
    """documents asks: does this printing belong to a pack the user may read?"""
    today = today_of(document.organisation, timezone.localdate())
    version = ReportVersion.objects.filter(handling__document_id=document.pk)
    for found in version.select_related("report__body", "report__template"):
        return access_to_versions(user, found.report, today) is not None
    drafts = DraftPrint.objects.filter(document_id=document.pk)
    return any(
        may_read_draft(user, draft.report, today)
        for draft in drafts.select_related("report__body", "report__template")
    )


def _at_home(user: User, report: Report) -> bool:
    return same_organisation(user, report.body.organisation_id)


def _was_submitted(report: Report) -> bool:
    return (
        report.is_submitted
        or report.acts.filter(number=report.current_number, action=ActKind.SUBMITTED).exists()
    )
