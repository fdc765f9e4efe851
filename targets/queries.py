"""Goals, outcomes and the entry grid, gathered in a constant number of queries and judged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import Http404

from governance.enums import Light, RoundStateName, ScaleKind
from governance.models import AuditEntry, Body, Period, RoundState, ScaleLevel, Unit, User
from governance.queries import history, period_states, root_unit
from governance.rules import FigureRef, swedish
from targets.enums import Breakdown, Direction, Horizon, OutcomeKind
from targets.models import Goal, Indicator, Outcome, Plan, PlannedIndicator
from targets.permissions import can_read_outcomes, can_read_plan, can_record
from targets.rules import Change, Lock, change, light, lock_reason, parse_target, shown_decimals

LOCKING = {RoundStateName.SUBMITTED, RoundStateName.APPROVED, RoundStateName.LOCKED}
NOT_JUDGED = "Bedöms inte"


@dataclass(frozen=True, kw_only=True)
class GoalIndicator:
    """An indicator's place under a goal: its name and target, no outcome."""

    key: str
    name: str
    unit: str
    target_text: str


@dataclass(frozen=True, kw_only=True)
class GoalData:
    id: int
    key: str
    kind: str
    number: str
    name: str
    indicators: tuple[GoalIndicator, ...]


@dataclass(frozen=True, kw_only=True)
class FocusAreaData:
    """A focus area with its goals; the goals outside every area come under an empty name."""

    key: str
    name: str
    goals: tuple[GoalData, ...]


@dataclass(frozen=True, kw_only=True)
class GoalTableData:
    plan_id: int
    plan_key: str
    plan_name: str
    year: int
    areas: tuple[FocusAreaData, ...]

    @property
    def goal_count(self) -> int:
        return sum(len(area.goals) for area in self.areas)

    @property
    def indicator_count(self) -> int:
        return sum(len(goal.indicators) for area in self.areas for goal in area.goals)


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """One indicator at one period, printed and judged. ``value`` is "" when there is no number
    or text to print; then ``light`` says which of the four blanks it is."""

    key: str
    name: str
    group: str
    unit: str
    help: str
    target_text: str
    target_words: str
    target_note: str
    period: str
    value: str
    previous_period: str
    previous: str
    change: Change | None
    light: Light
    light_word: str
    kind: OutcomeKind | None
    is_stated: bool
    is_carried_forward: bool
    comment: str
    source: FigureRef | None
    previous_source: FigureRef | None

    @property
    def change_text(self) -> str:
        return self.change.in_words if self.change else ""

    @property
    def has_target(self) -> bool:
        return self.target_text != ""


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """A row of the entry grid; ``id`` is the indicator's, ``outcome_id`` None before the first."""

    id: int
    outcome_id: int | None
    version: int
    is_writable: bool
    figure: IndicatorRow
    typed: str
    state: str = "saved"
    error: str = ""
    is_conflict: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    state: RoundState
    body: Body
    period: Period
    rows: tuple[EntryRow, ...]
    lock: str
    may_write: bool

    @property
    def missing(self) -> int:
        return sum(row.figure.light == Light.NO_OUTCOME for row in self.rows)

    @property
    def is_open(self) -> bool:
        return self.may_write and not self.lock


def plan_for(body: Body, year: int) -> Plan | None:
    """The body's plan of that year (the first by key when it has several)."""
    return Plan.objects.filter(body=body, year=year).order_by("key").first()


def plans_of(body: Body) -> Sequence[Plan]:
    return list(Plan.objects.filter(body=body))


def indicator_by_key(organisation_id: int, key: str) -> Indicator | None:
    return Indicator.objects.filter(organisation_id=organisation_id, key=key).first()


