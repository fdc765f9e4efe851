"""One value with everything that is known of it: details, parts, evidence and history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import Http404

from figures.enums import WITH_VALUE, ValueKind, ValueScope
from figures.rules.key import Key
from figures.rules.small_groups import held_back
from governance.enums import Light
from governance.models import Body, Period, User
from governance.queries import restored_for
from governance.rules import FigureRef, swedish
from governance.writing import is_withheld, says_withheld
from rounds.permissions import can_record
from rounds.queries.states import lock_of
from targets.enums import PART, Breakdown, Concept, Dimension, RollUp
from targets.models import Category, Evidence, Indicator, Outcome
from targets.outcomes.queries.addresses import Address, get_outcome_for
from targets.outcomes.queries.figures import (
    Cell,
    PrintedFigure,
    categories_of,
    definition_on,
    definitions_of,
    figures,
    light_words,
    parts_of,
    printed,
)
from targets.outcomes.queries.frame import NOT_PLANNED, is_planned
from targets.outcomes.queries.value_history import HistoryLine, details_of, history_lines
from targets.outcomes.rules.details import Details, detail_text
from targets.outcomes.rules.evidence import size_in_words
from targets.outcomes.rules.lights import shown_decimals
from targets.outcomes.rules.parts import Printed, parts_rule, parts_warning
from targets.plans.queries.words import words_for

NOT_OPEN = "är inte öppen för rapportering."


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """A part of the value: a sex, a category or a unit, with its row in the entry grid, and what
    stands there."""

    label: str
    value: str
    word: str
    row: str
    outcome_id: int | None


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    id: int
    name: str
    size: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OutcomePage:
    address: Address
    value: str
    word: str
    light: Light
    previous: str
    change: str
    target: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    note: str
    parts: tuple[PartLine, ...]
    evidence: tuple[EvidenceLine, ...]
    lines: tuple[HistoryLine, ...]
    details: Details
    lock: str
    may_write: bool
    words: Mapping[str, str]

    @property
    def version(self) -> int:
        return self.address.outcome.version if self.address.outcome else 0

    @property
    def outcome_id(self) -> int | None:
        return self.address.outcome.pk if self.address.outcome else None

    @property
    def row(self) -> str:
        return str(self.address.key)

    @property
    def is_open(self) -> bool:
        return self.may_write and not self.lock

    @property
    def is_rolled_up(self) -> bool:
        return bool(self.address.outcome and self.address.outcome.is_rolled_up)


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """The value among the others of its indicator, body and period."""

    address: Address
    figure: PrintedFigure | None
    categories: Sequence[Category]
    hidden: frozenset[Key]

    @property
    def is_hidden(self) -> bool:
        return self.address.key in self.hidden

    @property
    def cell(self) -> Cell | None:
        """The judged cell of the value; a unit's own parts are not judged."""
        if self.figure is None:
            return None
        cells = (self.figure.row, *self.figure.row.parts, *self.figure.row.units)
        return next((cell for cell in cells if cell.place == self.address.key), None)


def _scene(address: Address) -> _Scene:
    indicator, body, period = address.indicator, address.body, address.period
    found = figures(body=body, period=period, keys=[indicator.key], with_units=True)
    figure = next(iter(found), None)
    categories = categories_of([indicator])[indicator.pk]
    hides = indicator.hides_small_groups
    hidden = held_back(figure.now, root=figure.root_id, hides=hides) if figure else frozenset()
    return _Scene(address=address, figure=figure, categories=categories, hidden=hidden)


def get_evidence_for(user: User, pk: int, today: date, *, write: bool = False) -> Evidence:
    """A file of a value one may see: a hidden value's files are its controller's alone."""
    evidence = Evidence.objects.filter(pk=pk).first()
    if evidence is None:
        raise Http404
    address = get_outcome_for(user, evidence.outcome_id, today, write=write)
    if not can_record(user, address.body, today) and _scene(address).is_hidden:
        raise Http404
    if address.outcome is not None:
        evidence.outcome = address.outcome
    if not write and says_withheld(evidence) and is_withheld(evidence):
        restored_for(user, evidence)
    return evidence


