"""Where a body stands in a reporting round."""

from datetime import date

from django.db import transaction

from governance.actions import change_round_state
from governance.enums import RoundStateName
from governance.models import RoundState, User


@transaction.atomic
def submit_round(*, state: RoundState, by: User, today: date, seen: int) -> None:
    """The controller hands in the period's outcomes; from then on they are locked."""
    change_round_state(state=state, to=RoundStateName.SUBMITTED, by=by, today=today, seen=seen)
