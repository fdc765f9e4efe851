"""Grids in memory, as floors would draw them: outcomes, amounts of several periods, results chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from django.http import QueryDict

from figures.enums import CHOICES, CHOSEN_BLANKS, Reads, ValueKind
from figures.rules.grid import (
    Fact,
    Foreseen,
    GridCell,
    GridColumn,
    GridRow,
    Group,
    plain,
    summary_of,
)
from figures.rules.key import CellKey, key_from
from figures.rules.numbers import Doubtful, measured
from figures.rules.sparkline import sparkline
from figures.rules.unusual import Usual
from figures.rules.value import Value
from figures.rules.words import ask_which_blank, blank_named
from governance.enums import Light
from governance.rules import Refusal, Stale, decimals_of, parse_swedish, swedish

COMMENT = GridColumn(
    name="comment", label="Kommentar", reads=Reads.TEXT, size="comment", is_counted=False
)
UNUSUAL = Decimal(10_000)
TEN = (Value(number=Decimal(10), decimals=0),)
ANSWERS = (("yes", "Ja"), ("no", "Nej"))
TREND = sparkline(
    [Decimal(n) for n in (4, 6, 5, 7, 9)],
    target=Decimal(6),
    tone=Light.MET,
    description="Steg från 4 till 9.",
)


@dataclass
class Entry:
    """A row's stored texts and kinds by column; what is ``locked`` is computed."""

    name: str
    unit: str = ""
    before: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    level: int = 0
    locked: tuple[str, ...] = ()
    has_parts: bool = False
    confirmed: str = ""  # the text that somebody has said is right

    def cell(self, column: GridColumn) -> GridCell:
        text = self.texts.get(column.name, "")
        kind = ValueKind(self.kinds.get(column.name, "number"))
        if column.reads != Reads.NUMBER:
            kind = ValueKind.TEXT
        number = parse_swedish(text) if text and kind == ValueKind.NUMBER else None
        return GridCell(
            column=column.name,
            value=Value(
                kind=kind,
                text=text if kind == ValueKind.TEXT else "",
                number=number,
                decimals=None if number is None else decimals_of(number),
                is_confirmed=text == self.confirmed,
            ),
            version=self.versions.get(column.name, 1),
            words=str(kind.label) if kind in CHOSEN_BLANKS else "",
            usual=Usual(earlier=TEN, spans=None, factor=UNUSUAL),
            locked="beräknas och kan inte skrivas." if column.name in self.locked else "",
        )

    def row(self, pk: str, columns: tuple[GridColumn, ...]) -> GridRow:
        cells = tuple(map(self.cell, columns))
        counted = [cell for cell, one in zip(cells, columns, strict=True) if one.is_counted]
        is_missing = not all(cell.was for cell in counted)
        light = Light.NO_OUTCOME if is_missing else Light.NO_TARGET
        return GridRow(
            key=key_from(pk),
            level=self.level,
            label=self.name,
            full_name=self.name,
            names=f"name-{pk}",
            unit=self.unit,
            help="" if self.level else "Så räknas det. Källa: personalsystemet.",
            trend=TREND,
            before=(Fact(name="previous", label="Helår 2024", text=self.before, css="num"),),
            cells=cells,
            after=(
                Fact(name="status", label="Status", light=light, text=light.label),
                Fact(name="change", label="Förändring", text="0,1", mark="↑", word="sämre"),
            ),
            note="Beräknas av enheterna." if self.locked else "",
            previous_comment="" if self.level else "Som i fjol.",
            asks_comment=self.texts.get("value") == "2,95" and not self.texts.get("comment"),
            is_missing=is_missing,
            is_counted=not self.level,
            has_parts=self.has_parts,
        )


