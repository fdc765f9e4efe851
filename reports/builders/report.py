"""A whole report: its sections and blocks, each naming the year or periods it shows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Prefetch

from governance.models import Body
from governance.queries import body_name
from reports.blocks.base import Block, parse_text
from reports.blocks.content import SCHEMA_VERSION, PackContent, PackOf, SectionContent, SectionOf
from reports.blocks.kinds import block_kinds, read_options
from reports.enums import SectionKind
from reports.models import BlockPeriod, BlockSpec, Report, Section


def gather(report: Report) -> PackContent:
    """The report as it stands now: every figure live, with the row and version it came from."""
    periods = BlockPeriod.objects.select_related("period__previous")
    specs = BlockSpec.objects.prefetch_related(Prefetch("periods", queryset=periods))
    rows = list(report.sections.prefetch_related(Prefetch("blocks", queryset=specs)))
    headings: dict[int | None, str] = {row.pk: row.heading for row in rows}
    body = report.body
    return PackOf(
        schema_version=SCHEMA_VERSION,
        organisation=body.organisation.name,
        body=body_name(body, _ends_on(report, rows)),
        body_short=body.short_name,
        administration=body.administration,
        kind=report.template.name,
        called=report.template.called,
        name=report.name,
        year=report.year,
        number=report.current_number,
        page_format=report.template.page_format,
        sections=tuple(
            _section(row, level, headings.get(row.parent_id, ""), body)
            for row, level in in_order(rows)
        ),
    )


def _ends_on(report: Report, rows: Sequence[Section]) -> date:
    """The end of the latest period shown, or of the report's year."""
    periods = (
        each.period for row in rows for spec in row.blocks.all() for each in spec.periods.all()
    )
    return max((period.ends_on for period in periods), default=date(report.year, 12, 31))


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
    return SectionOf(
        key=row.key,
        level=level,
        parent=parent,
        is_divider=row.kind == SectionKind.DIVIDER,
        heading=row.heading,
        subtitle=row.subtitle,
        slide_title=row.slide_title,
        text=parse_text(row.text),
        blocks=tuple(_block(spec, body) for spec in row.blocks.all()),
    )


def _block(spec: BlockSpec, body: Body) -> Block:
    return block_kinds()[spec.kind].build(spec, read_options(spec.kind, spec.options), body)
