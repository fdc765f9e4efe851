"""The control plan as a grid: areas by period, and what remains to do."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from governance.enums import Light, ScaleKind
from governance.models import Body, Period, ScaleLevel, User
from governance.permissions import can_read_figures
from governance.queries import Marked, ids_in, scale_levels
from governance.rules import WITHHELD, FigureRef, FiguresPage
from internal_control.models import ControlArea, ControlPlan, ControlResult
from rounds.contributions import HandedInRow
from rounds.models import RoundState

PART = "internal_control"
RESULT, ACTION = "internal_control.ControlResult", "internal_control.RemainingAction"
NOT_REPORTED = "Ej rapporterat"
WITHOUT_LEVEL = {None: NOT_REPORTED, False: "Inte utförd", True: "Utförd, resultat saknas"}


@dataclass(frozen=True, kw_only=True)
class ControlOutcome:
    """One area at one period: was its control performed, and in ``level``'s words the result."""

    period: str
    performed: bool | None
    level: str
    tone: Light
    comment: str
    note: str
    source: FigureRef | None


@dataclass(frozen=True, kw_only=True)
class ControlAreaRow:
    id: int
    key: str
    name: str
    question: str
    cells: tuple[ControlOutcome, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ControlGridData:
    """``plan_id`` is None, and ``areas`` empty, when the body has no plan that year."""

    plan_id: int | None
    plan_name: str
    year: int
    periods: tuple[str, ...]
    areas: tuple[ControlAreaRow, ...]

    @property
    def has_actions(self) -> bool:
        return any(area.actions for area in self.areas)


def control_plan_for(body: Body, year: int) -> ControlPlan | None:
    return ControlPlan.objects.filter(body=body, year=year).order_by("key").first()


def control_grid(*, body: Body, year: int, periods: Sequence[Period]) -> ControlGridData:
    """The body's control plan of the year at the periods, in the order they are given."""
    plan = control_plan_for(body, year)
    areas = (
        ControlArea.objects.filter(plan=plan).prefetch_related("remaining_actions")
        if plan
        else ControlArea.objects.none()
    )
    results = {
        (result.area_id, result.period_id): result
        for result in ControlResult.objects.filter(
            area__plan=plan, period__in=list(periods)
        ).select_related("level")
    }
    return ControlGridData(
        plan_id=plan.pk if plan else None,
        plan_name=plan.name if plan else "",
        year=year,
        periods=tuple(period.short_name for period in periods),
        areas=tuple(
            ControlAreaRow(
                id=area.pk,
                key=area.key,
                name=area.name,
                question=area.question,
                cells=tuple(_cell(period, results.get((area.pk, period.pk))) for period in periods),
                actions=tuple(action.text for action in area.remaining_actions.all()),
            )
            for area in areas
        ),
    )


def _cell(period: Period, result: ControlResult | None) -> ControlOutcome:
    level, row = result.level if result else None, result or ControlResult()
    word = level.name if level else WITHOUT_LEVEL[row.performed]
    tone = Light(level.tone) if level else Light.NO_OUTCOME
    return ControlOutcome(
        period=period.short_name,
        performed=row.performed,
        level=WITHHELD if row.is_withheld else word,
        tone=Light.NOT_APPLICABLE if row.is_withheld else tone,
        comment=row.comment,
        note="" if row.is_withheld else row.note,
        source=FigureRef(
            model="internal_control.ControlResult", id=result.pk, version=result.version
        )
        if result
        else None,
    )


def reported_periods(plan: ControlPlan) -> list[Period]:
    """The periods at which something in the plan is reported, in time order."""
    return list(
        Period.objects.filter(
            pk__in=ControlResult.objects.filter(area__plan=plan).values("period_id")
        ).order_by("ends_on", "starts_on", "key")
    )


def filled_in_periods(state: RoundState) -> list[Period]:
    """The state's own period last, before it those of the year that have a round or results."""
    own = state.reporting_round.period
    states = RoundState.objects.filter(body=state.body).select_related("reporting_round")
    asked = [each.reporting_round.period_id for each in states if each.reporting_round.asks(PART)]
    results = ControlResult.objects.filter(area__plan__body=state.body).values("period")
    earlier = Q(ends_on__year=own.ends_on.year, ends_on__lt=own.ends_on)
    found = Q(pk=own.pk) | earlier & (Q(pk__in=asked) | Q(pk__in=results))
    return list(Period.objects.filter(found).order_by("ends_on", "key"))


def result_levels(body: Body, year: int) -> Mapping[str, object]:
    """What a result may be in the year, by id as text: levels of the kind, any that was used, and
    none."""
    held = scale_levels(body.organisation_id, ScaleKind.CONTROL_RESULT, year)
    ours = Q(pk__in=held.order_by().values("pk"))
    results = ControlResult.objects.filter(area__plan__body=body, area__plan__year=year)
    used = Q(pk__in=results.values("level"))
    found = ScaleLevel.objects.filter(ours | used).order_by("scale", "position")
    return {"": None} | {str(each.pk): each for each in found}


def lacks(states: Sequence[RoundState]) -> dict[int, str]:
    """How many areas have no result, per round state; three queries for any number."""
    plans = ControlPlan.objects.filter(body__in={each.body_id for each in states}).order_by("-key")
    of_year = {(each.body_id, each.year): each for each in plans.prefetch_related("areas__results")}
    found = {}
    for state in states:
        period = state.reporting_round.period
        plan = of_year.get((state.body_id, period.ends_on.year))
        areas = [area.results.all() for area in plan.areas.all()] if plan else []
        done = [one for each in areas for one in each if one.period_id == period.pk]
        missing = len(areas) - sum(one.is_reported for one in done)
        found[state.pk] = f"{missing} resultat" if missing else ""
    return found


def get_plan_for(user: User, pk: int, today: date) -> ControlPlan:
    plan = ControlPlan.objects.select_related("body").filter(pk=pk).first()
    if plan is None or not can_read_figures(user, plan.body, today):
        raise Http404
    return plan


def plan_pages(bodies: Iterable[int]) -> Iterator[FiguresPage]:
    """The bodies' control plans, newest year first."""
    for plan in ControlPlan.objects.filter(body__in=list(bodies)).select_related("body"):
        yield FiguresPage(
            url_name="internal_control:plan_detail",
            pk=plan.pk,
            name=plan.name,
            body=plan.body.short_name,
        )


class KeptResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one area; ``row`` is the result's id and version, none where there is none."""

    key: str
    area: str
    question: str
    performed: bool | None = None
    level: str
    tone: Light
    comment: str
    note: str
    row: tuple[int, int] | None
    actions: tuple[str, ...]


class ControlSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The body's control plan of the year with its results of a period, as handed in."""

    schema: int = 1
    plan: str
    period: str
    results: tuple[KeptResult, ...]


def snapshot(body: Body, period: Period) -> bytes:
    grid = control_grid(body=body, year=period.ends_on.year, periods=[period])
    content = ControlSnapshot(
        plan=grid.plan_name,
        period=period.name,
        results=tuple(_kept(area, area.cells[0]) for area in grid.areas),
    )
    return msgspec.json.encode(content, order="deterministic")


def _kept(area: ControlAreaRow, cell: ControlOutcome) -> KeptResult:
    return KeptResult(
        key=area.key,
        area=area.name,
        question=area.question,
        performed=cell.performed,
        level=cell.level,
        tone=cell.tone,
        comment=cell.comment,
        note=cell.note,
        row=(cell.source.id, cell.source.version) if cell.source else None,
        actions=area.actions,
    )


def withhold(data: bytes, marked: Marked) -> bytes:
    """Areas by their key, which stays; what remains to do by its words, which have no other name."""
    found = msgspec.json.decode(data, type=ControlSnapshot)
    areas = ControlArea.objects.filter(pk__in=ids_in(marked, "internal_control.ControlArea"))
    keys, gone = {*areas.values_list("key", flat=True)}, ids_in(marked, RESULT)
    texts = {each.columns["text"] for each in marked if each.model == ACTION}
    results = tuple(
        _withheld(each, is_area=each.key in keys, texts=texts)
        if each.key in keys or (each.row and each.row[0] in gone)
        else msgspec.structs.replace(each, actions=_left(each.actions, texts))
        for each in found.results
    )
    content = msgspec.structs.replace(found, results=results)
    return msgspec.json.encode(content, order="deterministic")


def _left(actions: Sequence[str], texts: Collection[str]) -> tuple[str, ...]:
    return tuple(WITHHELD if text in texts else text for text in actions)


def _withheld(each: KeptResult, *, is_area: bool, texts: Collection[str]) -> KeptResult:
    result = msgspec.structs.replace(
        each, level=WITHHELD, tone=Light.NOT_APPLICABLE, performed=None, comment="", note=""
    )
    if not is_area:
        return msgspec.structs.replace(result, actions=_left(each.actions, texts))
    actions = (WITHHELD,) * len(each.actions)
    return msgspec.structs.replace(result, area=WITHHELD, question="", actions=actions)


def handed_in_rows(data: bytes) -> list[HandedInRow]:
    content = msgspec.json.decode(data, type=ControlSnapshot)
    return [
        HandedInRow(
            name=each.area,
            value="",
            word=each.level,
            light=each.tone,
            comment=" ".join(filter(None, (each.note, each.comment))),
            is_missing=each.level in (WITHOUT_LEVEL[None], WITHOUT_LEVEL[True]),
        )
        for each in content.results
    ]


def has_no_results(body: Body, period: Period) -> bool:
    return not ControlResult.objects.filter(area__plan__body=body, period=period).exists()


def address(state: RoundState) -> str:
    """The page of the year's control plan; "" where the body has none."""
    plan = control_plan_for(state.body, state.reporting_round.period.ends_on.year)
    return reverse("internal_control:entry_grid", args=[state.pk]) if plan else ""
