"""Frozen versions: read, compared with today's rows, and how far each has come."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Model, QuerySet, TextField
from django.http import Http404

from governance.declarations import Secret, table_of
from governance.locks import exclusive
from governance.models import Body, User
from governance.permissions import has_any_role, row_for
from governance.queries import refuse_closed, standing_refs
from governance.rules import FigureRef
from reports import permissions
from reports.blocks.content import PackContent, decode, figure_refs, sha256_of
from reports.enums import Access, ActKind
from reports.models import (
    BlockSpec,
    ClearanceAct,
    DraftPrint,
    PrivateNote,
    Report,
    ReportVersion,
    Section,
    VersionHandling,
)
from reports.states import REPORT

SHOWN_LIMIT = 2_000_000
JSON_BREAKS = re.compile(r'\\n|\\r|\\"|["{}]')
SHORTEST = 3


# What was shown travels in the approving form, so that a difference can be told in words.


def wrapped(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def unwrapped(text: str, sha256: str) -> PackContent | None:
    """The content that was shown; None when the text is not what the hash says."""
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), SHOWN_LIMIT)
        return decode(data) if sha256_of(data) == sha256 else None
    except (binascii.Error, zlib.error, ValueError):
        return None


# Frozen versions.


def content_of(version: ReportVersion) -> PackContent:
    """The frozen content, from the very bytes that were hashed."""
    return decode(bytes(version.content))


def changed_figures(content: PackContent) -> dict[FigureRef, str]:
    """The figures whose rows have another version now, each with the place it stands."""
    places = {ref: place for place, ref in figure_refs(content)}
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


def live_reports() -> QuerySet[Report]:
    return Report.objects.select_related("body__organisation", "template").prefetch_related(
        "template__steps"
    )


def get_version_for(
    user: User, pk: int, today: date, *, receive: bool = False
) -> tuple[ReportVersion, Access]:
    """A handed-over version; with receive, for the office that receives it."""
    version = row_for(ReportVersion.objects.select_related("handling__document"), pk)
    version.report = live_reports().get(pk=version.report_id)
    access = permissions.access_to_versions(user, version.report, today)
    if access is None:
        raise Http404
    if receive and access != Access.RECEIVE:
        raise PermissionDenied
    refuse_closed(user, version)
    return version, access


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
    def buttons(self) -> Mapping[str, str]:
        return REPORT.buttons(self.report.state)

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
        return self.may_write and self.is_current and REPORT.allows("start", self.report.state)


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


# What is kept and holds what is marked secret.


def hold_printings(body: Body) -> None:
    """What is ordered in the same moment has been ordered, or waits and is drawn without."""
    exclusive(Report.objects.filter(body=body))
    exclusive(VersionHandling.objects.filter(report_version__report__body=body))


def kept_with(body: Body, covered: Sequence[Model]) -> Iterator[Model]:
    """The body's versions that hold one of the rows, with their printings, and every printing of a
    draft: those are ordered anew."""
    reports = {row.report_id for row in covered if isinstance(row, Section)}
    reports |= {row.section.report_id for row in covered if isinstance(row, BlockSpec)}
    rows = {(row._meta.label, row.pk) for row in covered}
    lines = {line for row in covered for line in lines_in(row)}
    versions = ReportVersion.objects.filter(report__body=body).select_related("handling__document")
    for version in versions.order_by("pk"):
        refs = {(ref.model, ref.id) for _place, ref in figure_refs(content_of(version))}
        text = bytes(version.content).decode()
        if version.report_id in reports or rows & refs or any(line in text for line in lines):
            yield version
            if version.handling.document:
                yield version.handling.document
    for draft in DraftPrint.objects.filter(report__body=body).select_related("document"):
        yield draft.document


def lines_in(row: Model) -> Iterator[str]:
    """The lines of its secret texts, as they would stand in JSON; a word or two is no text."""
    secret = table_of(type(row)).secret
    names = secret.columns if isinstance(secret, Secret) else ()
    for column in row._meta.concrete_fields:
        is_text = isinstance(column, CharField | TextField) and not column.choices
        if is_text and column.name in names:
            lines = JSON_BREAKS.split(json.dumps(getattr(row, column.name), ensure_ascii=False))
            yield from (line for line in map(str.strip, lines) if len(line) > SHORTEST)
