"""The rows of an entry grid: wholes, parts and units, as the one who reads or writes sees them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F

from figures.enums import CHOICES, CHOSEN_BLANKS, ValueKind
from governance.enums import Light
from governance.rules import HARD_SPACE, swedish
from targets.enums import Breakdown, Dimension, RollUp
from targets.indicators.queries.target_values import Bases, bases_of, reading_of
from targets.models import Category, Definition, Indicator, Outcome
from targets.outcomes.queries.figures import (
    Cell,
    Held,
    Judge,
    Slot,
    help_of,
    judge_of,
    judged_cells,
    light_words,
    part_slots,
    printed,
    slot_of,
    whole,
)
from targets.outcomes.queries.frame import Frame
from targets.outcomes.queries.unit_reports import unit_value
from targets.outcomes.rules.lights import shown_decimals
from targets.outcomes.rules.outcome_input import needs_comment
from targets.outcomes.rules.parts import Printed, parts_rule, parts_warning
from targets.outcomes.rules.row_key import CellKey

SHORT = 80
REMEMBERED = 4096
INDICATOR = tuple(field.attname for field in Indicator._meta.concrete_fields)
OUTCOME = tuple(field.attname for field in Outcome._meta.concrete_fields)
PERIOD_AT, INDICATOR_AT = OUTCOME.index("period_id"), OUTCOME.index("indicator_id")


@dataclass(frozen=True, kw_only=True, eq=False)
class EntryRow:
    """A row of the entry grid, ready to be printed; ``id`` as in ``rules.CellKey``.

    ``names`` are the ids of the texts that name the row, ``full_name`` is the same in words.
    ``value`` is what stands in the row, ``was`` that value as the form sends it back,
    ``typed`` what the writer sees: the same, or what he wrote when it was refused.
    """

    id: str
    level: int
    label: str
    full_name: str
    names: str
    help: str
    unit: str
    target: str
    target_note: str
    owes_target: bool
    previous: str
    previous_comment: str
    version: int
    kind: str
    value: str
    was: str
    light: Light
    light_word: str
    change: str
    note: str
    warning: str
    comment: str
    is_computed: bool
    asks_comment: bool
    is_whole: bool
    is_missing: bool
    typed: str
    typed_kind: str
    typed_comment: str
    is_hidden: bool = False
    state: str = "saved"
    error: str = ""
    comment_state: str = "saved"
    comment_error: str = ""

    @property
    def kind_options(self) -> tuple[tuple[str, str, bool], ...]:
        """(value, word, chosen) of the kinds a writer chooses between."""
        return tuple((one.value, str(one.label), one == self.typed_kind) for one in CHOICES)

    @property
    def has_long_previous_comment(self) -> bool:
        return len(self.previous_comment) > SHORT

    @property
    def is_conflict(self) -> bool:
        return self.state == "conflict"

    @property
    def is_comment_conflict(self) -> bool:
        return self.comment_state == "conflict"


@dataclass(frozen=True, kw_only=True)
class EntryGroup:
    name: str
    rows: tuple[EntryRow, ...]


def as_entered(indicator: Indicator, outcome: Outcome | None) -> str:
    """What a form that shows the row sends back as seen: the value, or the blank's kind."""
    if outcome is not None and outcome.kind in CHOSEN_BLANKS:
        return outcome.kind
    return printed(indicator, outcome)


def entry_groups(
    frame: Frame, *, is_open: bool, helps: Mapping[int, str] | None = None
) -> tuple[EntryGroup, ...]:
    """The rows, whole first and then its parts and units, under the plan's groups.

    Who writes sees what stands in a row; others do not see what small groups hold back.
    """
    now, before = _outcomes(frame)
    aims = [
        (place.indicator, frame.targets[place.pk][0])
        for place in frame.places.values()
        if place.pk in frame.targets
    ]
    bases = tuple(bases_of(aims, [frame.root.pk]).items())
    words = tuple(light_words(frame.body.organisation_id).items())
    groups: list[EntryGroup] = []
    for pk, place in frame.places.items():
        facts = _Facts(
            indicator=_values(place.indicator),
            target=frame.targets.get(place.pk, ("", "")),
            root=frame.root.pk,
            units=tuple((unit.pk, unit.name) for unit in frame.units_under(place.indicator)),
            categories=tuple((each.pk, each.name) for each in frame.categories.get(pk, ())),
            now=tuple(now[pk]),
            before=tuple(before[pk]),
            words=words,
            bases=bases,
            is_open=is_open,
            help=(helps or {}).get(pk, ""),
        )
        rows = _rows(facts)
        if groups and groups[-1].name == place.group:
            rows = groups.pop().rows + rows
        groups.append(EntryGroup(name=place.group, rows=rows))
    return tuple(groups)


