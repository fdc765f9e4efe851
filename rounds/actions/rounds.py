"""Opening a reporting round, changing it, and locking all of it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.text import slugify

from governance.declarations import declared
from governance.locks import exclusive
from governance.models import Body, Organisation, Period, User
from governance.refusals import atomic
from governance.rules import Invalid, Refusal
from governance.writing import add, add_all, change
from rounds.actions.hand_in import lock_all
from rounds.actions.locks import holding
from rounds.contributions import Contribution
from rounds.enums import LOCK, RoundStateName
from rounds.models import ReportingRound, RoundState
from rounds.states import ROUND

MAX_KEY = 80
OPENED = {"": ("", "öppnad")}


@dataclass(frozen=True, kw_only=True)
class NewPeriod:
    """A span that no round has reported before; ``previous`` is what it is compared with."""

    name: str
    short_name: str
    starts_on: date
    ends_on: date
    previous: Period | None


@atomic()
def open_round(
    *,
    organisation: Organisation,
    period: Period | NewPeriod,
    name: str,
    cut_off_on: date,
    due_on: date,
    bodies: Collection[Body],
    parts: Sequence[str] = (),
    by: User,
) -> ReportingRound:
    """Open a reporting round for a period, new or standing, for the bodies chosen.

    ``parts`` are the names of what it asks for; none asks for all. Raises Invalid when the days
    contradict each other, nobody is chosen, or the name is taken.
    """
    if not bodies:
        raise Invalid("Välj minst en nämnd.")
    if unknown := set(parts) - {part.name for part in declared(Contribution)}:
        raise Invalid(f"Okänd del: {', '.join(sorted(unknown))}.")
    if isinstance(period, NewPeriod):
        period = _made_period(organisation, period, by=by)
    _check_days(period, cut_off_on=cut_off_on, due_on=due_on)
    others = _rounds_of(period)
    _check_name(others, name, period)
    opened = ReportingRound(
        period=period,
        key=_free_key(name, others.values_list("key", flat=True)),
        name=name,
        cut_off_on=cut_off_on,
        due_on=due_on,
        previous=_round_before(period, parts),
        parts=list(parts),
    )
    with atomic(Invalid(_taken(name, period))):
        add(opened, told=OPENED, by=by)
    _add_bodies(opened, bodies, by=by)
    return opened


@atomic()
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
    [reporting_round] = exclusive(ReportingRound.objects.filter(pk=reporting_round.pk))
    period = reporting_round.period
    _check_days(period, cut_off_on=cut_off_on, due_on=due_on)
    _check_name(_rounds_of(period).exclude(pk=reporting_round.pk), name, period)
    values = {"name": name, "cut_off_on": cut_off_on, "due_on": due_on}
    change(reporting_round, values, by=by)
    present = set(reporting_round.states.values_list("body_id", flat=True))
    _add_bodies(reporting_round, [body for body in bodies if body.pk not in present], by=by)


@atomic()
def lock_round(
    *, reporting_round: ReportingRound, only_approved: bool, by: User, today: date
) -> int:
    """Lock every body of the round, or those that are approved; how many were locked.

    Raises Refusal when there is none to lock.
    """
    wanted = {RoundStateName.APPROVED} if only_approved else ROUND.named(LOCK).sources
    bodies = reporting_round.states.values_list("body_id", flat=True)
    found = [
        state
        for state in holding(bodies, reporting_round.period).values()
        if state.reporting_round_id == reporting_round.pk and state.state in wanted
    ]
    if not found:
        raise Refusal("Det finns inget att låsa.")
    lock_all(found, by=by, today=today)
    return len(found)


def _made_period(organisation: Organisation, new: NewPeriod, *, by: User) -> Period:
    if new.ends_on < new.starts_on:
        raise Invalid("Periodens sista dag ligger före den första.")
    made = Period(
        organisation=organisation,
        key=_free_key(new.name, organisation.periods.values_list("key", flat=True)),
        name=new.name,
        short_name=new.short_name or new.name[:30],
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        previous=new.previous,
    )
    taken = Invalid(f"Perioden {new.name} finns redan. Välj den i listan.")
    if organisation.periods.filter(name=new.name).exists():
        raise taken
    with atomic(taken):
        return add(made, by=by)


def _check_days(period: Period, *, cut_off_on: date, due_on: date) -> None:
    if cut_off_on < period.starts_on:
        raise Invalid("Brytdagen ligger före periodens början.")
    if due_on < cut_off_on:
        raise Invalid("Sista dag att lämna in ligger före brytdagen.")


def _rounds_of(period: Period) -> QuerySet[ReportingRound]:
    return ReportingRound.objects.filter(period=period)


def _check_name(others: QuerySet[ReportingRound], name: str, period: Period) -> None:
    if others.filter(name=name).exists():
        raise Invalid(_taken(name, period))


def _taken(name: str, period: Period) -> str:
    return f"{period.name} har redan en rapportering som heter {name}."


def _round_before(period: Period, parts: Sequence[str]) -> ReportingRound | None:
    """The latest round of the period this one is compared with, of the same parts if there is one."""
    if period.previous is None:
        return None
    found = list(_rounds_of(period.previous).order_by("-due_on", "-pk"))
    alike = [each for each in found if set(each.parts) == set(parts)]
    return next(iter([*alike, *found]), None)


def _free_key(name: str, taken: Iterable[str]) -> str:
    """A stable key after the name, with a number when it is taken (wall 3)."""
    base = slugify(name)[: MAX_KEY - 5] or "namnlos"
    used, number, key = set(taken), 1, base
    while key in used:
        number += 1
        key = f"{base}-{number}"
    return key


def _add_bodies(reporting_round: ReportingRound, bodies: Iterable[Body], *, by: User) -> None:
    rows = [RoundState(reporting_round=reporting_round, body=body) for body in bodies]
    add_all(rows, told=OPENED, by=by)
