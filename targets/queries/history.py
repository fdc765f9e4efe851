"""What happened to a value."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from governance.models import AuditEntry, Period, Unit, User
from governance.queries import history
from targets.models import Indicator, Outcome
from targets.permissions import can_read_outcomes
from targets.queries.figures import definition_on, definitions_of, printed


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One change: of a named field from old to new, or an event in words."""

    at: datetime
    actor: str
    what: str
    is_change: bool
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class OutcomeHistory:
    """One value with everything that happened to it, newest first."""

    outcome: Outcome
    indicator: Indicator
    unit: Unit
    period: Period
    value: str
    definition: str
    lines: tuple[HistoryLine, ...]


def outcome_history_for(user: User, pk: int, today: date) -> OutcomeHistory:
    outcome = (
        Outcome.objects.select_related("indicator", "unit__body", "period").filter(pk=pk).first()
    )
    if outcome is None or not can_read_outcomes(user, outcome.unit.body, today):
        raise Http404
    definitions = definitions_of([outcome.indicator])[outcome.indicator_id]
    definition = definition_on(definitions, outcome.period.ends_on)
    return OutcomeHistory(
        outcome=outcome,
        indicator=outcome.indicator,
        unit=outcome.unit,
        period=outcome.period,
        value=printed(outcome.indicator, outcome),
        definition=definition.text if definition else "",
        lines=tuple(_history_line(entry) for entry in history(outcome)),
    )


def _history_line(entry: AuditEntry) -> HistoryLine:
    what = "Värde"
    if entry.field != "value":
        names = {field.name: field for field in Outcome._meta.fields}
        known = names.get(entry.field)
        what = str(known.verbose_name).capitalize() if known else entry.field or entry.new
    return HistoryLine(
        at=entry.at,
        actor=entry.actor,
        what=what,
        is_change=entry.field != "",
        old=entry.old,
        new=entry.new,
    )


def last_value_change(outcome: Outcome) -> AuditEntry | None:
    """The newest history row of the value itself."""
    return next((entry for entry in history(outcome) if entry.field == "value"), None)
