"""The economy table of a body at a period, beside the period it is compared with."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from economy.enums import AmountKind, Measure, SignStyle
from economy.models import Amount, Line, Scope
from economy.rules import UNIT_WORDS, amount_has_plus, deviation, displayed, printed
from figures.enums import ValueKind
from figures.rules.value import Value
from governance.models import Body, Period, User
from governance.permissions import can_read_figures
from governance.queries import Marked, ids_in, visible_body
from governance.rules import WITHHELD, FigureRef, FiguresPage
from rounds.contributions import HandedInRow
from rounds.models import RoundState
from rounds.queries.states import year_of

# An amount that stands; a row may hold a comment alone.
SAID = Q(value__isnull=False) | Q(is_not_applicable=True) | Q(note=WITHHELD)


@dataclass(frozen=True, kw_only=True)
class EconomyRow:
    """One line as printed; a text is "" where there is no amount. ``mark`` points to a footnote."""

    key: str
    name: str
    mark: str
    scope: str
    unit: str
    value: str
    previous: str
    budget: str
    deviation: str
    forecast: str
    year_budget: str
    forecast_deviation: str
    is_stated: bool
    note: str
    source: FigureRef | None
    previous_source: FigureRef | None
    budget_source: FigureRef | None
    forecast_source: FigureRef | None


@dataclass(frozen=True, kw_only=True)
class EconomyTableData:
    """``year`` names the year that the forecast and the year's budget tell of."""

    period: str
    year: str
    previous_period: str
    rows: tuple[EconomyRow, ...]
    footnotes: tuple[str, ...]

    @property
    def has_budget(self) -> bool:
        return any(row.budget for row in self.rows)

    @property
    def has_forecast(self) -> bool:
        return any(row.forecast or row.year_budget for row in self.rows)

    @property
    def has_stated(self) -> bool:
        return any(row.is_stated for row in self.rows)


def economy_table(
    *, body: Body, period: Period, scopes: Sequence[str] | None = None
) -> EconomyTableData:
    """The body's lines in order. With scopes only those; "" names the lines without a scope."""
    lines = [
        line
        for line in Line.objects.filter(body=body).select_related("scope")
        if scopes is None or (line.scope.key if line.scope else "") in scopes
    ]
    previous, year = period.previous, year_of(period)
    periods = [each for each in (period, previous, year) if each]
    amounts = {
        (amount.line_id, amount.period_id, amount.kind): amount
        for amount in Amount.objects.filter(line__in=lines, period__in=periods)
    }

    def amount(line: Line, at: Period | None, kind: AmountKind) -> Amount | None:
        return amounts.get((line.pk, at.pk, kind)) if at else None

    return EconomyTableData(
        period=period.name,
        year=year.name if year else f"helår {period.ends_on.year}",
        previous_period=previous.name if previous else "",
        rows=tuple(
            _row(
                line,
                outcome=amount(line, period, AmountKind.OUTCOME),
                budget=amount(line, period, AmountKind.BUDGET),
                forecast=amount(line, period, AmountKind.FORECAST),
                year_budget=amount(line, year, AmountKind.BUDGET),
                before=amount(line, previous, AmountKind.OUTCOME),
            )
            for line in lines
        ),
        footnotes=_footnotes(lines),
    )


def _row(
    line: Line,
    *,
    outcome: Amount | None,
    budget: Amount | None,
    forecast: Amount | None,
    year_budget: Amount | None,
    before: Amount | None,
) -> EconomyRow:
    scope = line.scope
    others = [each for each in (budget, forecast, year_budget) if each and each.remark]
    return EconomyRow(
        key=line.key,
        name=line.name,
        mark=scope.mark if scope else "",
        scope=scope.name if scope else "",
        unit=""
        if outcome and (outcome.is_not_applicable or outcome.is_withheld)
        else UNIT_WORDS[Measure(line.measure)],
        value=_text(line, outcome),
        previous=_text(line, before),
        budget=_marked(line, budget),
        deviation=_deviation(line, outcome, budget),
        forecast=_marked(line, forecast),
        year_budget=_marked(line, year_budget),
        forecast_deviation=_deviation(line, forecast, year_budget),
        is_stated=bool(outcome and outcome.is_stated),
        note=" ".join(
            filter(
                None,
                (
                    outcome.remark if outcome else "",
                    *(f"{each.get_kind_display()}: {each.remark}" for each in others),
                ),
            )
        ),
        source=_ref(outcome),
        previous_source=_ref(before),
        budget_source=_ref(budget),
        forecast_source=_ref(forecast),
    )