def outcome_page(user: User, address: Address, today: date) -> OutcomePage:
    outcome, indicator = address.outcome, address.indicator
    scene = _scene(address)
    cell, row = scene.cell, scene.figure.row if scene.figure else None
    may_write = can_record(user, address.body, today)
    shown = may_write or not scene.is_hidden
    value = printed(indicator, outcome) if shown else ""
    words = words_for(address.body.organisation_id, address.period.ends_on.year)
    return OutcomePage(
        address=address,
        value=f"{value} {indicator.unit_label}".strip() if value else "",
        word=_word(scene),
        light=cell.light if cell else Light.NOT_JUDGED,
        previous=cell.previous if cell else "",
        change=cell.change_judged if cell and shown else "",
        target=(row.target_words or row.target_text) if row else "",
        facts=tuple(_facts(address, words, shown=shown)),
        warnings=tuple(_warnings(scene)),
        note=_note(is_hidden=scene.is_hidden, may_write=may_write),
        parts=_parts(scene),
        evidence=_evidence(outcome) if shown else (),
        lines=_lines(scene, value, may_write=may_write),
        details=details_of(outcome),
        lock=_lock(address),
        may_write=may_write,
        words=words,
    )


def _lines(scene: _Scene, value: str, *, may_write: bool) -> tuple[HistoryLine, ...]:
    outcome = scene.address.outcome
    if outcome is None:
        return ()
    return history_lines(outcome, value=value, may_write=may_write, is_hidden=scene.is_hidden)


def _word(scene: _Scene) -> str:
    """The light's word, or which blank it is."""
    if scene.cell is not None:
        return scene.cell.light_word
    address = scene.address
    if scene.is_hidden:
        year = address.period.ends_on.year
        return light_words(address.body.organisation_id, year)[Light.SUPPRESSED.value]
    kind = ValueKind(address.outcome.kind) if address.outcome else ValueKind.MISSING
    return "" if kind in WITH_VALUE else str(kind.label)


def _facts(address: Address, words: Mapping[str, str], *, shown: bool) -> Iterator[tuple[str, str]]:
    """(name, text) of what is known; what is not known is left out."""
    if shown:
        yield from _numbers(address, words)
    yield from _marks(address)
    yield from _texts(address)


