"""What can be fetched into a period's outcomes, from the economy or from a frozen report.

targets knows neither: it keeps the origin's row, version and words; here they are read again, so
that a later difference is seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

import economy.queries
from governance.enums import Light
from governance.models import Body, Period, User
from governance.permissions import can_read_figures
from governance.queries import closed_ids
from governance.rules import FigureRef, Invalid
from reports.blocks.content import PackContent
from reports.blocks.economy import EconomyTable
from reports.blocks.indicators import IndicatorFigures, IndicatorTable
from reports.clearance.queries.versions import content_of
from reports.fetching.rules import Measured, converted, fits, read_printed
from reports.models import ReportVersion
from rounds.models import RoundState
from rounds.permissions import can_record
from rounds.queries.states import get_round_state_for, lock_of
from targets.enums import PART
from targets.outcomes.queries import figures as figures_queries
from targets.outcomes.queries.outcome_page import FetchedOutcome, fetched_outcomes
from targets.plans.queries.words import words_for

ECONOMY, REPORT = "economy.Amount", "reports.ReportVersion"


GONE = "Finns inte längre"


class NotConvertible(Invalid):
    pass


@dataclass(frozen=True, kw_only=True)
class Source:
    """A figure that an outcome can be fetched from; ``key`` names it in the page's form."""

    key: str
    ref: FigureRef
    label: str
    value: Measured

    @property
    def words(self) -> str:
        return f"{self.label}: {self.value.in_words}"


@dataclass(frozen=True, kw_only=True)
class FetchedValue:
    """A fetched outcome beside its origin as it stands today; ``now`` is "" when it is gone."""

    outcome_id: int
    indicator_key: str
    name: str
    value: str
    label: str
    now: str
    differs: bool
    source_key: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An indicator of the grid that has no outcome yet."""

    key: str
    name: str
    unit: str
    version: int

    @property
    def words(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True, kw_only=True)
class FetchPreview:
    wanted: Wanted
    source: Source
    value: Measured


@dataclass(frozen=True, kw_only=True)
class FetchPage:
    state: RoundState
    body: Body
    period: Period
    fetched: tuple[FetchedValue, ...]
    wanted: tuple[Wanted, ...]
    sources: tuple[Source, ...]
    nothing: str
    preview: FetchPreview | None
    problem: str
    chosen: tuple[str, str]
    lock: str
    may_write: bool
    words: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        return self.may_write and not self.lock


def get_fetching_for(user: User, pk: int, today: date, *, write: bool = False) -> RoundState:
    """The round state whose outcomes and whose body's economy the user may read; or write."""
    state = get_round_state_for(user, pk, today, write=write)
    if not can_read_figures(user, state.body, today):
        raise Http404
    return state


def fetch_page(
    user: User, state: RoundState, today: date, *, indicator: str = "", source: str = ""
) -> FetchPage:
    """What was fetched, what can be, and what the chosen pair would give."""
    body, period = state.body, state.reporting_round.period
    sources, wanted = list(sources_of(body, period)), list(wanted_of(body, period))
    preview, problem = None, ""
    if indicator or source:
        preview, problem = _preview(wanted, sources, indicator, source)
    offered = [each for each in wanted if any(fits(s.value.unit, each.unit) for s in sources)]
    chosen = [each for each in offered if each.key == indicator] or offered
    return FetchPage(
        state=state,
        body=body,
        period=period,
        fetched=fetched_values(body, period),
        wanted=tuple(offered),
        sources=tuple(s for s in sources if any(fits(s.value.unit, each.unit) for each in chosen)),
        nothing=_nothing(has_sources=bool(sources), has_wanted=bool(wanted)),
        preview=preview,
        problem=problem,
        chosen=(indicator, source),
        lock=lock_of(period, body, PART),
        may_write=can_record(user, body, today),
        words=words_for(body.organisation_id, period.ends_on.year),
    )


def _nothing(*, has_sources: bool, has_wanted: bool) -> str:
    """Why nothing can be fetched, where nothing can."""
    if not has_sources:
        return "Det finns inget att hämta: inga belopp för perioden och ingen godkänd rapport."
    if not has_wanted:
        return "Allt har värden. Ta bort ett värde i tabellen för att hämta det i stället."
    return "Inget som kan hämtas har samma enhet som en rad utan värde."


def sources_of(body: Body, period: Period) -> Iterator[Source]:
    """The economy's amounts of the period, then the figures of the body's frozen reports."""
    for figure in economy.queries.economy_figures(body=body, period=period):
        yield _of_economy(figure)
    for version in _latest_versions(body):
        yield from _of_report(version)


def _of_economy(figure: economy.queries.EconomyFigure) -> Source:
    return Source(
        key=f"e{figure.ref.id}",
        ref=figure.ref,
        label=f"Ekonomi: {figure.label}, version {figure.ref.version}",
        value=Measured(number=figure.number, decimals=figure.decimals, unit=figure.unit),
    )


def _latest_versions(body: Body) -> list[ReportVersion]:
    """The newest frozen version of each of the body's reports, the newest report first."""
    newest: dict[int, ReportVersion] = {}
    for version in (
        ReportVersion.objects.filter(report__body=body)
        .exclude(pk__in=closed_ids("reports.ReportVersion"))
        .select_related("report")
        .order_by("-report__year", "-report_id", "-number")
    ):
        newest.setdefault(version.report_id, version)
    return list(newest.values())


