"""Reports as they stand: gathered live, listed with whom they wait for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Prefetch
from django.http import Http404

from governance.enums import Light
from governance.history import HistoryEntry, history_of
from governance.models import Body, User
from governance.permissions import held_roles, require, row_for
from governance.rules import Invalid, Refusal
from reports import permissions
from reports.blocks.content import PackContent, SectionContent, encode, sha256_of
from reports.blocks.kinds import read_fields
from reports.blocks.outcomes import PrintedOutcome, printed_outcomes
from reports.builders.block_periods import year_of
from reports.builders.report import gather
from reports.clearance.queries.versions import (
    HandedOver,
    latest_handed_over,
    live_reports,
    report_status,
    wrapped,
)
from reports.clearance.rules import Step, definite, next_step, step_state
from reports.composing.rules import text_field
from reports.enums import ActKind, ReportState
from reports.models import (
    BlockPeriod,
    BlockSpec,
    ClearanceAct,
    DraftPrint,
    Report,
    ReportVersion,
    Section,
    SectionComment,
    TemplateBlock,
)
from reports.states import REPORT
from rounds.queries.states import not_handed_in
from rounds.rules.approving import counted, worst_first
from targets.outcomes.queries.figures import comments_of, indicator_by_key
from targets.plans.queries.plans import has_goal


def get_report_for(user: User, pk: int, today: date, *, write: bool = False) -> Report:
    """The report whose draft the user may read; with write, the controller's alone."""
    report = live_reports().filter(pk=pk).first()
    if report is None or not permissions.may_read_draft(user, report, today):
        raise _denied(user, report, today)
    require(not write or permissions.may_write(user, report, today))
    return report


def version_instead(user: User, pk: int, today: date) -> ReportVersion | None:
    """The handed-over version to show the user in the draft's place; None where the draft stands."""
    report = Report.objects.select_related("body").filter(pk=pk).first()
    if report is None or permissions.access_to_versions(user, report, today) is None:
        return None
    if report.is_approved or not permissions.may_read_draft(user, report, today):
        return latest_handed_over(report)
    return None


def opens_pack(user: User, pk: int, today: date) -> object:
    """As the pack's address answers: the draft, or the version in its place. Else 404 or 403."""
    return version_instead(user, pk, today) or get_report_for(user, pk, today)


def get_report_to_clear(user: User, pk: int, today: date) -> Report:
    """The report for those of its approval chain: comment, send back, approve."""
    report = get_report_for(user, pk, today)
    require(permissions.may_clear(user, report, today))
    return report


def get_section_for(user: User, pk: int, today: date, *, clear: bool = False) -> Section:
    """The section, for its controller to write or for the chain to comment."""
    section = row_for(Section.objects.all(), pk)
    fetch = get_report_to_clear if clear else get_report_for
    section.report = fetch(user, section.report_id, today)
    require(clear or permissions.may_write(user, section.report, today))
    return section


