"""Indicators, their definitions and their targets: row, version and history together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance import writing
from governance.enums import ChangeKind
from governance.history import record
from governance.models import Body, User
from governance.refusals import atomic
from governance.rules import Invalid, Stale
from targets.enums import Horizon
from targets.indicators.queries.target_values import TARGET_FIELDS
from targets.models import Category, Definition, Indicator, PlannedIndicator, Target
from targets.plans.actions.plan_rows import InUse, add_row, new_key
from targets.plans.actions.plans import check_plan_open


@dataclass(frozen=True, kw_only=True)
class WantedTarget:
    """A target as written; ``seen`` is the version shown, 0 where there was none."""

    horizon: Horizon
    text: str
    note: str = ""
    seen: int


@atomic()
def set_targets(*, place: PlannedIndicator, wanted: Iterable[WantedTarget], by: User) -> None:
    """Keep the targets as they were written, all or none; nothing written takes one away.

    May be done during the year, each time with a line of history on the place, but not once the
    plan's year has been handed in. Raises PlanClosed or Stale (409).
    """
    check_plan_open(place.plan)
    for each in wanted:
        _set_target(place, each.horizon, each.text, each.note, each.seen, by)


def _set_target(
    place: PlannedIndicator, horizon: Horizon, text: str, note: str, seen: int, by: User
) -> None:
    text, note = " ".join(text.split()), " ".join(note.split())
    address = {"planned_indicator": place, "horizon": horizon}
    target = Target.objects.select_for_update().filter(**address).first()
    if target is not None:
        target.planned_indicator = place
    was, now = _said(target), _told(text, note)
    if was == now:
        return
    try:
        with atomic(Stale("")):
            _write_target(target or Target(**address), text, note, seen, (was, now), by)
    except Stale:
        raise writing.stale_value(
            place, TARGET_FIELDS[horizon], what="Värdet", typed=now, theirs=was,
            who="Någon annan",
        ) from None  # fmt: skip


def _write_target(
    target: Target, text: str, note: str, seen: int, pair: tuple[str, str], by: User
) -> None:
    """The place's history tells it: a target taken away leaves its place, and its history there."""
    place, told = target.planned_indicator, {TARGET_FIELDS[Horizon(target.horizon)]: pair}
    if not target.pk:
        if seen:
            raise Stale("")
        target.key, target.text, target.note = new_key(target.horizon), text, note
        writing.add(target, by=by, about=place, told=told, kind=ChangeKind.TYPED)
    elif text:
        values = {"text": text, "note": note}
        writing.change(target, values, by=by, seen=seen, about=place, told=told)
    else:
        writing.remove(target, by=by, seen=seen, about=place, told=told)


def _said(target: Target | None) -> str:
    return _told(target.text, target.note) if target else ""


def _told(text: str, note: str) -> str:
    """A note is kept with its target only."""
    return f"{text} ({note})" if text and note else text


@atomic()
def add_indicator(
    *, body: Body, is_shared: bool, values: Mapping[str, Any], by: User, token: str = ""
) -> Indicator:
    """A new indicator of the body, or one that the whole organisation shares; one for a ``token``,
    what the form was drawn with."""
    indicator = Indicator(
        organisation=body.organisation,
        body=None if is_shared else body,
        key=new_key(values["name"], token),
        **values,
    )
    return add_row(indicator, by=by)


@atomic()
def add_definition(
    *, indicator: Indicator, text: str, valid_from: date | None, seen: int, by: User
) -> Definition:
    """What the indicator means from a day on; comparisons across that day warn.

    Only the first definition may hold from the beginning. Raises Invalid (422), Stale (409).
    """
    others = list(indicator.definitions.all())
    if others and valid_from is None:
        raise Invalid("Ange från vilken dag den nya definitionen gäller.")
    if any(other.valid_from == valid_from for other in others):
        raise Invalid("Det finns redan en definition som gäller från den dagen.")
    writing.update(indicator, {}, seen=seen)
    definition = Definition(
        indicator=indicator, key=new_key("definition"), valid_from=valid_from, text=text
    )
    since = f"Från {valid_from.isoformat()}: " if valid_from else ""
    told = {"definition": ("", f"{since}{text}")}
    return writing.add(definition, by=by, about=indicator, told=told, kind=ChangeKind.TYPED)


@atomic()
def set_categories(
    *, indicator: Indicator, names: Sequence[tuple[int, str]], seen: int, by: User
) -> None:
    """Make the indicator's own breakdown these (id, name) in this order; id 0 is a new one.

    A category left out, or without a name, is removed. Raises InUse for one that has outcomes,
    Invalid for two of one name, Stale (409) when the indicator has moved on.
    """
    named = [(pk, name) for pk, name in names if name]
    if len({name.casefold() for _pk, name in named}) < len(named):
        raise Invalid("Två kategorier kan inte heta likadant.")
    categories = {category.pk: category for category in indicator.categories.all()}
    was = ", ".join(category.name for category in categories.values())
    now = ", ".join(name for _pk, name in named)
    if was == now and [pk for pk, _name in named] == list(categories):
        return
    writing.update(indicator, {}, seen=seen)
    for pk in categories.keys() - {pk for pk, _name in named}:
        if categories[pk].outcomes.exists():
            raise InUse(f"”{categories[pk].name}” har utfall och kan inte tas bort.")
        writing.remove(categories[pk], by=by)
    for position, (pk, name) in enumerate(named):
        if pk in categories:
            values = {"name": name, "position": position}
            writing.update(categories[pk], writing.differing_of(categories[pk], values))
        else:
            new = Category(indicator=indicator, key=new_key(name), name=name, position=position)
            writing.add(new, by=by, told={})
    record(row=indicator, told={"categories": (was, now)}, by=by)
