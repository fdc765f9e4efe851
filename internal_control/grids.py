"""The entry grid of internal control: three columns to write, and what was found before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from figures.enums import Reads, ValueKind
from figures.rules.grid import COMMENT_COLUMN, GridCell, GridColumn, GridRow, Group
from figures.rules.key import CellKey, Key
from figures.rules.value import Value
from figures.rules.words import read_comment
from governance.models import Period, User
from governance.rules import LOCKED, WITHHELD, Invalid, Refusal
from governance.writing import Written, printed, write_all
from internal_control import queries
from internal_control.models import CONTRADICTS, ControlArea, ControlResult
from rounds.grids import RoundGrid
from rounds.models import RoundState

ANSWERS: Mapping[str, object] = {"ja": True, "nej": False, "": None}  # as ``printed`` prints them
YES_OR_NO = (("ja", "Ja"), ("nej", "Nej"))
PERFORMED = GridColumn(name="performed", label="Utförd", reads=Reads.CHOICE, options=YES_OR_NO)
PASSED = replace(PERFORMED, name="passed", label="Resultat", history="level", size="choice")


class ResultGrid(RoundGrid):
    part = namespace = queries.PART
    title = "Intern kontroll"
    file_word = "internkontroll"
    row_word = "Kontrollområde"
    how = (
        "Välj svaren i listorna, eller skriv deras första bokstav. Tidigare perioder fylls i på sina "
        "egna sidor och står här för jämförelse."
    )
    empty = "Här fylls resultaten i för årets plan för intern kontroll. Nämnden har ingen ännu."

    def __init__(self, state: RoundState, *siblings: RoundState) -> None:
        super().__init__(state, *siblings)
        levels = queries.result_levels(self.body, self.period.ends_on.year)
        self.stored = {"performed": ANSWERS, "level": levels, "comment": {}}
        options = tuple((pk, str(level)) for pk, level in levels.items() if level)
        self.places: dict[str, tuple[GridColumn, Period]] = {}
        passed, self.periods = replace(PASSED, options=options), queries.filled_in_periods(state)
        for period in self.periods:
            is_own = period == self.period
            for each in (PERFORMED, passed, COMMENT_COLUMN) if is_own else (passed,):
                name, group = f"p{period.pk}_{each.name}", period.short_name
                column = replace(each, name=name, group=group, history=each.field)
                self.places[name] = column, period
        self.columns = [column for column, _ in self.places.values()]
        self.areas: dict[int, ControlArea] = {}

    def groups(self, keys: Collection[Key] | None = None, *, lock: bool = False) -> Sequence[Group]:
        if lock or not self.areas:
            plan = queries.control_plan_for(self.body, self.period.ends_on.year)
            areas = ControlArea.objects.filter(plan=plan).select_related("plan__body")
            self.areas = {area.pk: area for area in areas}
            found = ControlResult.objects.filter(area__in=self.areas).order_by("id")
            held = found.select_for_update() if lock else found
            self.results = {(each.area_id, each.period_id): each for each in held}
        every = [Key(what=pk) for pk in self.areas]
        asked = every if keys is None else [key for key in every if key in keys]
        return [Group(name="", rows=tuple(map(self._row, asked)))] if asked else []

    def _row(self, key: Key) -> GridRow:
        area = self.areas[key.what]
        *earlier, own = [self.results.get((area.pk, period.pk)) for period in self.periods]
        comments = [each.comment for each in earlier if each and each.comment]
        return GridRow(
            key=key,
            label=area.name,
            full_name=area.name,
            names=f"name-{key}",
            help=area.question,
            cells=tuple(self._cell(CellKey(row=key, column=name)) for name in self.places),
            previous_comment=comments[-1] if comments else "",
            is_missing=not (own and own.is_reported),
        )

    def _cell(self, cell: CellKey) -> GridCell:
        (column, period), result = self.places[cell.column], self.place(cell)
        text = _texts(result)[column.field]
        locked = "" if period == self.period else f"{period.name} fylls i på sin egen sida."
        if result and result.is_withheld:
            text, locked = "", LOCKED
        return GridCell(
            column=cell.column,
            value=Value.of_text(text),
            version=result.version if result else 0,
            locked=locked,
            words=WITHHELD
            if result and result.is_withheld
            else column.word(text)
            or (queries.WITHOUT_LEVEL[result.performed] if result and locked else ""),
        )

    def read(self, _row: GridRow, column: GridColumn, text: str, _kind: ValueKind) -> Value:
        read = read_comment if column.reads == Reads.TEXT else column.chosen
        return Value.of_text(read(text))

    def contradicted(self, values: Mapping[CellKey, Value]) -> dict[CellKey, Refusal]:
        after = self._texts_after(values).items()
        wrong = {row for row, texts in after if texts["performed"] == "nej" and texts["level"]}
        choices = [cell for cell in values if self.places[cell.column][0].reads == Reads.CHOICE]
        return {cell: Invalid(CONTRADICTS) for cell in choices if cell.row in wrong}

    def write(self, values: Mapping[CellKey, Value], *, by: User) -> None:
        written = []
        words = {each.field: each.word for each, _ in self.places.values()}
        for key, texts in self._texts_after(values).items():
            row = self.results.setdefault((key.what, self.period.pk), ControlResult())
            row.area, row.period = self.areas[key.what], self.period
            stood = _texts(row)
            typed = {name: text for name, text in texts.items() if text != stood[name]}
            told = {name: (words[name](stood[name]), words[name](typed[name])) for name in typed}
            stored = {name: self.stored[name].get(text, text) for name, text in typed.items()}
            written.append(Written(row=row, values=stored, told=told))
        write_all(written, by=by)

    def _texts_after(self, values: Mapping[CellKey, Value]) -> dict[Key, dict[str, str]]:
        found = {cell.row: _texts(self.place(cell)) for cell in values}
        for cell, value in values.items():
            found[cell.row][self.places[cell.column][0].field] = value.text
        return found

    def place(self, cell: CellKey) -> ControlResult | None:
        return self.results.get((cell.row.what, self.places[cell.column][1].pk))

    def forget(self) -> None:
        self.areas = {}


def _texts(result: ControlResult | None) -> dict[str, str]:
    """What the result's cells hold, by field."""
    row = result or ControlResult()
    level = str(row.level_id or "")
    return {"performed": printed(row, "performed"), "level": level, "comment": row.comment}
