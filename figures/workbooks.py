"""A grid as a workbook: a row each, and hidden beside it what the row was when it was taken out."""

from collections.abc import Iterator, Sequence

from figures.enums import Reads, ValueKind
from figures.grid import GridPage, GridSource
from figures.rules.grid import Fact, GridCell, GridColumn, GridRow
from figures.rules.value import exact_decimals
from figures.workbook import Number, Sheet, SheetColumn, SheetValue, workbook

KIND = "Slag"
MARK = "uppsikt/"
HIDDEN = ("Rad", "Vid uttaget")
WIDTHS = {Reads.NUMBER: 14, Reads.CHOICE: 20, Reads.TEXT: 60}


def mark_of(source: GridSource) -> str:
    """What the sheet's first title begins with; the occasion follows it."""
    return f"{MARK}{source.file_word}/2"


def marked(source: GridSource) -> str:
    return f"{mark_of(source)} {source.occasion}"


def heading(column: GridColumn) -> str:
    return f"{column.group} {column.label}".strip()


def kind_title(column: GridColumn) -> str:
    return f"{KIND}, {heading(column).lower()}"


def _offered(source: GridSource) -> dict[str, Sequence[str]]:
    """The titles of what is read back, in order, each column's kind after it where it has one; with
    the words that are offered there."""
    found: dict[str, Sequence[str]] = {}
    for column in source.columns:
        found[heading(column)] = [word for _value, word in column.options]
        if column.kinds:
            found[kind_title(column)] = [word for _kind, word in column.kind_words]
    return found


def titles(source: GridSource, row: GridRow | None) -> list[str]:
    """All titles: hidden ones, the row's name and unit, what is read, and what only tells."""
    before = [fact.label for fact in row.before] if row else []
    after = [fact.label for fact in row.after] if row else []
    return [*HIDDEN, source.row_word, "Enhet", *before, *_offered(source), *after]


def grid_workbook(page: GridPage) -> bytes:
    """The grid as it stands; rows hidden by a filter come too."""
    source, rows = page.source, page.rows
    said = titles(source, rows[0] if rows else None)
    said[0] = marked(source)
    offered = _offered(source)
    columns = [
        SheetColumn(
            title=title,
            width=_width(source, number, title),
            is_hidden=number < len(HIDDEN),
            options=offered.get(title, ()),
        )
        for number, title in enumerate(said)
    ]
    return workbook(
        [
            Sheet(
                name=source.file_word.capitalize(),
                title=f"{page.title}, {page.body.short_name}",
                columns=columns,
                rows=[list(_values(source, row)) for row in rows],
                fixed=len(HIDDEN) + 1,
            )
        ]
    )


def _width(source: GridSource, number: int, title: str) -> int:
    if number == len(HIDDEN):
        return 44
    found = {heading(column): WIDTHS[column.reads] for column in source.columns}
    return found.get(title, 22 if title.startswith(KIND) else 14)


def _values(source: GridSource, row: GridRow) -> Iterator[SheetValue]:
    yield row.id
    yield "\n".join(cell.value.data for cell in row.cells)
    yield row.full_name
    yield row.unit
    yield from map(_fact, row.before)
    for column, cell in zip(source.columns, row.cells, strict=True):
        yield _value(cell)
        if column.kinds:
            yield column.kind_word(ValueKind(cell.kind))
    yield from map(_fact, row.after)


def _value(cell: GridCell) -> SheetValue:
    number = cell.value.number
    if number is None:
        return cell.text
    decimals = (cell.value.decimals or 0) if cell.decimals is None else cell.decimals
    return Number(value=number.normalize(), decimals=decimals)


def _fact(fact: Fact) -> SheetValue:
    value = fact.value
    if value is None or value.number is None:
        return " ".join(filter(None, (fact.mark, fact.text, fact.word)))
    shown = exact_decimals(value.number) if value.decimals is None else value.decimals
    return Number(value=value.number, decimals=shown)
