"""Economy: amounts at a period beside the one before."""

import economy.queries
from governance.models import Body
from reports.blocks.economy import EconomyLine, EconomyTable
from reports.blocks.options import Options
from reports.builders.block_periods import compared, main_period, period_names
from reports.models import BlockSpec


def economy_table(spec: BlockSpec, _options: Options, body: Body) -> EconomyTable:
    period = main_period(spec)
    data = economy.queries.economy_table(body=body, period=period) if period else None
    name, previous = period_names(spec)
    return EconomyTable(
        key=spec.key,
        title=spec.title,
        shows=compared(spec),
        period=name,
        previous_period=previous,
        lines=tuple(
            EconomyLine(
                key=row.key,
                name=row.name,
                mark=row.mark,
                unit=row.unit,
                value=row.value,
                previous=row.previous,
                is_stated=row.is_stated,
                source=row.source,
                previous_source=row.previous_source,
                budget=row.budget,
                deviation=row.deviation,
                forecast=row.forecast,
                year_budget=row.year_budget,
                forecast_deviation=row.forecast_deviation,
                note=row.note,
                budget_source=row.budget_source,
                forecast_source=row.forecast_source,
            )
            for row in (data.rows if data else ())
        ),
        footnotes=data.footnotes if data else (),
    )