def value_of(line: Line, amount: Amount | None) -> Value:
    """Uncut, in the unit it is shown in."""
    if amount is not None and amount.is_withheld:
        return Value.of_text(WITHHELD)
    if amount is None or amount.value is None:
        is_blank = bool(amount and amount.is_not_applicable)
        return Value(kind=ValueKind.NOT_APPLICABLE) if is_blank else Value()
    number = displayed(amount.value, Measure(line.measure))
    return Value(
        kind=ValueKind.NUMBER,
        number=number,
        decimals=line.decimals,
        is_stated=amount.is_stated,
        is_confirmed=amount.is_confirmed,
    )


def _text(line: Line, amount: Amount | None) -> str:
    if amount is None or amount.value is None:
        return value_of(line, amount).told()
    return printed(
        amount.value,
        measure=Measure(line.measure),
        decimals=line.decimals,
        plus=amount_has_plus(SignStyle(line.sign_style)),
    )


def _marked(line: Line, amount: Amount | None) -> str:
    return f"{_text(line, amount)}{' (uppgivet)' if amount and amount.is_stated else ''}"


def _deviation(line: Line, outcome: Amount | None, budget: Amount | None) -> str:
    amount, base = (each.value if each else None for each in (outcome, budget))
    value = deviation(amount=amount, budget=base, style=SignStyle(line.sign_style))
    if value is None:
        return ""
    return printed(value, measure=Measure(line.measure), decimals=line.decimals, plus=True)


def _ref(amount: Amount | None) -> FigureRef | None:
    if amount is None:
        return None
    return FigureRef(model="economy.Amount", id=amount.pk, version=amount.version)


def _footnotes(lines: Sequence[Line]) -> tuple[str, ...]:
    """Each scope's footnote once, in the order its first line stands."""
    notes = (
        f"{line.scope.mark} {line.scope.footnote}".strip()
        for line in lines
        if line.scope and line.scope.footnote
    )
    return tuple(dict.fromkeys(notes))


def reported_periods(body: Body) -> list[Period]:
    """The periods for which the body has amounts, the latest first."""
    said = Amount.objects.filter(SAID, line__body=body)
    outcomes = said.filter(kind=AmountKind.OUTCOME, period=OuterRef("pk"))
    return list(
        Period.objects.filter(pk__in=said.values("period_id"))
        .annotate(has_outcome=Exists(outcomes))
        .select_related("previous")
        .order_by("-ends_on", "starts_on", "key")
    )


def chosen(periods: Sequence[Period], wanted: str) -> Period | None:
    """The period asked for by key, else the latest that has outcomes, else the latest."""
    named = [period for period in periods if period.key == wanted]
    with_outcome = [period for period in periods if getattr(period, "has_outcome", True)]
    return next(iter([*named, *with_outcome, *periods]), None)


def get_body_for(user: User, pk: int, today: date) -> Body:
    body = visible_body(user, pk)
    if not can_read_figures(user, body, today):
        raise Http404
    return body


def economy_pages(bodies: Iterable[int]) -> Iterator[FiguresPage]:
    with_lines = Line.objects.filter(body__in=list(bodies)).values("body")
    for body in Body.objects.filter(pk__in=with_lines).order_by("name"):
        yield FiguresPage(
            url_name="economy:overview", pk=body.pk, name="Ekonomi", body=body.short_name
        )


@dataclass(frozen=True, kw_only=True)
class EconomyFigure:
    """One amount as it can be fetched: exact, in the unit the economy prints."""

    ref: FigureRef
    label: str
    number: Decimal
    decimals: int
    unit: str