def _numbers(address: Address, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What would give a hidden value away."""
    details = details_of(address.outcome)
    if details.numerator is not None and details.denominator is not None:
        parts = f"{detail_text(details, 'numerator')} av {detail_text(details, 'denominator')}"
        yield "Täljare och nämnare", parts
    if details.group_size is not None:
        yield "Gruppens storlek", f"{swedish(Decimal(details.group_size))} personer"
    if details.forecast_number is not None:
        foreseen = detail_text(details, "forecast_number")
        yield words[Concept.FORECAST], f"{foreseen} {address.indicator.unit_label}".strip()
    if details.restated_number is not None:
        restated = (
            f"{detail_text(details, 'restated_number')} {address.indicator.unit_label}".strip()
        )
        yield "Omräknat jämförelsevärde", f"{restated}. {details.restated_note}"


def _marks(address: Address) -> Iterator[tuple[str, str]]:
    outcome, details = address.outcome, details_of(address.outcome)
    if outcome is None:
        return
    yield "Omfattning", str(ValueScope(outcome.scope).label)
    if details.measured_on is not None:
        yield "Mätt", details.measured_on.isoformat()
    if details.is_carried_forward:
        yield "Mätning", "Värdet kommer från en tidigare mätning"
    if details.is_stated:
        yield "Uppgivet värde", "Värdet är återgivet som det lämnades, utan känt underlag"
    if outcome.is_rolled_up:
        yield "Beräknat", str(RollUp(address.indicator.rollup).label)
    if outcome.origin_label:
        yield "Hämtat från", outcome.origin_label


def _texts(address: Address) -> Iterator[tuple[str, str]]:
    indicator, details = address.indicator, details_of(address.outcome)
    if details.source or indicator.source:
        yield "Källa", details.source or indicator.source
    definition = definition_on(definitions_of([indicator])[indicator.pk], address.period.ends_on)
    if definition is not None:
        yield "Definition", definition.text
    if details.comment:
        yield "Kommentar", details.comment


def _warnings(scene: _Scene) -> Iterator[str]:
    address, figure = scene.address, scene.figure
    if figure is None or address.breakdown != Breakdown.TOTAL:
        return
    if address.unit.parent_id is None and figure.row.warning:
        yield figure.row.warning
    if warning := _beside_parts(scene, figure):
        yield warning


def _beside_parts(scene: _Scene, figure: PrintedFigure) -> str:
    """Where the whole does not follow from its women and men, or its categories."""
    indicator, unit = scene.address.indicator, scene.address.unit
    whole = Key(what=indicator.pk, unit=unit.pk)
    labelled = [("Totalt", whole), *parts_of(whole, indicator, scene.categories)]
    numbers = [_printed(figure, *each) for each in labelled]
    known = [number for number in numbers if number is not None]
    if len(known) < len(labelled) or scene.hidden & {place for _label, place in labelled}:
        return ""
    total, *parts = known
    rule = parts_rule(indicator.unit_label, Dimension(indicator.dimension))
    return parts_warning(total, parts, rule=rule)


def _printed(figure: PrintedFigure, label: str, place: Key) -> Printed | None:
    outcome = figure.now.get(place)
    if outcome is None or outcome.number is None:
        return None
    decimals = shown_decimals(entered=outcome.decimals, fixed=figure.indicator.decimals)
    return Printed(label=label, number=outcome.number, decimals=decimals)


def _note(*, is_hidden: bool, may_write: bool) -> str:
    if not is_hidden:
        return ""
    if may_write:
        return "Värdet redovisas inte: gruppen är liten. Det visas bara för nämndens controller."
    return "Värdet redovisas inte, eftersom gruppen är liten eller kan räknas fram."


def _parts(scene: _Scene) -> tuple[PartLine, ...]:
    """What the body's whole is divided into: sexes or categories, then units."""
    address, figure = scene.address, scene.figure
    if figure is None or address.key != Key(what=address.indicator.pk, unit=figure.root_id):
        return ()
    return tuple(
        PartLine(
            label=cell.label,
            value="" if cell.place in scene.hidden else cell.value,
            word=cell.light_word,
            row=str(cell.place),
            outcome_id=cell.source.id if cell.source else None,
        )
        for cell in (*figure.row.parts, *figure.row.units)
    )


def _evidence(outcome: Outcome | None) -> tuple[EvidenceLine, ...]:
    rows = Evidence.objects.filter(outcome=outcome) if outcome else ()
    return tuple(
        EvidenceLine(
            id=row.pk,
            name=row.name,
            size=size_in_words(row.size),
            by=row.added_by,
            at=row.added_at,
        )
        for row in rows
    )


def _lock(address: Address) -> str:
    """Why nothing can be changed, in words; "" when it can."""
    period, indicator = address.period, address.indicator
    if address.state is None:
        return f"{period.name} {NOT_OPEN}"
    if not is_planned(indicator, address.body, period):
        return NOT_PLANNED
    return lock_of(period, address.body, PART)


@dataclass(frozen=True, kw_only=True)
class FetchedOutcome:
    """A value that came from elsewhere; ``decimals`` are those it is shown with."""

    id: int
    version: int
    indicator: Indicator
    number: Decimal
    decimals: int
    origin: FigureRef
    label: str


def fetched_outcomes(body: Body, period: Period) -> list[FetchedOutcome]:
    """The body's values of the period that were fetched and stand as fetched, by name."""
    return [
        FetchedOutcome(
            id=outcome.pk,
            version=outcome.version,
            indicator=outcome.indicator,
            number=outcome.number,
            decimals=shown_decimals(entered=outcome.decimals, fixed=outcome.indicator.decimals),
            origin=FigureRef(
                model=outcome.origin_model,
                id=outcome.origin_id or 0,
                version=outcome.origin_version or 0,
            ),
            label=outcome.origin_label,
        )
        for outcome in Outcome.objects.filter(unit__body=body, period=period)
        .exclude(origin_model="")
        .select_related("indicator")
        .order_by("indicator__name", "id")
        if outcome.number is not None
    ]
