"""A whole report: its sections and blocks, each naming the year or periods it shows."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from django.db.models import Prefetch

from governance.models import Body
from reports import blocks
from reports.blocks import PackContent, SectionContent
from reports.enums import BlockKind, SectionKind
from reports.gathering.chain import assignment_list, attainment_summary, goal_table, judgements
from reports.gathering.indicators import indicator_chart, indicator_figures, indicator_table
from reports.gathering.others import control_grid, economy_table, points, remaining_actions
from reports.models import BlockPeriod, BlockSpec, Report, Section

GATHERERS: dict[BlockKind, Callable[[BlockSpec, Body], blocks.AnyBlock]] = {
    BlockKind.GOAL_TABLE: goal_table,
    BlockKind.INDICATOR_FIGURES: indicator_figures,
    BlockKind.INDICATOR_TABLE: indicator_table,
    BlockKind.INDICATOR_CHART: indicator_chart,
    BlockKind.ASSIGNMENT_LIST: assignment_list,
    BlockKind.ATTAINMENT_SUMMARY: attainment_summary,
    BlockKind.JUDGEMENTS: judgements,
    BlockKind.CONTROL_GRID: control_grid,
    BlockKind.REMAINING_ACTIONS: remaining_actions,
    BlockKind.ECONOMY_TABLE: economy_table,
    BlockKind.POINTS: points,
}


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