def _of_report(version: ReportVersion) -> Iterator[Source]:
    content = content_of(version)
    for number, (place, value) in enumerate(printed_figures(content).items()):
        yield Source(
            key=f"r{version.pk}-{number}",
            ref=FigureRef(model=REPORT, id=version.pk, version=version.number),
            label=f"{_named(version)}{place}",
            value=value,
        )


def _named(version: ReportVersion) -> str:
    return f"{version.report.name}, version {version.number}: "


def printed_figures(content: PackContent) -> dict[str, Measured]:
    """The numbers a report prints, by the place they stand; words and blanks are left out."""
    found: dict[str, Measured] = {}
    for section in content.sections:
        for block in section.blocks:
            if not isinstance(block, IndicatorFigures | IndicatorTable | EconomyTable):
                continue
            period = f"{block.period[:1].lower()}{block.period[1:]}"
            for name, text, unit in _texts(block):
                value = read_printed(text, unit)
                if value is not None:
                    found.setdefault(f"{section.title}, {name}, {period}", value)
    return found


def _texts(
    block: IndicatorFigures | IndicatorTable | EconomyTable,
) -> Iterator[tuple[str, str, str]]:
    """(name, text, unit) of what stands for the block's own period; "" where the text has both."""
    rows = block.lines if isinstance(block, EconomyTable) else block.figures
    for row in rows:
        yield row.name, row.value, row.unit
    for group in block.groups if isinstance(block, IndicatorTable) else ():
        for line in group.lines:
            for column, cell in zip(group.columns, line.cells, strict=True):
                if column.is_outcome:
                    yield line.name, cell.text, ""


def wanted_of(body: Body, period: Period) -> Iterator[Wanted]:
    for figure in figures_queries.figures(body=body, period=period):
        if figure.row.light == Light.NO_OUTCOME:
            yield Wanted(
                key=figure.row.key,
                name=figure.row.name,
                unit=figure.row.unit,
                version=figure.outcome.version if figure.outcome else 0,
            )


def _preview(
    wanted: Sequence[Wanted], sources: Sequence[Source], indicator: str, source: str
) -> tuple[FetchPreview | None, str]:
    into = next((each for each in wanted if each.key == indicator), None)
    out_of = next((each for each in sources if each.key == source), None)
    if into is None or out_of is None:
        return None, "Välj vad som får värdet och en källa."
    value = converted(out_of.value, into.unit)
    if value is None:
        return None, unlike(out_of.value.unit, into.unit)
    return FetchPreview(wanted=into, source=out_of, value=value), ""


def unlike(source: str, unit: str) -> str:
    return (
        f"Källan är i {source or 'en okänd enhet'} och indikatorn i {unit or 'en okänd enhet'}. "
        "Värdet kan inte räknas om."
    )


def fetched_values(body: Body, period: Period) -> tuple[FetchedValue, ...]:
    """The body's fetched outcomes, each beside its origin as it stands today."""
    outcomes = fetched_outcomes(body, period)
    now = {**_economy_now(body, outcomes), **_reports_now(body, outcomes)}
    return tuple(_fetched(outcome, now.get(outcome.id)) for outcome in outcomes)


def _fetched(outcome: FetchedOutcome, source: Source | None) -> FetchedValue:
    unit = outcome.indicator.unit_label
    value = Measured(number=outcome.number, decimals=outcome.decimals, unit=unit)
    now = converted(source.value, unit) if source else None
    return FetchedValue(
        outcome_id=outcome.id,
        indicator_key=outcome.indicator.key,
        name=outcome.indicator.name,
        value=value.in_words,
        label=outcome.label,
        now=now.in_words if now else GONE,
        differs=now is None or now.number != outcome.number,
        source_key=source.key if source and now else "",
        version=outcome.version,
    )


def _economy_now(body: Body, outcomes: Iterable[FetchedOutcome]) -> dict[int, Source]:
    ids = {each.id: each.origin.id for each in outcomes if each.origin.model == ECONOMY}
    figures = economy.queries.economy_figures_by_id(body, ids.values())
    return {pk: _of_economy(figures[origin]) for pk, origin in ids.items() if origin in figures}


def _reports_now(body: Body, outcomes: Iterable[FetchedOutcome]) -> dict[int, Source]:
    """The same place in the newest version of the report it was fetched from."""
    from_reports = [each for each in outcomes if each.origin.model == REPORT]
    if not from_reports:
        return {}
    fetched = {
        version.pk: version
        for version in ReportVersion.objects.filter(
            report__body=body, pk__in=[each.origin.id for each in from_reports]
        ).select_related("report")
    }
    newest: dict[int, dict[str, Source]] = {}
    for version in _latest_versions(body):
        said = {
            source.label.removeprefix(_named(version)): source for source in _of_report(version)
        }
        newest[version.report_id] = said
    found: dict[int, Source] = {}
    for each in from_reports:
        origin = fetched.get(each.origin.id)
        if origin is not None:
            place = each.label.removeprefix(_named(origin))
            source = newest[origin.report_id].get(place)
            found |= {each.id: source} if source else {}
    return found
