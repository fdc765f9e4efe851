"""Reports as they stand: gathered live, read frozen, listed with who they wait for."""

import base64
import binascii
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404

from governance.enums import Role
from governance.models import Body, User
from governance.permissions import has_any_role, held_roles
from governance.queries import standing_refs
from governance.rules import FigureRef
from reports import blocks, permissions, rules
from reports.blocks import PackContent, SectionContent
from reports.enums import Access, ActKind, ReportState
from reports.gathering import gather
from reports.models import (
    ClearanceAct,
    DraftPrint,
    PrivateNote,
    Report,
    ReportVersion,
    Section,
    SectionComment,
)
from reports.rules import Step, definite

SHOWN_LIMIT = 2_000_000

# What was shown travels in the approving form, so that a difference can be told in words.


def wrapped(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def unwrapped(text: str, sha256: str) -> PackContent | None:
    """The content that was shown; None when the text is not what the hash says."""
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), SHOWN_LIMIT)
        return blocks.decode(data) if blocks.sha256_of(data) == sha256 else None
    except (binascii.Error, zlib.error, ValueError):
        return None


# Frozen versions.


def content_of(version: ReportVersion) -> PackContent:
    """The frozen content, from the very bytes that were hashed."""
    return blocks.decode(bytes(version.content))


def changed_figures(content: PackContent) -> dict[FigureRef, str]:
    """The figures whose rows have another version now, each with the place it stands."""
    places = {ref: place for place, ref in blocks.figure_refs(content)}
    standing = standing_refs(places)
    return {ref: place for ref, place in places.items() if ref not in standing}


def latest_handed_over(report: Report) -> ReportVersion | None:
    """The newest version that has left the committee; freezing hands over at once."""
    return report.versions.order_by("-number").select_related("handling").first()


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """Where a report stands as seen from outside its committee."""

    report_id: int
    version_id: int
    number: int
    handed_over_on: date
    received_at: datetime | None
    completion_requested_at: datetime | None

    @property
    def words(self) -> str:
        if self.completion_requested_at:
            return f"Komplettering begärd (version {self.number})"
        if self.received_at:
            return f"Mottaget (version {self.number})"
        return f"Överlämnat {self.handed_over_on} (version {self.number})"


def report_status(report_ids: Iterable[int]) -> dict[int, HandedOver]:
    """Each report's newest handed-over version; a report without one is *ej inlämnat*."""
    found: dict[int, HandedOver] = {}
    versions = ReportVersion.objects.filter(report_id__in=list(report_ids)).defer("content")
    for version in versions.select_related("handling").order_by("number"):
        found[version.report_id] = HandedOver(
            report_id=version.report_id,
            version_id=version.pk,
            number=version.number,
            handed_over_on=version.handed_over_on,
            received_at=version.handling.received_at,
            completion_requested_at=version.handling.completion_requested_at,
        )
    return found


# Fetching and permission are one act.


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("body__organisation", "template").prefetch_related(
        "template__steps"
    )


def get_report_for(user: User, pk: int, today: date, *, write: bool = False) -> Report:
    """The report whose draft the user may read; with write, the controller's alone."""
    report = _reports().filter(pk=pk).first()
    if report is None or not permissions.may_read_draft(user, report, today):
        raise _denied(user, report, today)
    if write and not permissions.may_write(user, report, today):
        raise PermissionDenied
    return report


def version_instead(user: User, pk: int, today: date) -> ReportVersion | None:
    """The handed-over version to show the user in the draft's place; None where the draft stands."""
    report = Report.objects.select_related("body").filter(pk=pk).first()
    if report is None or permissions.access_to_versions(user, report, today) is None:
        return None
    if report.is_approved or not permissions.may_read_draft(user, report, today):
        return latest_handed_over(report)
    return None


def get_report_to_clear(user: User, pk: int, today: date) -> Report:
    """The report for those of its approval chain: comment, send back, approve."""
    report = get_report_for(user, pk, today)
    if not permissions.may_clear(user, report, today):
        raise PermissionDenied
    return report


def get_section_for(user: User, pk: int, today: date, *, clear: bool = False) -> Section:
    """The section, for its controller to write or for the chain to comment."""
    section = Section.objects.filter(pk=pk).first()
    if section is None:
        raise Http404
    fetch = get_report_to_clear if clear else get_report_for
    section.report = fetch(user, section.report_id, today)
    if not clear and not permissions.may_write(user, section.report, today):
        raise PermissionDenied
    return section


def get_version_for(
    user: User, pk: int, today: date, *, receive: bool = False
) -> tuple[ReportVersion, Access]:
    """A handed-over version; with receive, for the office that receives it."""
    version = ReportVersion.objects.select_related("handling__document").filter(pk=pk).first()
    if version is None:
        raise Http404
    version.report = _reports().get(pk=version.report_id)
    access = permissions.access_to_versions(user, version.report, today)
    if access is None:
        raise Http404
    if receive and access != Access.RECEIVE:
        raise PermissionDenied
    return version, access