def economy_figures(*, body: Body, period: Period) -> list[EconomyFigure]:
    """Every amount of the body at the period, in the table's order."""
    amounts = Amount.objects.filter(line__body=body, period=period)
    return _fetchable(amounts.order_by("line__position", "line_id", "kind"))


def economy_figures_by_id(body: Body, ids: Iterable[int]) -> dict[int, EconomyFigure]:
    """The body's amounts as they stand now; one that is gone has no row here."""
    amounts = Amount.objects.filter(pk__in=list(ids), line__body=body)
    return {figure.ref.id: figure for figure in _fetchable(amounts)}


def _fetchable(amounts: QuerySet[Amount]) -> list[EconomyFigure]:
    return [
        EconomyFigure(
            ref=FigureRef(model="economy.Amount", id=amount.pk, version=amount.version),
            label=_label(amount),
            number=displayed(amount.value, Measure(amount.line.measure)),
            decimals=amount.line.decimals,
            unit=UNIT_WORDS[Measure(amount.line.measure)],
        )
        for amount in amounts.select_related("line__scope", "period")
        if amount.value is not None
    ]


def _label(amount: Amount) -> str:
    """ "Nettokostnad (ordinarie), budget, helår 2025"."""
    kind = "" if amount.kind == AmountKind.OUTCOME else f", {amount.get_kind_display().lower()}"
    return f"{named(amount.line)}{kind}, {amount.period.name[:1].lower()}{amount.period.name[1:]}"


def named(line: Line) -> str:
    short = line.scope.short_name if line.scope else ""
    return f"{line.name} ({short})" if short else line.name


