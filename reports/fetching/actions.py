"""Taking outcomes from the economy or from a frozen report, with where they came from."""

from datetime import date

from governance.models import User
from governance.queries import root_unit
from reports.fetching.queries import NotConvertible, sources_of, unlike, wanted_of
from reports.fetching.rules import converted
from rounds.models import RoundState
from targets.outcomes.actions.fetching import record_fetched
from targets.outcomes.queries.figures import indicator_by_key
from targets.outcomes.queries.outcome_page import fetched_outcomes


def fetch(
    *, state: RoundState, indicator: str, source: str, seen: int, by: User, today: date
) -> str:
    """Write the source's figure as the indicator's outcome for the whole body; what is told.

    For an indicator of the grid without outcome, or one that was fetched before.
    Raises NotConvertible or OutOfRange (422), else as ``record_fetched``.
    """
    body, period = state.body, state.reporting_round.period
    chosen = next((each for each in sources_of(body, period) if each.key == source), None)
    keys = {each.key for each in wanted_of(body, period)}
    keys |= {each.indicator.key for each in fetched_outcomes(body, period)}
    into = indicator_by_key(body.organisation_id, indicator)
    if chosen is None or into is None or into.key not in keys:
        raise NotConvertible("Välj vad som får värdet och en källa.")
    value = converted(chosen.value, into.unit_label)
    if value is None:
        raise NotConvertible(unlike(chosen.value.unit, into.unit_label))
    unit = root_unit(body)
    unit.body = body
    record_fetched(
        indicator=into,
        unit=unit,
        period=period,
        number=value.number,
        decimals=value.decimals,
        origin=chosen.ref,
        label=chosen.label,
        by=by,
        today=today,
        seen=seen,
    )
    return f"Hämtat {value.in_words} från {chosen.label}."
