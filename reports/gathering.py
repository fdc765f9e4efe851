"""Gathering: rows of the lower floors become blocks, each naming the year or periods it shows."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from django.db.models import Prefetch

import economy.queries
import internal_control.queries
import targets.queries
from governance.models import Body, Period
from reports import blocks
from reports.blocks import PackContent, SectionContent
from reports.enums import BlockKind, SectionKind
from reports.models import BlockPeriod, BlockSpec, Report, Section


def gather(report: Report) -> PackContent:
    """The report as it stands now: every figure live, with the row and version it came from."""
    periods = BlockPeriod.objects.select_related("period__previous")
    specs = BlockSpec.objects.prefetch_related(Prefetch("periods", queryset=periods))
    rows = list(report.sections.prefetch_related(Prefetch("blocks", queryset=specs)))
    headings: dict[int | None, str] = {row.pk: row.heading for row in rows}
    body = report.body
    return PackContent(
        schema_version=blocks.SCHEMA_VERSION,
        organisation=body.organisation.name,
        body=body.name,
        body_short=body.short_name,
        administration=body.administration,
        kind=report.template.get_kind_display(),
        name=report.name,
        year=report.year,
        number=report.current_number,
        page_format=report.template.page_format,
        sections=tuple(
            _section(row, level, headings.get(row.parent_id, ""), body)
            for row, level in in_order(rows)
        ),
    )


def in_order(rows: Sequence[Section]) -> Iterator[tuple[Section, int]]:
    """The tree from top to bottom, each with its level (1 is the top)."""
    children: dict[int | None, list[Section]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)

    def below(parent: int | None, level: int) -> Iterator[tuple[Section, int]]:
        for row in children[parent]:
            yield row, level
            yield from below(row.pk, level + 1)

    return below(None, 1)


def _section(row: Section, level: int, parent: str, body: Body) -> SectionContent:
    return SectionContent(
        key=row.key,
        level=level,
        parent=parent,
        is_divider=row.kind == SectionKind.DIVIDER,
        heading=row.heading,
        subtitle=row.subtitle,
        slide_title=row.slide_title,
        text=blocks.parse_text(row.text),
        blocks=tuple(GATHERERS[BlockKind(spec.kind)](spec, body) for spec in row.blocks.all()),
    )


def _periods(spec: BlockSpec) -> list[Period]:
    return [row.period for row in spec.periods.all()]


def _main_period(spec: BlockSpec) -> Period | None:
    """The latest of the block's periods: the one whose figures are judged."""
    return max(_periods(spec), key=lambda period: (period.ends_on, period.pk), default=None)


def _goal_table(spec: BlockSpec, body: Body) -> blocks.GoalTable:
    year = spec.plan_year or 0
    plan = targets.queries.plan_for(body, year)
    areas = targets.queries.goal_table(plan).areas if plan else ()
    return blocks.GoalTable(
        key=spec.key,
        title=spec.title,
        shows=_shown_plan(spec, plan.name if plan else ""),
        plan_year=year,
        areas=tuple(
            blocks.GoalArea(
                name=area.name,
                goals=tuple(
                    blocks.GoalEntry(
                        kind=goal.kind,
                        number=goal.number,
                        name=goal.name,
                        indicators=tuple(indicator.name for indicator in goal.indicators),
                    )
                    for goal in area.goals
                ),
            )
            for area in areas
        ),
    )


def _shown_plan(spec: BlockSpec, name: str) -> str:
    if spec.plan_year is None:
        return "Planår saknas"
    return name if str(spec.plan_year) in name else f"Plan {spec.plan_year}"


def _figures(spec: BlockSpec, body: Body) -> tuple[blocks.Figure, ...]:
    period = _main_period(spec)
    if period is None:
        return ()
    return tuple(
        blocks.Figure(
            key=row.key,
            name=row.name,
            unit=row.unit,
            value=row.value,
            previous=row.previous,
            change=row.change_text,
            target=row.target_text,
            light=row.light,
            light_word=row.light_word,
            is_stated=row.is_stated,
            source=row.source,
            previous_source=row.previous_source,
        )
        for row in targets.queries.indicator_rows(body=body, period=period)
        if spec.group in {"", row.group}
    )