def goal_table(plan: Plan) -> GoalTableData:
    """Focus areas, goals and names of indicators, in the plan's order."""
    goals: dict[int | None, list[GoalData]] = defaultdict(list)
    places = PlannedIndicator.objects.select_related("indicator").prefetch_related("targets")
    for goal in plan.goals.prefetch_related(Prefetch("planned_indicators", queryset=places)):
        goals[goal.focus_area_id].append(_goal_data(goal))
    areas = [
        FocusAreaData(key=area.key, name=area.name, goals=tuple(goals[area.pk]))
        for area in plan.focus_areas.all()
    ]
    if goals[None]:
        areas.append(FocusAreaData(key="", name="", goals=tuple(goals[None])))
    return GoalTableData(
        plan_id=plan.pk,
        plan_key=plan.key,
        plan_name=plan.name,
        year=plan.year,
        areas=tuple(areas),
    )


def _goal_data(goal: Goal) -> GoalData:
    return GoalData(
        id=goal.pk,
        key=goal.key,
        kind=goal.kind,
        number=goal.number,
        name=goal.name,
        indicators=tuple(
            GoalIndicator(
                key=place.indicator.key,
                name=place.indicator.name,
                unit=place.indicator.unit_label,
                target_text=_target(place)[0],
            )
            for place in goal.planned_indicators.all()
        ),
    )


def _target(place: PlannedIndicator | None) -> tuple[str, str]:
    """(text, note) of the target for the year; two empty strings when there is none."""
    for target in place.targets.all() if place else ():
        if target.horizon == Horizon.YEAR:
            return target.text, target.note
    return "", ""


def indicator_rows(
    *, body: Body, period: Period, keys: Sequence[str] | None = None
) -> list[IndicatorRow]:
    """The body's indicators at the period, beside the period it is compared with.

    Without keys: those in the body's plans of the period's year, in plan order. With keys: those,
    in that order, planned or not.
    """
    return [row for _indicator, _outcome, row in _figures(body=body, period=period, keys=keys)]


def entry_rows(*, body: Body, period: Period) -> list[EntryRow]:
    """What the controller fills in; rows held as words or suppressed are shown, not typed over."""
    return [
        EntryRow(
            id=indicator.pk,
            outcome_id=outcome.pk if outcome else None,
            version=outcome.version if outcome else 0,
            is_writable=outcome is None
            or outcome.kind in {OutcomeKind.NUMBER, OutcomeKind.MISSING},
            figure=row,
            typed=row.value,
        )
        for indicator, outcome, row in _figures(body=body, period=period, keys=None)
    ]


def entry_page(user: User, state: RoundState, today: date) -> EntryPage:
    body, period = state.body, state.reporting_round.period
    return EntryPage(
        state=state,
        body=body,
        period=period,
        rows=tuple(entry_rows(body=body, period=period)),
        lock=lock_of(period, body),
        may_write=can_record(user, body, today),
    )


def _figures(
    *, body: Body, period: Period, keys: Sequence[str] | None
) -> list[tuple[Indicator, Outcome | None, IndicatorRow]]:
    places = _places(body, period, keys)
    indicators = _chosen(body, places, keys)
    previous = period.previous
    outcomes = {
        (outcome.indicator_id, outcome.period_id): outcome
        for outcome in Outcome.objects.filter(
            indicator__in=indicators,
            unit=root_unit(body),
            period_id__in=[pk for pk in (period.pk, period.previous_id) if pk],
            breakdown=Breakdown.TOTAL,
        )
    }
    words = light_words(body.organisation_id)
    found = []
    for indicator in indicators:
        outcome = outcomes.get((indicator.pk, period.pk))
        before = outcomes.get((indicator.pk, previous.pk)) if previous else None
        row = _row(
            indicator=indicator,
            place=places.get(indicator.pk),
            period=period,
            outcome=outcome,
            before=before,
            words=words,
        )
        found.append((indicator, outcome, row))
    return found


def _places(body: Body, period: Period, keys: Sequence[str] | None) -> dict[int, PlannedIndicator]:
    """The indicators' first place in the body's plans of the period's year, in plan order."""
    places = PlannedIndicator.objects.filter(plan__body=body, plan__year=period.ends_on.year)
    if keys is not None:
        places = places.filter(indicator__key__in=keys)
    found: dict[int, PlannedIndicator] = {}
    for place in (
        places.select_related("indicator")
        .prefetch_related("targets")
        .order_by("plan__key", "position", "id")
    ):
        found.setdefault(place.indicator_id, place)
    return found


