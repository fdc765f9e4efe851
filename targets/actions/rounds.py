"""Opening a reporting round, and where a body stands in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify

from governance.actions import audit, change_round_state
from governance.enums import RoundStateName
from governance.models import Body, Organisation, Period, ReportingRound, RoundState, User
from governance.rules import Invalid, Refusal
from targets.queries import uncommented_rows

MAX_KEY = 80


@dataclass(frozen=True, kw_only=True)
class NewPeriod:
    """A span that no round has reported before; ``previous`` is what it is compared with."""

    name: str
    short_name: str
    starts_on: date
    ends_on: date
    previous: Period | None


class Uncommented(Invalid):
    """Outcomes beside their target that nobody has commented; ``names`` says which."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            f"Kommentera avvikelsen för {', '.join(self.names)}. "
            "Står kommentaren på annat ställe räcker ”se kommentar i …”."
        )


@transaction.atomic
def submit_round(*, state: RoundState, by: User, today: date, seen: int) -> None:
    """The controller hands in the period's outcomes; from then on they are locked.

    Raises Uncommented where an outcome near or beyond its target has no comment.
    """
    change_round_state(state=state, to=RoundStateName.SUBMITTED, by=by, today=today, seen=seen)
    rows = uncommented_rows(state.body, state.reporting_round.period)
    if rows:
        raise Uncommented([row.full_name for row in rows])


@transaction.atomic
def open_round(
    *,
    organisation: Organisation,
    period: Period | NewPeriod,
    name: str,
    cut_off_on: date,
    due_on: date,
    bodies: Collection[Body],
    by: User,
) -> ReportingRound:
    """Open a reporting round for a period, new or standing, for the bodies chosen.

    Raises Invalid when the days contradict each other, nobody is chosen, or the name is taken.
    """
    if not bodies:
        raise Invalid("Välj minst en nämnd.")
    if isinstance(period, NewPeriod):
        period = _made_period(organisation, period, by=by)
    _check_days(period, cut_off_on=cut_off_on, due_on=due_on)
    if period.rounds.filter(name=name).exists():
        raise Invalid(f"{period.name} har redan en rapportering som heter {name}.")
    opened = ReportingRound.objects.create(
        period=period,
        key=_free_key(name, period.rounds.values_list("key", flat=True)),
        name=name,
        cut_off_on=cut_off_on,
        due_on=due_on,
        previous=_round_before(period),
    )
    audit(by=by, obj=opened, organisation_id=organisation.pk, new="öppnad")
    _add_bodies(opened, bodies, organisation=organisation, by=by)
    return opened


@transaction.atomic
def change_round(
    *,
    reporting_round: ReportingRound,
    name: str,
    cut_off_on: date,
    due_on: date,
    bodies: Iterable[Body],
    by: User,
) -> None:
    """Mend the name or the days, and ask further bodies; nobody asked is left out again."""
    period = reporting_round.period
    organisation = period.organisation
    _check_days(period, cut_off_on=cut_off_on, due_on=due_on)
    if period.rounds.exclude(pk=reporting_round.pk).filter(name=name).exists():
        raise Invalid(f"{period.name} har redan en rapportering som heter {name}.")
    values = {"name": name, "cut_off_on": cut_off_on, "due_on": due_on}
    for field, new in values.items():
        old = getattr(reporting_round, field)
        if old != new:
            setattr(reporting_round, field, new)
            reporting_round.save(update_fields=[field])
            audit(
                by=by,
                obj=reporting_round,
                organisation_id=organisation.pk,
                field=field,
                old=old,
                new=new,
            )
    asked = set(reporting_round.states.values_list("body_id", flat=True))
    further = [body for body in bodies if body.pk not in asked]
    _add_bodies(reporting_round, further, organisation=organisation, by=by)


@transaction.atomic
def lock_round(
    *, reporting_round: ReportingRound, only_approved: bool, by: User, today: date
) -> int:
    """Lock every body of the round, or those that are approved; how many were locked.

    Raises Refusal when there is none to lock.
    """
    states = reporting_round.states.select_for_update(of=("self",)).select_related("body")
    if only_approved:
        states = states.filter(state=RoundStateName.APPROVED)
    found = list(states.exclude(state=RoundStateName.LOCKED).order_by("pk"))
    if not found:
        raise Refusal("Det finns inget att låsa.")
    for state in found:
        change_round_state(
            state=state, to=RoundStateName.LOCKED, by=by, today=today, seen=state.version
        )
    return len(found)


def _made_period(organisation: Organisation, new: NewPeriod, *, by: User) -> Period:
    if new.ends_on < new.starts_on:
        raise Invalid("Periodens sista dag ligger före den första.")
    if organisation.periods.filter(name=new.name).exists():
        raise Invalid(f"Perioden {new.name} finns redan. Välj den i listan.")
    period = Period.objects.create(
        organisation=organisation,
        key=_free_key(new.name, organisation.periods.values_list("key", flat=True)),
        name=new.name,
        short_name=new.short_name or new.name[:30],
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        previous=new.previous,
    )
    audit(by=by, obj=period, organisation_id=organisation.pk, new="skapad")
    return period


def _check_days(period: Period, *, cut_off_on: date, due_on: date) -> None:
    if cut_off_on < period.starts_on:
        raise Invalid("Brytdagen ligger före periodens början.")
    if due_on < cut_off_on:
        raise Invalid("Sista dag att lämna in ligger före brytdagen.")


def _round_before(period: Period) -> ReportingRound | None:
    """The latest round of the period this one is compared with."""
    if period.previous is None:
        return None
    return period.previous.rounds.order_by("-due_on", "-pk").first()


def _free_key(name: str, taken: Iterable[str]) -> str:
    """A stable key after the name, with a number when it is taken (wall 3)."""
    base = slugify(name)[: MAX_KEY - 5] or "namnlos"
    used, number, key = set(taken), 1, base
    while key in used:
        number += 1
        key = f"{base}-{number}"
    return key


def _add_bodies(
    reporting_round: ReportingRound,
    bodies: Iterable[Body],
    *,
    organisation: Organisation,
    by: User,
) -> None:
    for body in bodies:
        state = RoundState.objects.create(reporting_round=reporting_round, body=body)
        audit(
            by=by,
            obj=state,
            organisation_id=organisation.pk,
            body_id=body.pk,
            new="öppnad",
        )
