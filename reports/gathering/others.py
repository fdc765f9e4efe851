"""Internal control, economy and points."""

import economy.queries
import internal_control.queries
from governance.models import Body
from reports import blocks
from reports.gathering.shows import compared, main_period, period_names, periods_of, shown_plan
from reports.models import BlockSpec


def control_grid(spec: BlockSpec, _options: blocks.Options, body: Body) -> blocks.ControlGrid:
    data = internal_control.queries.control_grid(
        body=body, year=spec.plan_year or 0, periods=periods_of(spec)
    )
    return blocks.ControlGrid(
        key=spec.key,
        title=spec.title,
        shows=shown_plan(spec, data.plan_name),
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


def remaining_actions(
    spec: BlockSpec, _options: blocks.Options, body: Body
) -> blocks.RemainingActions:
    data = internal_control.queries.control_grid(body=body, year=spec.plan_year or 0, periods=())
    return blocks.RemainingActions(
        key=spec.key,
        title=spec.title,
        shows=shown_plan(spec, data.plan_name),
        plan_year=data.year,
        areas=tuple(
            blocks.AreaActions(area=area.name, actions=area.actions)
            for area in data.areas
            if area.actions
        ),
    )


def economy_table(spec: BlockSpec, _options: blocks.Options, body: Body) -> blocks.EconomyTable:
    period = main_period(spec)
    data = economy.queries.economy_table(body=body, period=period) if period else None
    name, previous = period_names(spec)
    return blocks.EconomyTable(
        key=spec.key,
        title=spec.title,
        shows=compared(spec),
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


def points(spec: BlockSpec, options: blocks.PointsOptions, _body: Body) -> blocks.Points:
    names = [period.name for period in periods_of(spec)]
    return blocks.Points(
        key=spec.key,
        title=spec.title,
        shows=", ".join(names) or (f"Plan {spec.plan_year}" if spec.plan_year else ""),
        items=tuple(line.strip() for line in options.points.splitlines() if line.strip()),
    )
