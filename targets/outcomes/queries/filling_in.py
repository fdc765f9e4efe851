"""The rounds in which a controller still has outcomes to fill in or hand in."""

from collections.abc import Iterator
from datetime import date

from governance.models import User
from governance.rules import OpenTask
from rounds.enums import WITH_THE_CONTROLLER
from rounds.queries.states import returned, waiting_states
from targets.enums import PART
from targets.outcomes.queries.missing import missing_outcomes


def outcomes_to_fill_in(user: User, today: date) -> Iterator[OpenTask]:
    states = [
        state
        for state in waiting_states(user, today)
        if state.state in WITH_THE_CONTROLLER and state.reporting_round.asks(PART)
    ]
    missing = missing_outcomes(states) if states else {}
    for state in states:
        lacks = missing[state.pk]
        words = f"{lacks} utfall saknas" if lacks else "Alla utfall är ifyllda"
        yield OpenTask(
            what="Fyll i utfall" if lacks else "Lämna in utfallen",
            body=state.body.short_name,
            occasion=state.reporting_round.period.name,
            due=state.reporting_round.due_on,
            url_name="targets:entry_grid",
            pk=state.pk,
            button="Fyll i" if lacks else "Öppna",
            detail=" ".join(filter(None, (f"{words}.", returned(state)))),
        )