Values = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """All that one indicator's rows follow from, as plain values."""

    indicator: Values
    target: tuple[str, str]
    root: int
    units: tuple[tuple[int, str], ...]
    categories: tuple[tuple[int, str], ...]
    now: tuple[Values, ...]
    before: tuple[Values, ...]
    words: tuple[tuple[str, str], ...]
    bases: tuple[tuple[tuple[int, int, int], Decimal], ...]
    is_open: bool
    help: str


def _values(indicator: Indicator) -> Values:
    return tuple(getattr(indicator, name) for name in INDICATOR)


def _outcomes(frame: Frame) -> tuple[dict[int, list[Values]], dict[int, list[Values]]]:
    """(at the period, at the one it is compared with): the rows' values per indicator."""
    now: dict[int, list[Values]] = defaultdict(list)
    before: dict[int, list[Values]] = defaultdict(list)
    period = frame.period
    for values in (
        Outcome.objects.filter(
            unit__in=[frame.root.pk, *(unit.pk for unit in frame.below)],
            period_id__in=[pk for pk in (period.pk, period.previous_id) if pk],
            indicator__in=list(frame.places),
        )
        .order_by("id")
        .values_list(*OUTCOME)
    ):
        held = now if values[PERIOD_AT] == period.pk else before
        held[values[INDICATOR_AT]].append(values)
    return now, before


# The rows follow from the facts alone, and few of a page's have changed since it was last shown:
# judging and wording them anew would take most of the page's time.
@lru_cache(maxsize=REMEMBERED)
def _rows(facts: _Facts) -> tuple[EntryRow, ...]:
    family = _Family(
        indicator=Indicator.from_db(None, INDICATOR, facts.indicator),
        target=facts.target,
        root=facts.root,
        units=[NamedUnit(*unit) for unit in facts.units],
        categories=[Category(pk=pk, name=name) for pk, name in facts.categories],
        now=_held(facts.now),
        before=_held(facts.before),
        words=dict(facts.words),
        bases=dict(facts.bases),
        is_open=facts.is_open,
        help=facts.help,
    )
    return tuple(family.rows())


def _held(rows: Iterable[Values]) -> Held:
    outcomes = (Outcome.from_db(None, OUTCOME, values) for values in rows)
    return {slot_of(outcome): outcome for outcome in outcomes}


class NamedUnit(NamedTuple):
    """A unit as far as a row tells of it."""

    pk: int
    name: str


