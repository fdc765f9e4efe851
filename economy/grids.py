"""The entry grid of the economy: the body's lines, with what is reported of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from economy.enums import PART, AmountKind, Measure, SignStyle
from economy.models import Amount, Line
from economy.queries import named, value_of
from economy.rules import DIGITS, MAX_NOTE, UNIT_WORDS, deviation, kept
from figures.enums import CHOSEN_BLANKS, ValueKind
from figures.rules.grid import COMMENT_COLUMN, Fact, GridCell, GridColumn, GridRow, Group
from figures.rules.key import CellKey, Key
from figures.rules.numbers import read_number
from figures.rules.unusual import Usual
from figures.rules.value import Value
from figures.rules.words import read_blank, read_comment
from governance.history import Said
from governance.models import User
from governance.rules import LOCKED, swedish
from governance.writing import Written, write_all
from rounds.actions.locks import year_lock_held
from rounds.grids import RoundGrid
from rounds.models import RoundState
from rounds.queries.states import year_lock, year_of

OUTCOME, BUDGET, YEAR, FORECAST = "outcome", "budget", "year_budget", "forecast"
COMMENT = COMMENT_COLUMN.name
DEVIATIONS = (("Avvikelse", OUTCOME, BUDGET), ("Prognosens avvikelse", FORECAST, YEAR))
KINDS = (ValueKind.NUMBER, ValueKind.NOT_APPLICABLE)
DECEMBER = 12
Place = tuple[int, int, str]  # line, period, kind of amount


class AmountGrid(RoundGrid):
    """Outcome and budget of the period; of a part of a year also the year's budget and forecast."""

    part = namespace = PART
    title, file_word, row_word = "Ekonomi", "ekonomi", "Rad"
    how = (
        "Skriv beloppen i enheten som står efter raden; de sparas på kronan. ”Ej tillämpligt” väljs i "
        "radens meny ⋯. Ett tomt fält betyder att beloppet saknas."
    )
    empty = "Här fylls belopp i för nämndens rader i ekonomin. Nämnden har inga rader ännu."

    def __init__(self, state: RoundState, *siblings: RoundState) -> None:
        super().__init__(state, *siblings)
        self.lines: dict[int, Line] = {}
        self.amounts: dict[Place, Amount] = {}
        own, self.year, self.year_lock = self.period, year_of(self.period), ""
        self.places = {OUTCOME: (own, AmountKind.OUTCOME), BUDGET: (own, AmountKind.BUDGET)}
        if self.year:
            self.places[YEAR] = (self.year, AmountKind.BUDGET)
        if own.ends_on.month < DECEMBER:
            self.places[FORECAST] = (own, AmountKind.FORECAST)
        self.columns = (*map(self._column, self.places), COMMENT_COLUMN)
        self.places[COMMENT] = self.places[OUTCOME]

    def _column(self, name: str) -> GridColumn:
        is_outcome, spans = name == OUTCOME, self.year if name == FORECAST else None
        return GridColumn(
            name=name,
            label=str(self.places[name][1].label),
            kinds=KINDS if is_outcome else (),
            group=(spans or self.places[name][0]).name,
            is_counted=is_outcome,
            history="value",
        )

    def groups(self, keys: Collection[Key] | None = None, *, lock: bool = False) -> Sequence[Group]:
        if lock or keys is None or not self.lines:
            self._read({} if keys is None else {"pk__in": {key.what for key in keys}}, lock=lock)
        by_scope = groupby(self.lines.values(), lambda line: line.scope.name if line.scope else "")
        return [Group(name=name, rows=tuple(map(self._row, found))) for name, found in by_scope]

    def _read(self, which: Mapping[str, Any], *, lock: bool) -> None:
        if self.year:
            year_words = year_lock_held if lock else year_lock
            self.year_lock = year_words(self.body, self.year.ends_on.year, PART)
        lines = Line.objects.filter(body=self.body, **which).select_related("scope")
        self.lines = {line.pk: line for line in lines}
        years = [self.year.pk, self.year.previous_id] if self.year else []
        periods = [pk for pk in (*self.chain, *years) if pk]
        rows = Amount.objects.filter(line__in=self.lines, period__in=periods).order_by("id")
        found = rows.select_for_update() if lock else rows
        self.amounts = {(row.line_id, row.period_id, row.kind): row for row in found}

    def place(self, cell: CellKey) -> Amount | None:
        period, kind = self.places[cell.column]
        return self.amounts.get((cell.row.what, period.pk, kind))

    def _row(self, line: Line) -> GridRow:
        key = Key(what=line.pk)
        cells = tuple(self._cell(line, CellKey(row=key, column=each.name)) for each in self.columns)
        values = {cell.column: cell.value for cell in cells}
        return GridRow(
            key=key,
            label=line.name,
            full_name=named(line),
            names=f"name-{key}",
            unit=UNIT_WORDS[Measure(line.measure)],
            help=line.scope.footnote if line.scope else "",
            before=tuple(self._before(line)),
            cells=cells,
            after=tuple(_deviations(line, values)),
            note="uppgivet värde" if values[OUTCOME].is_stated else "",
            is_missing=values[OUTCOME].kind == ValueKind.MISSING,
        )

    def _cell(self, line: Line, key: CellKey) -> GridCell:
        amount, is_note = self.place(key), key.column == COMMENT
        is_withheld = amount is not None and amount.is_withheld
        locked = LOCKED if is_withheld else self.year_lock if key.column == YEAR else ""
        note = Value.of_text(amount.remark if amount else "")
        value = note if is_note else value_of(line, amount)
        return GridCell(
            column=key.column,
            value=value,
            version=amount.version if amount else 0,
            decimals=None if is_note else line.decimals,
            locked=locked,
            usual=None if is_note or locked or not self.is_open else self._usual(line, key.column),
            words=str(value.kind.label) if value.kind in CHOSEN_BLANKS else "",
        )

    def _usual(self, line: Line, column: str) -> Usual:
        """The same line's amounts of the same kind, at the periods this is compared with in turn."""
        period, kind = self.places[column]
        earlier = [period.previous_id] if period == self.year else self.chain[1:]
        found = (self.amounts.get((line.pk, pk, kind)) for pk in earlier if pk)
        values = tuple(value_of(line, each) for each in found if each)
        return Usual(earlier=values, decimals=line.decimals)

    def _before(self, line: Line) -> Iterator[Fact]:
        if period := self.period.previous:
            value = value_of(line, self.amounts.get((line.pk, period.pk, AmountKind.OUTCOME)))
            text = value.told(line.decimals)
            yield Fact(name="previous", label=period.short_name, text=text, css="num", value=value)

    def read(self, row: GridRow, column: GridColumn, text: str, kind: ValueKind) -> Value:
        if column.name == COMMENT:
            return Value.of_text(read_comment(text, MAX_NOTE))
        line = self.lines[row.key.what]
        if kind in CHOSEN_BLANKS or not text:
            return read_blank(text, kind)
        measure = Measure(line.measure)
        number = read_number(text, unit_label=UNIT_WORDS[measure], digits=DIGITS[measure])
        return Value(kind=ValueKind.NUMBER, number=number, decimals=line.decimals)

    def write(self, values: Mapping[CellKey, Value], *, by: User) -> None:
        writings: dict[Place, tuple[dict[str, Any], dict[str, Any]]] = {}
        for cell, value in values.items():
            line, (period, kind) = self.lines[cell.row.what], self.places[cell.column]
            at, pair = (line.pk, period.pk, kind), (self._cell(line, cell).value, value)
            row = self.amounts.setdefault(at, Amount(kind=kind))
            line.body, row.line, row.period = self.body, line, period
            new, told = writings.setdefault(at, ({}, {}))
            new |= _columns(value, line) if cell.column != COMMENT else {"note": value.text}
            if value == replace(pair[0], is_confirmed=True):
                told["is_confirmed"] = ("Nej", "Ja")
                continue
            field = COMMENT if cell.column == COMMENT else "value"
            told[field] = tuple(Said(each.told(line.decimals), each.data) for each in pair)
        rows = [(self.amounts[at], *each) for at, each in writings.items()]
        write_all([Written(row=row, values=new, told=told) for row, new, told in rows], by=by)

    def forget(self) -> None:
        self.lines = {}


def _columns(value: Value, line: Line) -> dict[str, object]:
    return {
        "value": kept(value.number, Measure(line.measure)),
        "is_not_applicable": value.kind == ValueKind.NOT_APPLICABLE,
        "is_stated": value.is_stated,
        "is_confirmed": value.is_confirmed,
    }


def _deviations(line: Line, values: Mapping[str, Value]) -> Iterator[Fact]:
    for label, column, budget in DEVIATIONS:
        if column in values and budget in values:
            amount, base = values[column].number, values[budget].number
            number = deviation(amount=amount, budget=base, style=SignStyle(line.sign_style))
            text = "" if number is None else swedish(number, line.decimals, plus=True)
            value = Value(number=number, decimals=line.decimals)
            yield Fact(name=f"{column}_deviation", label=label, text=text, css="num", value=value)
