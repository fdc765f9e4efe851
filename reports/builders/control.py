"""Internal control: results per period, and what remains to be done."""

import internal_control.queries
from governance.models import Body
from reports.blocks.control import (
    AreaActions,
    ControlCell,
    ControlGrid,
    ControlRow,
    RemainingActions,
)
from reports.blocks.options import CommentOptions, Options
from reports.builders.block_periods import periods_of, shown_plan
from reports.models import BlockSpec


def control_grid(spec: BlockSpec, options: CommentOptions, body: Body) -> ControlGrid:
    data = internal_control.queries.control_grid(
        body=body, year=spec.plan_year or 0, periods=periods_of(spec)
    )
    return ControlGrid(
        key=spec.key,
        title=spec.title,
        shows=shown_plan(spec, data.plan_name),
        plan_year=data.year,
        periods=data.periods,
        rows=tuple(
            ControlRow(
                area=area.name,
                question=area.question,
                cells=tuple(
                    ControlCell(
                        period=cell.period, word=cell.level, tone=cell.tone, source=cell.source
                    )
                    for cell in area.cells
                ),
                remarks=tuple(
                    f"{cell.period}: {' '.join(filter(None, (cell.note, cell.comment)))}"
                    for cell in area.cells
                    if options.with_comments and (cell.note or cell.comment)
                ),
            )
            for area in data.areas
        ),
    )


def remaining_actions(spec: BlockSpec, _options: Options, body: Body) -> RemainingActions:
    data = internal_control.queries.control_grid(body=body, year=spec.plan_year or 0, periods=())
    return RemainingActions(
        key=spec.key,
        title=spec.title,
        shows=shown_plan(spec, data.plan_name),
        plan_year=data.year,
        areas=tuple(
            AreaActions(area=area.name, actions=area.actions) for area in data.areas if area.actions
        ),
    )