def _chosen(
    body: Body, places: Mapping[int, PlannedIndicator], keys: Sequence[str] | None
) -> list[Indicator]:
    if keys is None:
        return [place.indicator for place in places.values()]
    order = {key: number for number, key in enumerate(keys)}
    own_or_shared = Q(body=None) | Q(body=body)
    return sorted(
        Indicator.objects.filter(
            own_or_shared, organisation_id=body.organisation_id, key__in=list(keys)
        ),
        key=lambda indicator: order[indicator.key],
    )


def light_words(organisation_id: int) -> dict[str, str]:
    """The organisation's words for lights; the enum's own where it has none (wall 8)."""
    levels = ScaleLevel.objects.filter(
        scale__organisation_id=organisation_id, scale__kind=ScaleKind.LIGHT
    ).order_by("scale__key", "position")
    words: dict[str, str] = {str(value): str(label) for value, label in Light.choices}
    words.update({level.tone: level.name for level in levels})
    return words


def _row(
    *,
    indicator: Indicator,
    place: PlannedIndicator | None,
    period: Period,
    outcome: Outcome | None,
    before: Outcome | None,
    words: Mapping[str, str],
) -> IndicatorRow:
    text, note = _target(place)
    direction = Direction(indicator.direction)
    target = parse_target(text, direction) if text else None
    kind = OutcomeKind(outcome.kind) if outcome else None
    shown = light(
        kind=kind,
        number=outcome.number if outcome else None,
        decimals=_decimals(indicator, outcome),
        has_target=text != "",
        target=target,
        direction=direction,
        tolerance=indicator.tolerance,
    )
    unjudged = shown == Light.NOT_APPLICABLE and kind != OutcomeKind.NOT_APPLICABLE
    return IndicatorRow(
        key=indicator.key,
        name=indicator.name,
        group=place.group if place else "",
        unit=indicator.unit_label,
        help=_help(indicator),
        target_text=text,
        target_words=f"{target.in_words} {indicator.unit_label}".strip() if target else "",
        target_note=note,
        period=period.name,
        value=printed(indicator, outcome),
        previous_period=period.previous.name if period.previous else "",
        previous=printed(indicator, before),
        change=_change(indicator, outcome, before),
        light=shown,
        light_word=NOT_JUDGED if unjudged else words[shown.value],
        kind=kind,
        is_stated=bool(outcome and outcome.is_stated),
        is_carried_forward=bool(outcome and outcome.is_carried_forward),
        comment=outcome.comment if outcome else "",
        source=figure_ref(outcome),
        previous_source=figure_ref(before),
    )


def printed(indicator: Indicator, outcome: Outcome | None) -> str:
    """The value as every page and paper prints it; "" for the blanks."""
    if outcome is None:
        return ""
    if outcome.number is not None:
        return swedish(outcome.number, _decimals(indicator, outcome))
    return outcome.text if outcome.kind in {OutcomeKind.INEQUALITY, OutcomeKind.TEXT} else ""


def figure_ref(outcome: Outcome | None) -> FigureRef | None:
    if outcome is None:
        return None
    return FigureRef(model="targets.Outcome", id=outcome.pk, version=outcome.version)


def _decimals(indicator: Indicator, outcome: Outcome | None) -> int:
    return shown_decimals(entered=outcome.decimals if outcome else None, fixed=indicator.decimals)


def _change(indicator: Indicator, outcome: Outcome | None, before: Outcome | None) -> Change | None:
    return change(
        number=outcome.number if outcome else None,
        decimals=_decimals(indicator, outcome),
        previous=before.number if before else None,
        previous_decimals=_decimals(indicator, before),
        unit_label=indicator.unit_label,
    )


def _help(indicator: Indicator) -> str:
    source = f"Källa: {indicator.source.rstrip('.')}." if indicator.source else ""
    return " ".join(part for part in (indicator.definition, source) if part)


def lock_of(period: Period, body: Body) -> str:
    """Why the period's outcomes cannot be changed, in words; "" when they can."""
    return lock_reason(locks(period_states(period, body)))


