"""Indicators, their definitions and their targets: row, version and history together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from governance.actions import audit, raise_version
from governance.models import Body, User
from governance.rules import Invalid, Stale
from targets.actions.changing import InUse, add_row, change_row, new_key, remove_row
from targets.actions.plans import check_plan_open
from targets.enums import Horizon
from targets.models import Category, Definition, Indicator, PlannedIndicator, Target
from targets.queries import TARGET_FIELDS


class StaleTarget(Stale):
    """Somebody else set the target first; both texts go with the refusal."""

    def __init__(self, *, typed: str, theirs: str) -> None:
        super().__init__(
            f"Någon annan har ändrat målvärdet till {theirs or 'inget'} sedan du öppnade sidan. "
            f"Du skrev {typed or 'inget'}."
        )


@dataclass(frozen=True, kw_only=True)
class WantedTarget:
    """A target as written; ``seen`` is the version shown, 0 where there was none."""

    horizon: Horizon
    text: str
    note: str = ""
    seen: int


@transaction.atomic
def set_targets(*, place: PlannedIndicator, wanted: Iterable[WantedTarget], by: User) -> None:
    """Keep the targets as they were written, all or none; nothing written takes one away.

    May be done during the year, each time with a line of history on the place, but not once the
    plan's year has been handed in. Raises PlanClosed or StaleTarget (409).
    """
    check_plan_open(place.plan)
    for each in wanted:
        _set_target(place, each.horizon, each.text, each.note, each.seen, by)


def _set_target(
    place: PlannedIndicator, horizon: Horizon, text: str, note: str, seen: int, by: User
) -> None:
    text, note = " ".join(text.split()), " ".join(note.split())
    kept = (
        Target.objects.select_for_update().filter(planned_indicator=place, horizon=horizon).first()
    )
    was, now = _said(kept), _told(text, note)
    if was == now:
        return
    try:
        _write_target(kept, place, horizon, text, note, seen)
    except (Stale, IntegrityError):
        raise StaleTarget(typed=now, theirs=was) from None
    audit(
        by=by,
        obj=place,
        organisation_id=place.plan.body.organisation_id,
        body_id=place.plan.body_id,
        field=TARGET_FIELDS[horizon],
        old=was,
        new=now,
    )


def _write_target(
    kept: Target | None,
    place: PlannedIndicator,
    horizon: Horizon,
    text: str,
    note: str,
    seen: int,
) -> None:
    if kept is None:
        if seen:
            raise Stale("")
        new = Target(
            planned_indicator=place, key=new_key(horizon), horizon=horizon, text=text, note=note
        )
        with transaction.atomic():
            new.save(force_insert=True)
        return
    raise_version(kept, seen=seen)
    if not text:
        kept.delete()
        return
    kept.text, kept.note = text, note
    kept.save(update_fields=["text", "note"])


def _said(target: Target | None) -> str:
    return _told(target.text, target.note) if target else ""


def _told(text: str, note: str) -> str:
    """A note is kept with its target only."""
    return f"{text} ({note})" if text and note else text


@transaction.atomic
def add_indicator(*, body: Body, is_shared: bool, values: Mapping[str, Any], by: User) -> Indicator:
    """A new indicator of the body, or one that the whole organisation shares."""
    indicator = Indicator(
        organisation=body.organisation,
        body=None if is_shared else body,
        key=new_key(values["name"]),
        **values,
    )
    add_row(indicator, body=body, by=by)
    return indicator


@transaction.atomic
def change_indicator(
    *, indicator: Indicator, values: Mapping[str, Any], seen: int, body: Body, by: User
) -> bool:
    """``body`` is whose history the change stands in: the owner's, or the board's for a shared
    one. Raises StaleText (409) when someone was first."""
    return change_row(indicator, values, seen=seen, body=body, by=by)


@transaction.atomic
def add_definition(
    *,
    indicator: Indicator,
    text: str,
    valid_from: date | None,
    seen: int,
    body: Body,
    by: User,
) -> Definition:
    """What the indicator means from a day on; comparisons across that day warn.

    Only the first definition may hold from the beginning. Raises Invalid (422), Stale (409).
    """
    others = list(indicator.definitions.all())
    if others and valid_from is None:
        raise Invalid("Ange från vilken dag den nya definitionen gäller.")
    if any(other.valid_from == valid_from for other in others):
        raise Invalid("Det finns redan en definition som gäller från den dagen.")
    raise_version(indicator, seen=seen)
    definition = Definition(
        indicator=indicator, key=new_key("definition"), valid_from=valid_from, text=text
    )
    definition.save(force_insert=True)
    since = f"Från {valid_from.isoformat()}: " if valid_from else ""
    audit(
        by=by,
        obj=indicator,
        organisation_id=indicator.organisation_id,
        body_id=body.pk,
        field="definition",
        new=f"{since}{text}",
    )
    return definition


@transaction.atomic
def set_categories(
    *, indicator: Indicator, names: Sequence[tuple[int, str]], seen: int, body: Body, by: User
) -> None:
    """Make the indicator's own breakdown these (id, name) in this order; id 0 is a new one.

    A category left out, or without a name, is removed. Raises InUse for one that has outcomes,
    Invalid for two of one name, Stale (409) when the indicator has moved on.
    """
    named = [(pk, name) for pk, name in names if name]
    if len({name.casefold() for _pk, name in named}) < len(named):
        raise Invalid("Två kategorier kan inte heta likadant.")
    kept = {category.pk: category for category in indicator.categories.all()}
    was = ", ".join(category.name for category in kept.values())
    now = ", ".join(name for _pk, name in named)
    if was == now and [pk for pk, _name in named] == list(kept):
        return
    raise_version(indicator, seen=seen)
    for pk in kept.keys() - {pk for pk, _name in named}:
        if kept[pk].outcomes.exists():
            raise InUse(f"”{kept[pk].name}” har utfall och kan inte tas bort.")
        remove_row(kept[pk], body=body, by=by)
    for position, (pk, name) in enumerate(named):
        category = kept.get(pk) or Category(indicator=indicator, key=new_key(name))
        category.name, category.position = name, position
        category.save()
    audit(
        by=by,
        obj=indicator,
        organisation_id=indicator.organisation_id,
        body_id=body.pk,
        field="categories",
        old=was,
        new=now,
    )
