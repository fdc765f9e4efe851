"""Points that a section is given as they are."""

from governance.models import Body
from reports.blocks.base import Points, PointsOptions
from reports.builders.block_periods import periods_of
from reports.models import BlockSpec


def points(spec: BlockSpec, options: PointsOptions, _body: Body) -> Points:
    names = [period.name for period in periods_of(spec)]
    return Points(
        key=spec.key,
        title=spec.title,
        shows=", ".join(names) or (f"Plan {spec.plan_year}" if spec.plan_year else ""),
        items=tuple(line.strip() for line in options.points.splitlines() if line.strip()),
    )