def locks(states: Iterable[RoundState]) -> Iterable[Lock]:
    """The states that have left the controller's hands."""
    for state in states:
        if state.state in LOCKING:
            yield Lock(word=state.get_state_display(), on=state.changed_on, by=state.changed_by)


def get_round_state_for(user: User, pk: int, today: date, *, write: bool = False) -> RoundState:
    """The round state whose outcomes the user may read, and write when asked for."""
    state = (
        RoundState.objects.select_related("body__organisation", "reporting_round__period__previous")
        .filter(pk=pk)
        .first()
    )
    if state is None or not can_read_outcomes(user, state.body, today):
        raise Http404
    if write and not can_record(user, state.body, today):
        raise PermissionDenied
    return state


def get_plan_for(user: User, pk: int, today: date) -> Plan:
    plan = Plan.objects.select_related("body").filter(pk=pk).first()
    if plan is None or not can_read_plan(user, plan.body, today):
        raise Http404
    return plan


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One change: of a named field from old to new, or an event in words."""

    at: datetime
    actor: str
    what: str
    is_change: bool
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class OutcomeHistory:
    """One value with everything that happened to it, newest first."""

    outcome: Outcome
    indicator: Indicator
    unit: Unit
    period: Period
    value: str
    lines: tuple[HistoryLine, ...]


def outcome_history_for(user: User, pk: int, today: date) -> OutcomeHistory:
    outcome = (
        Outcome.objects.select_related("indicator", "unit__body", "period").filter(pk=pk).first()
    )
    if outcome is None or not can_read_outcomes(user, outcome.unit.body, today):
        raise Http404
    return OutcomeHistory(
        outcome=outcome,
        indicator=outcome.indicator,
        unit=outcome.unit,
        period=outcome.period,
        value=printed(outcome.indicator, outcome),
        lines=tuple(_history_line(entry) for entry in history(outcome)),
    )


def _history_line(entry: AuditEntry) -> HistoryLine:
    what = "Värde"
    if entry.field != "value":
        names = {field.name: field for field in Outcome._meta.fields}
        known = names.get(entry.field)
        what = str(known.verbose_name).capitalize() if known else entry.field or entry.new
    return HistoryLine(
        at=entry.at,
        actor=entry.actor,
        what=what,
        is_change=entry.field != "",
        old=entry.old,
        new=entry.new,
    )


def last_value_change(outcome: Outcome) -> AuditEntry | None:
    """The newest history row of the value itself."""
    return next((entry for entry in history(outcome) if entry.field == "value"), None)


def missing_outcomes(states: Sequence[RoundState]) -> dict[int, int]:
    """How many planned indicators lack an outcome, per round state; two queries for any number."""
    bodies = {state.body_id for state in states}
    periods = {state.reporting_round.period_id: state.reporting_round.period for state in states}
    planned: dict[tuple[int, int], set[int]] = defaultdict(set)
    for body, year, indicator in PlannedIndicator.objects.filter(
        plan__body__in=bodies, plan__year__in={each.ends_on.year for each in periods.values()}
    ).values_list("plan__body_id", "plan__year", "indicator_id"):
        planned[body, year].add(indicator)
    known: dict[tuple[int, int], set[int]] = defaultdict(set)
    for body, period, indicator in (
        Outcome.objects.filter(
            unit__body__in=bodies,
            unit__parent=None,
            period__in=periods,
            breakdown=Breakdown.TOTAL,
        )
        .exclude(kind=OutcomeKind.MISSING)
        .values_list("unit__body_id", "period_id", "indicator_id")
    ):
        known[body, period].add(indicator)
    return {
        state.pk: len(
            planned[state.body_id, state.reporting_round.period.ends_on.year]
            - known[state.body_id, state.reporting_round.period_id]
        )
        for state in states
    }


def plans_of_bodies(bodies: Iterable[int]) -> Sequence[Plan]:
    """The bodies' plans, newest year first."""
    return list(Plan.objects.filter(body__in=list(bodies)).select_related("body"))


def current_versions(ids: Iterable[int]) -> dict[int, int]:
    """The versions the outcomes have now, by id: what a frozen figure is compared with."""
    return dict(Outcome.objects.filter(pk__in=list(ids)).values_list("pk", "version"))