def _period_names(spec: BlockSpec) -> tuple[str, str]:
    period = _main_period(spec)
    if period is None:
        return "", ""
    return period.name, period.previous.name if period.previous else ""


def _compared(spec: BlockSpec) -> str:
    """'Helår 2025, jämfört med helår 2024'"""
    name, previous = _period_names(spec)
    if not name:
        return "Period saknas"
    return f"{name}, jämfört med {previous[:1].lower()}{previous[1:]}" if previous else name


def _indicator_figures(spec: BlockSpec, body: Body) -> blocks.IndicatorFigures:
    name, previous = _period_names(spec)
    return blocks.IndicatorFigures(
        key=spec.key,
        title=spec.title,
        shows=_compared(spec),
        period=name,
        previous_period=previous,
        figures=_figures(spec, body),
    )


def _indicator_table(spec: BlockSpec, body: Body) -> blocks.IndicatorTable:
    name, previous = _period_names(spec)
    return blocks.IndicatorTable(
        key=spec.key,
        title=spec.title,
        shows=_compared(spec),
        period=name,
        previous_period=previous,
        figures=_figures(spec, body),
    )


def _control_grid(spec: BlockSpec, body: Body) -> blocks.ControlGrid:
    data = internal_control.queries.control_grid(
        body=body, year=spec.plan_year or 0, periods=_periods(spec)
    )
    return blocks.ControlGrid(
        key=spec.key,
        title=spec.title,
        shows=_shown_plan(spec, data.plan_name),
        plan_year=data.year,
        periods=data.periods,
        rows=tuple(
            blocks.ControlRow(
                area=area.name,
                question=area.question,
                cells=tuple(
                    blocks.ControlCell(
                        period=cell.period, word=cell.level, tone=cell.tone, source=cell.source
                    )
                    for cell in area.cells
                ),
            )
            for area in data.areas
        ),
    )


def _remaining_actions(spec: BlockSpec, body: Body) -> blocks.RemainingActions:
    data = internal_control.queries.control_grid(body=body, year=spec.plan_year or 0, periods=())
    return blocks.RemainingActions(
        key=spec.key,
        title=spec.title,
        shows=_shown_plan(spec, data.plan_name),
        plan_year=data.year,
        areas=tuple(
            blocks.AreaActions(area=area.name, actions=area.actions)
            for area in data.areas
            if area.actions
        ),
    )


def _economy_table(spec: BlockSpec, body: Body) -> blocks.EconomyTable:
    period = _main_period(spec)
    data = economy.queries.economy_table(body=body, period=period) if period else None
    name, previous = _period_names(spec)
    return blocks.EconomyTable(
        key=spec.key,
        title=spec.title,
        shows=_compared(spec),
        period=name,
        previous_period=previous,
        lines=tuple(
            blocks.EconomyLine(
                key=row.key,
                name=row.name,
                mark=row.mark,
                unit=row.unit,
                value=row.value,
                previous=row.previous,
                is_stated=row.is_stated,
                source=row.source,
                previous_source=row.previous_source,
            )
            for row in (data.rows if data else ())
        ),
        footnotes=data.footnotes if data else (),
    )


def _points(spec: BlockSpec, body: Body) -> blocks.Points:  # noqa: ARG001 -- one signature for all
    names = [period.name for period in _periods(spec)]
    return blocks.Points(
        key=spec.key,
        title=spec.title,
        shows=", ".join(names) or (f"Plan {spec.plan_year}" if spec.plan_year else ""),
        items=tuple(line.strip() for line in spec.points.splitlines() if line.strip()),
    )


GATHERERS: dict[BlockKind, Callable[[BlockSpec, Body], blocks.AnyBlock]] = {
    BlockKind.GOAL_TABLE: _goal_table,
    BlockKind.INDICATOR_FIGURES: _indicator_figures,
    BlockKind.INDICATOR_TABLE: _indicator_table,
    BlockKind.CONTROL_GRID: _control_grid,
    BlockKind.REMAINING_ACTIONS: _remaining_actions,
    BlockKind.ECONOMY_TABLE: _economy_table,
    BlockKind.POINTS: _points,
}
