"""What the executive board sees of every committee: what is handed in, and nothing else.

What is read are the bytes that were handed in, never the rows: not of a committee that has not
handed in, and not of one that works on after its period was opened again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404

from desk.overview.enums import OverviewMode
from governance.declarations import declared
from governance.enums import OFFICES, BodyKind, Light
from governance.models import Body, Period, Unit, User
from governance.permissions import held_roles
from governance.rules import in_force
from rounds.contributions import Contribution
from rounds.queries.hand_ins import Kept, kept_of, lacked_in, reported_periods
from rounds.rules.hand_in import HandInStatus, hand_in_status
from targets.enums import PART

NO_AREA = "Övrigt"
REPORTERS = frozenset({BodyKind.OPERATIONS, BodyKind.COMMITTEE, BodyKind.JOINT})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The filter as it was asked for; what does not exist is as if it had not been asked."""

    year: int | None = None
    period: int | None = None
    committee: int | None = None
    light: Light | None = None
    mode: OverviewMode = OverviewMode.AREAS


@dataclass(frozen=True, kw_only=True)
class Committee:
    """A committee at the period: what it has handed in, and of the period compared with."""

    id: int
    name: str
    long_name: str
    hand_in: HandInStatus
    kept: Kept = field(repr=False, compare=False)
    before: Kept = field(repr=False, compare=False)

    @property
    def is_handed_in(self) -> bool:
        return self.hand_in.is_handed_in

    @property
    def words(self) -> str:
        return self.hand_in.in_words

    @property
    def lacks(self) -> str:
        """What was missing in the other parts when they were handed in; outcomes have their light."""
        said = (
            lacked_in(part, self.kept.parts) for part in declared(Contribution) if part.name != PART
        )
        return ", ".join(filter(None, said))


@dataclass(frozen=True, kw_only=True)
class Oversight:
    """The ground of every overview: the periods, the chosen one and each committee's standing."""

    organisation_id: int
    periods: Sequence[Period]
    reported: Mapping[int, bool]  # of each with a round: whether anything is handed in
    period: Period | None
    committees: Sequence[Committee]

    @property
    def years(self) -> list[int]:
        return sorted({each.ends_on.year for each in self.periods}, reverse=True)

    @property
    def of_the_year(self) -> list[Period]:
        """The periods to choose among, the latest first."""
        year = self.period.ends_on.year if self.period else None
        return [each for each in self.periods if each.ends_on.year == year]

    @property
    def handed_in(self) -> list[Committee]:
        return [each for each in self.committees if each.is_handed_in]

    @property
    def missing(self) -> list[Committee]:
        """Who has not handed in, the latest first."""
        waiting = [each for each in self.committees if not each.is_handed_in]
        return sorted(waiting, key=lambda each: (-each.hand_in.days_late, each.name))

    @property
    def lacking(self) -> list[Committee]:
        """Who handed in without all that was asked for."""
        return [each for each in self.handed_in if each.lacks]

    @property
    def late(self) -> int:
        return sum(each.hand_in.days_late > 0 for each in self.committees)

    def committee(self, pk: int | None) -> Committee | None:
        return next((each for each in self.committees if each.id == pk), None)


def oversight_for(user: User, asked: Asked, today: date) -> Oversight:
    """The ground for a reader with a role in the board or its working committee; else 404.

    Six queries. The organisation is the reader's own, whatever is asked for.
    """
    roots = _roots_overseen(user, today)
    organisation_id = next(iter(roots.values())).body.organisation_id
    periods = _periods(organisation_id)
    reported = reported_periods(periods)
    period = _chosen_period(periods, reported, asked, today)
    return Oversight(
        organisation_id=organisation_id,
        periods=periods,
        reported=reported,
        period=period,
        committees=_committees(roots, period, today) if period else (),
    )


def _roots_overseen(user: User, today: date) -> dict[int, Unit]:
    """The root unit of each body of the reader's organisation, by body."""
    if user.person is None or user.is_system_administrator:
        raise Http404
    mine = {body for body, _role in held_roles(user, today)}
    roots = {
        unit.body_id: unit
        for unit in Unit.objects.filter(
            body__organisation=user.person.organisation_id, parent=None
        ).select_related("body")
    }
    if not any(pk in mine and unit.body.kind in OFFICES for pk, unit in roots.items()):
        raise Http404
    return roots


def _periods(organisation_id: int) -> list[Period]:
    """All periods, the latest first and of those that end together the longest first."""
    found = {each.pk: each for each in Period.objects.filter(organisation=organisation_id)}
    for each in found.values():
        each.previous = found.get(each.previous_id or 0)
    return sorted(
        found.values(), key=lambda each: (-each.ends_on.toordinal(), each.starts_on, each.pk)
    )


def _chosen_period(
    periods: Sequence[Period], reported: Mapping[int, bool], asked: Asked, today: date
) -> Period | None:
    """The one asked for, in the year asked for; else the latest that is over and has something
    handed in, or a round."""
    for period in periods:
        if period.pk == asked.period and asked.year in {None, period.ends_on.year}:
            return period
    of_the_year = [each for each in periods if asked.year in {None, each.ends_on.year}]
    over = [each for each in of_the_year or periods if each.ends_on <= today]
    handed_in = [each for each in over if reported.get(each.pk)]
    with_round = [each for each in over if each.pk in reported]
    return next(iter([*handed_in, *with_round, *over, *periods]), None)


def _committees(roots: Mapping[int, Unit], period: Period, today: date) -> list[Committee]:
    """The committees in force when the period ends, and the board when it reports itself."""
    kept = kept_of(list(roots), [pk for pk in (period.pk, period.previous_id) if pk])
    found = []
    for pk, unit in roots.items():
        body, now = unit.body, kept[pk, period.pk]
        if not now.occasions and not _is_due(body, period):
            continue
        found.append(
            Committee(
                id=pk,
                name=body.short_name,
                long_name=body.name,
                hand_in=hand_in_status(now.occasions, today),
                kept=now,
                before=kept[pk, period.previous_id or 0],
            )
        )
    return sorted(found, key=lambda each: each.name)


def _is_due(body: Body, period: Period) -> bool:
    return body.kind in REPORTERS and in_force(body.valid_from, body.valid_to, period.ends_on)