class KeptAmount(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    kind: AmountKind
    value: Decimal | None
    is_not_applicable: bool = False
    is_stated: bool
    note: str
    version: int
    period: str = ""  # another than the round's: the year


class KeptLine(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    name: str
    measure: Measure
    sign_style: SignStyle
    decimals: int
    scope: str
    scope_short: str
    mark: str
    footnote: str
    amounts: tuple[KeptAmount, ...]


class EconomySnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The body's lines and their amounts of a period, as handed in."""

    schema: int = 2  # 1 had numbers of the round's period alone
    period: str
    lines: tuple[KeptLine, ...]


def snapshot(body: Body, period: Period) -> bytes:
    lines = Line.objects.filter(body=body).select_related("scope")
    none = Amount(pk=0, period=period, version=0)
    amounts = {line.pk: {(period.pk, none.kind): none} for line in lines}
    asked = Q(period=period) | Q(period=year_of(period), kind=AmountKind.BUDGET)
    found = Amount.objects.filter(asked, SAID | Q(kind=AmountKind.OUTCOME), line__in=amounts)
    for amount in found.select_related("period").order_by("kind", "period__ends_on"):
        amounts[amount.line_id][amount.period_id, amount.kind] = amount
    content = EconomySnapshot(
        period=period.name,
        lines=tuple(_kept(line, period, amounts[line.pk].values()) for line in lines),
    )
    return msgspec.json.encode(content, order="deterministic")


def _kept(line: Line, period: Period, amounts: Iterable[Amount]) -> KeptLine:
    scope = line.scope or Scope()
    return KeptLine(
        key=line.key,
        name=line.name,
        measure=Measure(line.measure),
        sign_style=SignStyle(line.sign_style),
        decimals=line.decimals,
        scope=scope.name,
        scope_short=scope.short_name,
        mark=scope.mark,
        footnote=scope.footnote,
        amounts=tuple(
            KeptAmount(
                id=amount.pk,
                kind=AmountKind(amount.kind),
                value=amount.value,
                is_not_applicable=amount.is_not_applicable,
                is_stated=amount.is_stated,
                note=amount.note,
                version=amount.version,
                period=amount.period.name if amount.period_id != period.pk else "",
            )
            for amount in amounts
        ),
    )


def withhold(data: bytes, marked: Marked) -> bytes:
    """Amounts by their id, lines by their key, a scope by its name."""
    found = msgspec.json.decode(data, type=EconomySnapshot)
    lines = Line.objects.filter(pk__in=ids_in(marked, "economy.Line"))
    keys = {*lines.values_list("key", flat=True)}
    scopes = {each.columns["name"] for each in marked if each.model == "economy.Scope"}
    gone = ids_in(marked, "economy.Amount")
    content = msgspec.structs.replace(
        found,
        lines=tuple(
            _withheld(each, is_line=each.key in keys, is_scope=each.scope in scopes, gone=gone)
            for each in found.lines
        ),
    )
    return msgspec.json.encode(content, order="deterministic")


def _withheld(line: KeptLine, *, is_line: bool, is_scope: bool, gone: Collection[int]) -> KeptLine:
    blank = {"value": None, "is_not_applicable": False, "is_stated": False, "note": WITHHELD}
    amounts = tuple(
        msgspec.structs.replace(each, **blank) if is_line or each.id in gone else each
        for each in line.amounts
    )
    scope = {"scope": WITHHELD, "scope_short": WITHHELD, "footnote": ""} if is_scope else {}
    name = {"name": WITHHELD} if is_line else {}
    return msgspec.structs.replace(line, amounts=amounts, **scope, **name)


def handed_in_rows(data: bytes) -> list[HandedInRow]:
    """The amounts in the table's order: the outcome, and budget and forecast where there are any."""
    content = msgspec.json.decode(data, type=EconomySnapshot)
    return [
        HandedInRow(
            name=_handed_in_name(line, amount),
            value=_printed(line, amount),
            comment="" if amount.note == WITHHELD else amount.note,
            is_missing=_is_missing(amount),
        )
        for line in content.lines
        for amount in sorted(line.amounts, key=lambda each: list(AmountKind).index(each.kind))
    ]


def _is_missing(amount: KeptAmount) -> bool:
    return amount.value is None and not amount.is_not_applicable and amount.note != WITHHELD


def _handed_in_name(line: KeptLine, amount: KeptAmount) -> str:
    name = f"{line.name} ({line.scope_short})" if line.scope_short else line.name
    if amount.kind == AmountKind.OUTCOME:
        return name
    period = f", {amount.period.lower()}" if amount.period else ""
    return f"{name}, {AmountKind(amount.kind).label.lower()}{period}"


def _printed(line: KeptLine, amount: KeptAmount) -> str:
    if amount.value is None:
        is_blank = amount.is_not_applicable
        if amount.note == WITHHELD:
            return WITHHELD
        return str((ValueKind.NOT_APPLICABLE if is_blank else ValueKind.MISSING).label)
    plus = amount_has_plus(line.sign_style)
    text = printed(amount.value, measure=line.measure, decimals=line.decimals, plus=plus)
    return f"{text} {UNIT_WORDS[line.measure]}"


def lacks(states: Sequence[RoundState]) -> dict[int, str]:
    """How many of the body's lines have no outcome; two queries for any number."""
    bodies = {state.body_id for state in states}
    periods = {state.reporting_round.period_id for state in states}
    lines = Counter(Line.objects.filter(body__in=bodies).values_list("body_id", flat=True))
    outcomes = Amount.objects.filter(SAID, kind=AmountKind.OUTCOME, period__in=periods)
    said = Counter(outcomes.values_list("line__body_id", "period_id"))
    at = {each.pk: (each.body_id, each.reporting_round.period_id) for each in states}
    missing = {pk: lines[body] - said[body, period] for pk, (body, period) in at.items()}
    return {pk: f"{count} belopp" if count else "" for pk, count in missing.items()}


def has_no_amounts(body: Body, period: Period) -> bool:
    return not Amount.objects.filter(SAID, line__body=body, period=period).exists()


def address(state: RoundState) -> str:
    """The page of the body's amounts; "" where it has no lines."""
    has_lines = Line.objects.filter(body=state.body_id).exists()
    return reverse("economy:entry_grid", args=[state.pk]) if has_lines else ""