@dataclass
class Grid:
    """What stands in a grid, and every save that was sent."""

    title: str
    columns: tuple[GridColumn, ...]
    entries: dict[str, Entry]
    is_open: bool = True
    posted: list[dict[str, str]] = field(default_factory=list)

    def row(self, pk: str) -> GridRow:
        return self.entries[pk].row(pk, self.columns)

    @property
    def source(self) -> SimpleNamespace:
        return SimpleNamespace(
            columns=self.columns,
            row_word="Nyckeltal",
            trend_word="Utveckling",
            how="Skriv ett tal.",
            state=SimpleNamespace(pk=1, version=1),
        )

    def page(self) -> SimpleNamespace:
        groups = (Group(name="Medarbetare", rows=tuple(map(self.row, self.entries))),)
        return SimpleNamespace(
            title=self.title,
            lead="Regionservice · Verksamhetsberättelse 2025",
            due_on=date(2026, 2, 20),
            body=SimpleNamespace(name="Driftnämnden Regionservice", short_name="Regionservice"),
            source=self.source,
            columns=self.columns,
            groups=groups,
            summary=summary_of(groups),
            addresses=SimpleNamespace(save="", export="#", import_="#"),
            is_open=self.is_open,
            may_write=True,
            lock="" if self.is_open else "Låst: inlämnad 2026-02-10.",
            returned="",
            only_missing=False,
            tabs=(),
        )

    def save(self, data: QueryDict) -> tuple[int, list[GridRow]]:
        """Write what was sent; the status, and the rows it was sent for."""
        self.posted.append({k: v for k, v in data.items() if k != "csrfmiddlewaretoken"})
        refused: dict[tuple[str, str], Refusal] = {}
        sent = [name.removeprefix("value-") for name in data if name.startswith("value-")]
        for key in sent:
            pk, _point, column = key.partition(".")
            try:
                self.write(pk, column, data)
            except Refusal as refusal:
                refused[pk, column] = refusal
        keys = dict.fromkeys(key.partition(".")[0] for key in sent)
        status = max((refusal.status for refusal in refused.values()), default=200)
        return status, list(self.answered(keys, refused))

    def answered(
        self, keys: dict[str, None], refused: dict[tuple[str, str], Refusal]
    ) -> Iterator[GridRow]:
        for pk in keys:
            row = self.row(pk)
            cells = (
                replace(
                    cell,
                    error=refusal.message,
                    choices=refusal.choices if isinstance(refusal, Doubtful) else (),
                    state="conflict" if isinstance(refusal, Stale) else "invalid",
                )
                if (refusal := refused.get((pk, cell.column)))
                else cell
                for cell in row.cells
            )
            yield replace(row, cells=tuple(cells))

    def judged(self, pk: str, name: str, data: QueryDict) -> tuple[str, str] | None:
        """The text and kind to write; None where they stand there."""
        entry = self.entries[pk]
        column = next(one for one in self.columns if one.name == name)
        text, kind = plain(data[f"value-{pk}.{name}"]), data.get(f"kind-{pk}.{name}", "number")
        if f"kind-{pk}.{name}" not in data and (named := blank_named(text, column.kinds)):
            text, kind = "", named.value
        theirs = entry.cell(column).was
        if (text or (kind if kind != "number" else "")) == theirs:
            return None
        if plain(data[f"was-{pk}.{name}"]) != theirs:
            raise Stale(f"Karin Lund ändrade till {theirs} kl. 14.32. Du skrev {text}.")
        if column.reads == Reads.NUMBER and kind == "number" and text:
            ask_which_blank(text, column.kinds)
            number = measured(text, entry.unit)
            text = swedish(number, decimals_of(number))
        return text, kind

    def write(self, pk: str, name: str, data: QueryDict) -> None:
        entry, judged = self.entries[pk], self.judged(pk, name, data)
        if judged is None and f"confirm-{pk}.{name}" in data:
            entry.confirmed = plain(data[f"value-{pk}.{name}"])
        if judged is not None:
            entry.texts[name], entry.kinds[name] = judged
            entry.versions[name] = entry.versions.get(name, 1) + 1

    def foreseen(self, data: QueryDict) -> Iterator[Foreseen]:
        """What a save would make of what was sent."""
        for key in (name.removeprefix("value-") for name in data if name.startswith("value-")):
            pk, _point, name = key.partition(".")
            cell = CellKey(row=key_from(pk), column=name)
            column = next(one for one in self.columns if one.name == name)
            try:
                judged = self.judged(pk, name, data)
            except Refusal as refusal:
                choices = refusal.choices if isinstance(refusal, Doubtful) else ()
                yield Foreseen(cell=cell, why=refusal.message, choices=choices)
            else:
                if judged is not None:
                    text, kind = judged
                    says = column.word(text) or str(ValueKind(kind).label)
                    yield Foreseen(
                        cell=cell, text=text, kind=kind if column.kinds else "", says=says
                    )


def outcomes() -> Grid:
    entries = {
        "7": Entry("Sjukfrånvaro, rullande 12 månader", "%", "7,53"),
        "8": Entry("Korttidssjukfrånvaro", "%", "2,88", {"value": "2,91"}),
        "9": Entry("Personalomsättning, rullande 12 månader", "%", "6,5", {"value": "6,1"}),
        "10": Entry("Hållbart medarbetarengagemang (HME)", "index", "78", {"value": "79"}),
        "11": Entry("Antal utbildade", "antal", "88", locked=("value",), has_parts=True),
        "12": Entry("Område IT", "antal", "40", {"value": "34"}, level=1),
    }
    columns = (GridColumn(name="value", label="Utfall", kinds=CHOICES), COMMENT)
    return Grid("Utfall för helår 2025", columns, entries)


def amounts() -> Grid:
    columns = tuple(
        GridColumn(name=f"{name}_{month}", label=label, group=f"Januari–{month}")
        for month in ("april", "augusti", "december")
        for name, label in (("outcome", "Utfall"), ("budget", "Budget"), ("forecast", "Prognos"))
    )
    rows = range(1, 31)
    entries = {str(pk): Entry(f"Rad {pk}", "tkr", texts={"budget_april": f"{pk}"}) for pk in rows}
    return Grid("Ekonomi för helår 2025", columns, entries)


def account() -> Grid:
    """One period's amounts and a comment."""
    names = (("outcome", "Utfall"), ("budget", "Budget"))
    amounts = (GridColumn(name=name, label=label, group="April") for name, label in names)
    entries = {str(pk): Entry(f"Rad {pk}", "tkr") for pk in range(1, 4)}
    return Grid("Ekonomi för april 2025", (*amounts, COMMENT), entries)


def results() -> Grid:
    choice = GridColumn(
        name="performed", label="Utförd", reads=Reads.CHOICE, options=ANSWERS, size="choice"
    )
    columns = (choice, replace(choice, name="passed", label="Godkänd"), COMMENT)
    entries = {str(pk): Entry(f"Kontroll {pk}") for pk in range(1, 4)}
    return Grid("Resultat för helår 2025", columns, entries)


MADE = {"utfall": outcomes, "belopp": amounts, "ekonomi": account, "resultat": results}
GRIDS: dict[str, Grid] = {}


def renew() -> None:
    GRIDS.clear()
    GRIDS.update({name: make() for name, make in MADE.items()})
