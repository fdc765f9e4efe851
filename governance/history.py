"""The only history (wall 7): one function writes it, one reads it and hides by default."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from governance.declarations import Secret, table_of
from governance.enums import ChangeKind
from governance.models import AuditEntry, Organisation, SecrecyPart, User
from governance.rules import clean_text

SYSTEM = "Systemet"
HIDDEN = "Visas inte"
HARMLESS = frozenset({"", "state", "reason"})
ENTRY = AuditEntry._meta.label
SECRECY = "secrecy"  # the field by which a row's history tells that it was marked, and lifted


class Said(NamedTuple):
    """A value in the history's words, and exactly: what is brought back is never read from words."""

    text: str
    data: str


Told = Mapping[str, tuple[object, object]]


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One change as a reader may see it; ``is_hidden`` says that old and new are held back.

    ``row`` is the (model's label, id) of what was changed.
    """

    id: int
    row: tuple[str, int]
    at: datetime
    stamped_at: datetime
    actor: str
    kind: ChangeKind
    field: str
    old: str
    new: str
    is_hidden: bool
    actor_id: int | None = None
    old_data: str = ""  # what ``old`` tells, exactly


def record(
    *,
    row: models.Model,
    told: Told,
    by: User | None,
    kind: ChangeKind = ChangeKind.TYPED,
    now: datetime | None = None,
) -> None:
    """Write one entry per field of ``told`` (old, new), inside the action's own transaction.

    An event has the field "". Organisation and body come by the row's declared path.
    """
    record_all([(row, told, kind)], by=by, now=now)


def record_all(
    changes: Collection[tuple[models.Model, Told, ChangeKind]],
    *,
    by: User | None,
    now: datetime | None = None,
) -> None:
    """The same for many rows, in one statement."""
    moment = now or timezone.now()
    days: dict[int, datetime] = {}
    AuditEntry.objects.bulk_create(
        _entry(row, field, old, new, by=by, kind=kind, now=moment, days=days)
        for row, told, kind in changes
        for field, (old, new) in told.items()
    )


def _entry(
    row: models.Model,
    field: str,
    old: object,
    new: object,
    *,
    by: User | None,
    kind: ChangeKind,
    now: datetime,
    days: dict[int, datetime],
) -> AuditEntry:
    table = table_of(type(row))
    organisation_id = table.organisation_of(row)
    if organisation_id not in days:
        days[organisation_id] = _at(organisation_id, by, now)
    return AuditEntry(
        at=days[organisation_id],
        stamped_at=now,
        actor_id=by.pk if by else None,
        actor=str(by) if by else SYSTEM,
        organisation_id=organisation_id,
        body_id=table.body_of(row),
        object_type=row._meta.label,
        object_id=row.pk,
        object_label=str(row)[:200],
        kind=kind,
        field=field,
        old=as_told(old),
        new=as_told(new),
        old_data=old.data if isinstance(old, Said) else "",
    )


def _at(organisation_id: int, by: User | None, now: datetime) -> datetime:
    """The organisation's own day, where it has one, with the clock's time."""
    person = by.person if by else None
    if person is not None and person.organisation_id == organisation_id:
        today = person.organisation.demo_today
    else:
        found = Organisation.objects.filter(pk=organisation_id).values_list("demo_today", flat=True)
        today = found.first()
    if today is None:
        return now
    clock = timezone.localtime(now)
    return clock.replace(year=today.year, month=today.month, day=today.day)


def as_told(value: object) -> str:
    """A value in the history's words: nothing is an empty text."""
    text = value.text if isinstance(value, Said) else value
    return "" if text is None else clean_text(str(text))


def history_of(
    row: models.Model, *, shown: Collection[str] = (), is_open: bool = False
) -> Sequence[HistoryEntry]:
    """The row's history, newest first.

    Old and new are hidden unless the field is harmless or in ``shown``; ``is_open`` shows all, for
    those who may write the row.
    """
    return history_of_rows([(row._meta.label, row.pk)], shown=shown, is_open=is_open)


def history_of_rows(
    rows: Collection[tuple[str, int]], *, shown: Collection[str] = (), is_open: bool = False
) -> Sequence[HistoryEntry]:
    """The same of many (model's label, id) together, in one query."""
    ids: dict[str, list[int]] = defaultdict(list)
    for label, pk in rows:
        ids[label].append(pk)
    wanted = Q(pk__in=())
    for label, pks in ids.items():
        wanted |= Q(object_type=label, object_id__in=pks)
    seen = HARMLESS.union(shown)
    told = AuditEntry.objects.filter(wanted).annotate(is_secret=_marked())
    return [
        _readable(
            entry,
            is_shown=entry.field == SECRECY
            or (not entry.is_secret and (is_open or entry.field in seen)),
        )
        for entry in told
    ]


def entries_in_owner(row: models.Model) -> QuerySet[AuditEntry]:
    """What the history of the row's owner tells of the row itself."""
    table = table_of(type(row))
    told = table.secret.told if isinstance(table.secret, Secret) else None
    if told is None:
        return AuditEntry.objects.none()
    owner = getattr(row, table.owner)
    return AuditEntry.objects.filter(
        object_type=owner._meta.label, object_id=owner.pk, field=told(row)
    )


def _marked() -> Exists:
    """That a mark covers the row whose history the entry is in, or the entry itself: it tells of a
    marked row in its owner's history."""
    row = Q(object_type=OuterRef("object_type"), object_id=OuterRef("object_id"))
    itself = Q(object_type=ENTRY, object_id=OuterRef("pk"))
    return Exists(SecrecyPart.objects.filter(row | itself, mark__lifted_on=None))


def _readable(entry: AuditEntry, *, is_shown: bool) -> HistoryEntry:
    def told(text: str) -> str:
        return text if is_shown or not text else HIDDEN

    return HistoryEntry(
        id=entry.pk,
        row=(entry.object_type, entry.object_id),
        at=entry.at,
        stamped_at=entry.stamped_at,
        actor=entry.actor,
        actor_id=entry.actor_id,
        kind=ChangeKind(entry.kind),
        field=entry.field,
        old=told(entry.old),
        new=told(entry.new),
        old_data=entry.old_data if is_shown else "",
        is_hidden=not is_shown,
    )