def last_change(section: Section) -> HistoryEntry | None:
    """Who wrote the section's text last, as its report's history tells it."""
    field = text_field(section.heading)
    return next((each for each in history_of(section.report) if each.field == field), None)


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
    not_handed_in: tuple[str, ...]
    outcomes: tuple[PrintedOutcome, ...]

    @property
    def counted(self) -> str:
        return counted(self.outcomes)

    @cached_property
    def sha256(self) -> str:
        return sha256_of(self.encoded)

    @cached_property
    def shown(self) -> str:
        return wrapped(self.encoded)

    @property
    def buttons(self) -> Mapping[str, str]:
        return REPORT.buttons(self.report.state)

    @property
    def is_editable(self) -> bool:
        return self.may_write and REPORT.allows("write", self.report.state)

    @property
    def unsent(self) -> int:
        return sum(bool(section.comment and section.comment.text) for section in self.sections)

    @property
    def last_return(self) -> ClearanceAct | None:
        """Why this version came back, or was asked for, while it is the controller's turn."""
        number = self.report.current_number
        wanted = {(ActKind.RETURNED, number), (ActKind.COMPLETION_REQUESTED, number - 1)}
        if self.report.is_open:
            return next(
                (act for act in reversed(self.acts) if (act.action, act.number) in wanted), None
            )
        return None

    @property
    def last_step(self) -> bool:
        """True when the next approval freezes the version."""
        chain = chain_of(self.report)
        current = self.report.current_step
        return current is not None and next_step(chain, current) is None

    @property
    def last_words(self) -> str:
        """What the last approval does, in plain words."""
        office = self.report.body.organisation.unit_of_office
        return (
            f"{self.report.template.called.capitalize()} blir godkänd version {self.report.current_number} och lämnas över till "
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
    may_decide = current is not None and (report.body_id, current.role) in held_roles(user, today)
    return PackPage(
        report=report,
        content=content,
        encoded=encode(content),
        may_write=permissions.may_write(user, report, today),
        may_clear=may_clear,
        may_decide=may_decide,
        outcomes=commented(content) if may_decide else (),
        sections=tuple(_sections_shown(user, report, content, may_clear=may_clear)),
        steps=tuple(steps_shown(report, acts)),
        acts=acts,
        versions=tuple(report.versions.defer("content").select_related("handling")),
        not_handed_in=not_handed_in(report.body_id, printed_periods(report)),
        draft=report.prints.filter(number=report.current_number).select_related("document").first(),
    )


def commented(content: PackContent) -> tuple[PrintedOutcome, ...]:
    """The indicators that the report prints, the worst first, each with the comment of its value."""
    outcomes = worst_first(printed_outcomes(content))
    comments = comments_of({each.source.id for each in outcomes if each.source})
    return tuple(
        each
        if each.source is None or each.light == Light.SUPPRESSED
        else replace(each, comment=comments.get(each.source.id, ""))
        for each in outcomes
    )


def printed_periods(report: Report) -> set[int]:
    """Ids of the periods whose figures the report prints."""
    printed = BlockPeriod.objects.filter(block__section__report=report)
    return set(printed.values_list("period", flat=True))


def _sections_shown(
    user: User, report: Report, content: PackContent, *, may_clear: bool
) -> Iterator[SectionShown]:
    rows = {row.key: row for row in report.sections.all()}
    comments: dict[int, list[SectionComment]] = defaultdict(list)
    for comment in SectionComment.objects.filter(
        section__report=report, number=report.current_number
    ).select_related("author__person"):
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
        state = step_state(step, state=ReportState(report.state), current=report.current_step)
        act = approvals.get(step.position) if state == "done" else None
        waiting = "Väntar på godkännande" if state == "current" else "Återstår"
        yield StepShown(
            name=f"{'Godkänt' if state == 'done' else 'Godkänns'} av {definite(step.name)}",
            state=state,
            words=f"Godkänt av {act.actor}" if act else waiting,
        )


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
        live_reports()
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
    return live_reports().filter(body=body, key=key).first()


def blocks_of_nothing(
    changed: Sequence[BlockSpec | TemplateBlock], _loaded: object, _by: object
) -> list[tuple[Model, Refusal]]:
    """Of the blocks that a governance file wrote, those narrowed to what is not there."""
    return [
        (block, Invalid(f"{fault} Då visar blocket ingenting."))
        for block in changed
        if (fault := _names_nothing(block))
    ]


def _names_nothing(block: BlockSpec | TemplateBlock) -> str:
    options = read_fields(block.kind, block.options)
    goal, indicator = str(options.get("goal_key", "")), str(options.get("indicator_key", ""))
    if isinstance(block, BlockSpec):
        body, year = block.section.report.body, year_of(block)
        organisation_id = body.organisation_id
        where = f"nämndens planer för {year}" if year else "nämndens planer"
    else:
        body, year, where = None, 0, "organisationen"
        organisation_id = block.section.template.organisation_id
    if goal and not has_goal(organisation_id, goal, body=body, year=year):
        return f"Inget mål har nyckeln ”{goal}” i {where}."
    if indicator and indicator_by_key(organisation_id, indicator) is None:
        return f"Ingen indikator har nyckeln ”{indicator}” i organisationen."
    return ""