def _denied(user: User, report: Report | None, today: date) -> Exception:
    """403 for those who may read what was handed over, else 404: nobody outside sees drafts."""
    if report is None or permissions.access_to_versions(user, report, today) is None:
        return Http404()
    return PermissionDenied() if report.versions.exists() else Http404()


# Pages.


@dataclass(frozen=True, kw_only=True)
class StepShown:
    name: str
    state: str
    words: str


@dataclass(frozen=True, kw_only=True)
class SectionShown:
    """A section on the page: its content, and who may do what with it."""

    row: Section
    content: SectionContent
    comment: SectionComment | None
    sent: tuple[SectionComment, ...]


@dataclass(frozen=True, kw_only=True)
class PackPage:
    """The draft as one reader sees it."""

    report: Report
    content: PackContent
    encoded: bytes
    may_write: bool
    may_clear: bool
    may_decide: bool
    sections: tuple[SectionShown, ...]
    steps: tuple[StepShown, ...]
    acts: tuple[ClearanceAct, ...]
    versions: tuple[ReportVersion, ...]
    draft: DraftPrint | None

    @cached_property
    def sha256(self) -> str:
        return blocks.sha256_of(self.encoded)

    @cached_property
    def shown(self) -> str:
        return wrapped(self.encoded)

    @property
    def is_editable(self) -> bool:
        return self.may_write and self.report.is_open

    @property
    def unsent(self) -> int:
        return sum(bool(section.comment and section.comment.text) for section in self.sections)

    @property
    def last_return(self) -> ClearanceAct | None:
        """Why the draft came back, while it is the controller's turn."""
        wanted = {ActKind.RETURNED, ActKind.COMPLETION_REQUESTED}
        if self.report.is_open:
            return next((act for act in reversed(self.acts) if act.action in wanted), None)
        return None

    @property
    def last_step(self) -> bool:
        """True when the next approval freezes the version."""
        chain = chain_of(self.report)
        current = self.report.current_step
        return current is not None and rules.next_step(chain, current) is None

    @property
    def last_words(self) -> str:
        """What the last approval does, in plain words."""
        office = self.report.body.organisation.unit_of_office
        return (
            f"Underlaget blir godkänd version {self.report.current_number} och lämnas över till "
            f"{office}. Den kan inte ändras efter det; en ändring blir en ny version."
        )

    @property
    def is_outdated(self) -> bool:
        """True when the printed draft shows something else than the page does now."""
        return self.draft is not None and self.draft.content_sha256 != self.sha256


def chain_of(report: Report) -> list[Step]:
    """The approval chain as data, in order."""
    return [
        Step(position=step.position, role=step.role, name=step.get_role_display())
        for step in report.template.steps.all()
    ]


def pack_for(user: User, report_id: int, today: date) -> PackPage:
    """The draft for its controller and, once submitted, those of its approval chain."""
    report = get_report_for(user, report_id, today)
    content = gather(report)
    may_clear = permissions.may_clear(user, report, today)
    current = next((s for s in chain_of(report) if s.position == report.current_step), None)
    acts = tuple(report.acts.all())
    return PackPage(
        report=report,
        content=content,
        encoded=blocks.encode(content),
        may_write=permissions.may_write(user, report, today),
        may_clear=may_clear,
        may_decide=current is not None
        and (report.body_id, current.role) in held_roles(user, today),
        sections=tuple(_sections_shown(user, report, content, may_clear=may_clear)),
        steps=tuple(steps_shown(report, acts)),
        acts=acts,
        versions=tuple(report.versions.defer("content").select_related("handling")),
        draft=report.prints.filter(number=report.current_number).select_related("document").first(),
    )


def _sections_shown(
    user: User, report: Report, content: PackContent, *, may_clear: bool
) -> Iterator[SectionShown]:
    rows = {row.key: row for row in report.sections.all()}
    comments: dict[int, list[SectionComment]] = defaultdict(list)
    for comment in SectionComment.objects.filter(section__report=report).select_related(
        "author__person"
    ):
        comments[comment.section_id].append(comment)
    for section in content.sections:
        row = rows[section.key]
        own = (c for c in comments[row.pk] if c.sent_at is None and c.author_id == user.pk)
        yield SectionShown(
            row=row,
            content=section,
            comment=next(own, None) if may_clear else None,
            sent=tuple(c for c in comments[row.pk] if c.sent_at is not None),
        )