@dataclass(frozen=True, kw_only=True)
class _Family:
    """One indicator's rows."""

    indicator: Indicator
    target: tuple[str, str]
    root: int
    units: Sequence[NamedUnit]
    categories: Sequence[Category]
    now: Held
    before: Held
    words: Mapping[str, str]
    bases: Bases
    is_open: bool
    help: str

    def rows(self) -> Iterator[EntryRow]:
        text, _note = self.target
        reading = reading_of(self.indicator, text, root_id=self.root, bases=self.bases)
        judge = Judge.of(self.indicator, text, reading, self.words)
        yield from self._divided(judge, None)
        for unit in self.units:
            yield from self._divided(judge_of(judge, whole(unit.pk), whole(self.root)), unit)

    def _divided(self, judge: Judge, unit: NamedUnit | None) -> Iterator[EntryRow]:
        """The rows of one unit, or of the body as a whole."""
        pk = unit.pk if unit else self.root
        label = unit.name if unit else self.indicator.name
        slots = [(label, whole(pk)), *part_slots(self.indicator, pk, self.categories)]
        for cell in judged_cells(judge, slots, self.now, self.before, root_id=self.root):
            yield self._row(cell, unit, is_due=judge.is_due)

    def _row(self, cell: Cell, unit: NamedUnit | None, *, is_due: bool) -> EntryRow:
        slot: Slot = (cell.unit_id, cell.breakdown.value, cell.category_id)
        outcome, previous = self.now.get(slot), self.before.get(slot)
        is_part = cell.breakdown != Breakdown.TOTAL
        is_whole = unit is None and not is_part
        key = self._key(cell, unit)
        value = printed(self.indicator, outcome) if self.is_open else cell.value
        kind = cell.kind if cell.kind in {ValueKind.TEXT, *CHOSEN_BLANKS} else ValueKind.NUMBER
        comment = outcome.comment if outcome else ""
        text, note = self.target if is_whole else ("", "")
        is_missing = cell.light == Light.NO_OUTCOME
        return EntryRow(
            id=str(key),
            level=(unit is not None) + is_part,
            label=cell.label,
            full_name=self._full_name(cell, unit),
            names=self._names(key),
            help=self.help if is_whole else "",
            unit=self.indicator.unit_label,
            target=text.replace(" %", f"{HARD_SPACE}%"),
            target_note=note,
            owes_target=is_whole and not text and is_due,
            previous=cell.previous,
            previous_comment=previous.comment if previous else "",
            version=outcome.version if outcome else 0,
            kind=kind.value,
            value=value,
            was=as_entered(self.indicator, outcome),
            light=cell.light,
            light_word=cell.light_word,
            change=cell.change_text,
            note=self._note(cell, unit, outcome),
            warning="" if is_part or not self._may_tell(cell) else self._warning(slot),
            comment=comment,
            is_computed=unit is None and bool(self.units),
            asks_comment=is_whole and not comment and needs_comment(cell.light),
            is_whole=is_whole,
            is_missing=is_missing,
            typed=value,
            typed_kind=kind.value,
            typed_comment=comment,
        )

    def _key(self, cell: Cell, unit: NamedUnit | None) -> CellKey:
        return CellKey(
            indicator=self.indicator.pk,
            unit=unit.pk if unit else None,
            breakdown=cell.breakdown,
            category=cell.category_id,
        )

    def _full_name(self, cell: Cell, unit: NamedUnit | None) -> str:
        part = cell.label if cell.breakdown != Breakdown.TOTAL else ""
        return ", ".join(
            name for name in (self.indicator.name, unit.name if unit else "", part) if name
        )

    def _names(self, key: CellKey) -> str:
        """The ids of the indicator's name, the unit's and the part's, as far as they go."""
        over = [
            CellKey(indicator=key.indicator),
            replace(key, breakdown=Breakdown.TOTAL, category=None),
            key,
        ]
        return " ".join(f"name-{one}" for one in dict.fromkeys(map(str, over)))

    def _may_tell(self, cell: Cell) -> bool:
        return self.is_open or cell.light != Light.SUPPRESSED

    def _note(self, cell: Cell, unit: NamedUnit | None, outcome: Outcome | None) -> str:
        """What is to know about the value, under it."""
        if unit is None and cell.breakdown == Breakdown.TOTAL and self.units:
            return self._reported(self.units)
        if outcome is None or not self._may_tell(cell):
            return ""
        base = ""
        if outcome.numerator is not None and outcome.denominator is not None:
            base = f"{_plain(outcome.numerator)} av {_plain(outcome.denominator)}"
        notes = (
            base,
            "uppgivet värde" if outcome.is_stated else "",
            "från tidigare mätning" if outcome.is_carried_forward else "",
            f"hämtat från {outcome.origin_label}" if outcome.origin_label else "",
        )
        return " · ".join(note for note in notes if note)

    def _reported(self, units: Sequence[NamedUnit]) -> str:
        rule = RollUp(self.indicator.rollup)
        late = [
            unit.name
            for unit in units
            if not unit_value(self.now.get(whole(unit.pk))).has_reported(rule)
        ]
        if not late:
            return f"Beräknas av enheterna: alla {len(units)} har rapporterat."
        done = len(units) - len(late)
        return (
            f"Beräknas av enheterna: {done} av {len(units)} har rapporterat. "
            f"Saknas: {', '.join(late)}."
        )

    def _warning(self, slot: Slot) -> str:
        """Why the whole does not follow from its parts; "" until all of them are numbers."""
        parts = part_slots(self.indicator, slot[0], self.categories)
        total = self._printed("Totalt", slot)
        told = [number for part in parts if (number := self._printed(*part)) is not None]
        if total is None or not told or len(told) < len(parts):
            return ""
        rule = parts_rule(self.indicator.unit_label, Dimension(self.indicator.dimension))
        return parts_warning(total, told, rule=rule)

    def _printed(self, label: str, slot: Slot) -> Printed | None:
        outcome = self.now.get(slot)
        if outcome is None or outcome.number is None:
            return None
        decimals = shown_decimals(entered=outcome.decimals, fixed=self.indicator.decimals)
        return Printed(label=label, number=outcome.number, decimals=decimals)


def _plain(number: Decimal) -> str:
    return swedish(number.normalize())


def helps_of(frame: Frame) -> dict[int, str]:
    """The line of help under each indicator's name: its definition at the period, its source."""
    texts: dict[int, str] = dict(
        Definition.objects.filter(indicator__in=list(frame.places))
        .exclude(valid_from__gt=frame.period.ends_on)
        .order_by(F("valid_from").asc(nulls_first=True), "id")
        .values_list("indicator", "text")
    )  # the last one in force wins
    return {pk: help_of(place.indicator, texts.get(pk, "")) for pk, place in frame.places.items()}