def steps_shown(report: Report, acts: Sequence[ClearanceAct]) -> Iterator[StepShown]:
    """The chain drawn: who has cleared this version, whose turn it is."""
    since = [act for act in acts if act.number == report.current_number]
    submitted = next((act for act in reversed(since) if act.action == ActKind.SUBMITTED), None)
    away = report.is_open
    yield StepShown(
        name="Inlämnat av controllern",
        state="current" if away else "done",
        words="Skrivs nu" if away or submitted is None else f"{submitted.actor}",
    )
    approvals = {act.step: act for act in since if act.action == ActKind.APPROVED}
    for step in chain_of(report):
        state = rules.step_state(step, state=ReportState(report.state), current=report.current_step)
        act = approvals.get(step.position) if state == "done" else None
        waiting = "Väntar på godkännande" if state == "current" else "Återstår"
        yield StepShown(
            name=f"Godkänns av {definite(step.name)}",
            state=state,
            words=f"Godkänt av {act.actor}" if act else waiting,
        )


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """A frozen version as one reader sees it."""

    version: ReportVersion
    report: Report
    content: PackContent
    changed: dict[FigureRef, str]
    access: Access
    is_inside: bool
    may_write: bool
    note: PrivateNote | None
    acts: tuple[ClearanceAct, ...]
    others: tuple[ReportVersion, ...]

    @property
    def may_receive(self) -> bool:
        handling = self.version.handling
        return (
            self.access == Access.RECEIVE
            and handling.received_at is None
            and handling.completion_requested_at is None
        )

    @property
    def may_request(self) -> bool:
        """A completion is asked of the newest version, as long as nobody has started another."""
        return (
            self.access == Access.RECEIVE
            and self.version.handling.completion_requested_at is None
            and self.is_current
        )

    @property
    def is_printed(self) -> bool:
        document = self.version.handling.document
        return document is not None and document.is_ready

    @property
    def is_current(self) -> bool:
        return self.report.is_approved and self.report.current_number == self.version.number

    @property
    def is_superseded(self) -> bool:
        return any(other.number > self.version.number for other in self.others)

    @property
    def may_start_new(self) -> bool:
        return self.may_write and self.is_current


def version_page(user: User, pk: int, today: date) -> VersionPage:
    version, access = get_version_for(user, pk, today)
    report = version.report
    content = content_of(version)
    at_home = permissions.may_write(user, report, today) or permissions.may_clear(
        user, report, today
    )
    return VersionPage(
        version=version,
        report=report,
        content=content,
        changed=changed_figures(content),
        access=access,
        is_inside=has_any_role(user, report.body, today),
        may_write=permissions.may_write(user, report, today),
        note=PrivateNote.objects.filter(report_version=version, author=user).first(),
        acts=tuple(acts_for(version, inside=at_home)),
        others=tuple(report.versions.exclude(pk=version.pk).defer("content")),
    )


OUTSIDE = {ActKind.HANDED_OVER, ActKind.RECEIVED, ActKind.COMPLETION_REQUESTED}


def acts_for(version: ReportVersion, *, inside: bool) -> Iterator[ClearanceAct]:
    """The version's history; what happened before the hand-over stays within the committee."""
    for act in version.report.acts.filter(number=version.number):
        if inside or act.action in OUTSIDE:
            yield act


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A report that waits for one of the user's roles."""

    report: Report
    for_role: Role

    @property
    def is_review(self) -> bool:
        return self.for_role != Role.CONTROLLER


def waiting_for(user: User, today: date) -> list[Waiting]:
    """What the user is to write or clear now, in any of the bodies where the role is held."""
    held = held_roles(user, today)
    found = []
    for report in _reports().filter(body_id__in={body_id for body_id, _role in held}):
        role = _turn(report)
        if role is not None and (report.body_id, role.value) in held:
            found.append(Waiting(report=report, for_role=role))
    return found


def _turn(report: Report) -> Role | None:
    """Whose turn it is; None when the report is approved."""
    if report.is_open:
        return Role.CONTROLLER
    return next((Role(s.role) for s in chain_of(report) if s.position == report.current_step), None)


@dataclass(frozen=True, kw_only=True)
class ListedPack:
    report: Report
    may_open: bool
    latest: HandedOver | None


def packs_of(user: User, today: date) -> list[ListedPack]:
    """The reports of the user's own bodies that the user may open, draft or version."""
    bodies = {body_id for body_id, _role in held_roles(user, today)}
    submitted = ClearanceAct.objects.filter(action=ActKind.SUBMITTED)
    reports = list(
        _reports()
        .filter(body_id__in=bodies)
        .prefetch_related(Prefetch("acts", queryset=submitted, to_attr="submissions"))
    )
    status = report_status(report.pk for report in reports)
    listed = []
    for report in reports:
        may_open = permissions.may_write(user, report, today) or (
            permissions.may_clear(user, report, today)
            and any(act.number == report.current_number for act in report.submissions)
        )
        if may_open or report.pk in status:
            listed.append(
                ListedPack(report=report, may_open=may_open, latest=status.get(report.pk))
            )
    return listed


def report_by_key(body: Body, key: str) -> Report | None:
    return _reports().filter(body=body, key=key).first()
