"""Reads of the ground: fetching and permission are one act."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from governance.declarations import Open, Secret, Table, table_of, tables
from governance.enums import OFFICES, Role, ScaleKind
from governance.history import ENTRY, HistoryEntry, history_of
from governance.models import (
    Body,
    BodyName,
    Mandate,
    Person,
    Scale,
    ScaleLevel,
    SecrecyMark,
    SecrecyPart,
    Unit,
    UnitName,
    User,
)
from governance.permissions import (
    COMMITTEE_MARKS,
    OFFICE_MARKS,
    marks_secrecy,
    roles_held,
    row_for,
    same_organisation,
)
from governance.rules import (
    Closed,
    FigureRef,
    Invalid,
    NameSpan,
    OpenTask,
    Refusal,
    in_force,
    name_on,
    names_fault,
    whole_number,
)
from governance.writing import printed


def visible_body(user: User, pk: int) -> Body:
    """The body, when it belongs to the user's organisation; else 404."""
    rows = Body.objects.select_related("organisation", "parent")
    return row_for(rows, pk, lambda row: same_organisation(user, row.organisation_id))


def scale_levels(organisation_id: int, kind: ScaleKind, year: int) -> "QuerySet[ScaleLevel]":
    """The levels of the newest scales of the kind that hold in the plan year."""
    scales = Scale.objects.filter(
        organisation=organisation_id, kind=kind, from_year__lte=year
    ).order_by("-from_year")
    return ScaleLevel.objects.filter(
        scale__organisation=organisation_id,
        scale__kind=kind,
        scale__from_year=Subquery(scales.values("from_year")[:1]),
    ).order_by("scale__key", "position")


def root_unit(body: Body) -> Unit:
    """The body's administration as a whole (wall 5)."""
    return Unit.objects.get(body=body, parent=None)


def holders(bodies: Collection[int], role: Role, today: date) -> set[int]:
    """Ids of the persons who hold the role in one of the bodies today."""
    rows = Mandate.objects.filter(body__in=bodies, role=role)
    return {
        person
        for person, starts, ends in rows.values_list("person_id", "valid_from", "valid_to")
        if in_force(starts, ends, today)
    }


def holders_at_the_board(organisation_id: int, role: Role, today: date) -> set[int]:
    """The same, in the board and its working committee."""
    offices = Body.objects.filter(organisation=organisation_id, kind__in=OFFICES)
    return holders(list(offices.values_list("pk", flat=True)), role, today)


def body_name(body: Body, on: date) -> str:
    """What the body was called on the day."""
    return name_on(body.name, spans_of(body.names.all()), on)


def spans_of(names: Iterable[BodyName | UnitName]) -> list[NameSpan]:
    return [NameSpan(each.name, each.valid_from, each.valid_to) for each in names]


def names_that_disagree(
    changed: Sequence[Body | BodyName | Unit | UnitName], _loaded: object, _by: object
) -> list[tuple[Model, Refusal]]:
    """Of the rows that a governance file wrote, those whose names are not those of one thing."""
    found: list[tuple[Model, Refusal]] = []
    for row in changed:
        owner = _named(row)
        if fault := names_fault(owner.name, spans_of(owner.names.all())):
            found.append((row, Invalid(fault)))
    return found


def _named(row: Body | BodyName | Unit | UnitName) -> Body | Unit:
    if isinstance(row, BodyName):
        return row.body
    return row.unit if isinstance(row, UnitName) else row


def standing_refs(refs: Iterable[FigureRef]) -> set[FigureRef]:
    """Of the figures printed, those whose row still has the version it was printed with."""
    asked: dict[str, set[FigureRef]] = defaultdict(set)
    for ref in refs:
        asked[ref.model].add(ref)
    standing: set[FigureRef] = set()
    for model, shown in asked.items():
        rows = apps.get_model(model)._default_manager.filter(pk__in={ref.id for ref in shown})
        now = dict(rows.values_list("pk", "version"))
        standing |= {ref for ref in shown if now.get(ref.id) == ref.version}
    return standing


DEMO_PASSWORD = "uppsikt-demo-2026"  # noqa: S105 -- printed on the login page of every demo


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    organisation: str
    username: str
    name: str
    role: str
    password: str


def demo_accounts() -> Sequence[DemoAccount]:
    """The accounts made when the demo was loaded, one line each, region by region; else empty."""
    users = (
        User.objects.filter(is_demo=True)
        .select_related("person__organisation")
        .prefetch_related("person__mandates__body")
        .order_by("person__organisation_id", "id")
    )
    return [
        DemoAccount(
            organisation=user.person.organisation.name if user.person else "",
            username=user.username,
            name=str(user),
            role=role_words(user),
            password=DEMO_PASSWORD,
        )
        for user in users
    ]


def role_words(user: User) -> str:
    """'Controller, DN Regionservice': every mandate in words."""
    if user.is_system_administrator:
        return "Systemadministratör"
    if user.person is None:
        return ""
    words = [f"{m.get_role_display()}, {m.body.short_name}" for m in user.person.mandates.all()]
    return "; ".join(words) or user.person.title


REVIEW_AHEAD = timedelta(days=30)
CLOSED = (
    "Här finns en uppgift som är sekretessmarkerad ({ground}). Det som är fastställt ändras inte: "
    "det läses bara av dem som markeringen namnger."
)


MOST_NEAR = 50  # rows of one table: the newest; older ones have pages of their own


@dataclass(frozen=True, kw_only=True)
class Markable:
    """A row that can be marked: where it is said, and who could be named to read it."""

    row: Model
    address: str
    word: str
    body: Body
    near: Sequence[tuple[str, str]]  # address and words of what is marked for itself instead


def markable_for(user: User, address: str, today: date) -> Markable:
    """The row of "targets.Goal-12", to who may mark what is its body's; else 404."""
    label, _, number = address.partition("-")
    try:
        model = apps.get_model(label)
        table = table_of(model)
    except (LookupError, ValueError, KeyError):
        raise Http404 from None
    row = model._default_manager.filter(pk=whole_number(number)).first()
    if row is None or not isinstance(table.secret, Secret):
        raise Http404
    body = _marked_for(user, row, today)
    if body is None:
        raise Http404
    return Markable(
        row=row,
        address=address,
        word=table.secret.word,
        body=body,
        near=list(_near(user, row, today)),
    )


def _near(user: User, row: Model, today: date) -> Iterator[tuple[str, str]]:
    """What lies next to the row and can be marked for itself: by this way every table is reached."""
    for each in _neighbours(row):
        secret = table_of(type(each)).secret
        if isinstance(secret, Secret) and _marked_for(user, each, today) is not None:
            yield f"{each._meta.label}-{each.pk}", f"{secret.word}: {each}"


def _marked_for(user: User, row: Model, today: date) -> Body | None:
    """The body whose the row is, where the user may mark it."""
    body, secret = body_of_row(row), table_of(type(row)).secret
    if body is None or not isinstance(secret, Secret):
        return None
    if not marks_secrecy(user, body, row._meta.label, today):
        return None
    return body if secret.is_seen is None or secret.is_seen(user, row, today) else None


def _neighbours(row: Model) -> Iterator[Model]:
    """What the row points to, and what it owns; of what has no mark of its own, what that owns."""
    for column in row._meta.concrete_fields:
        if column.is_relation and getattr(row, column.attname) is not None:
            yield getattr(row, column.name)
    for each in tables():
        if each.owner_table is table_of(type(row)):
            yield from _some(each, {each.owner: row})
        elif each.owner_table and isinstance(each.owner_table.secret, Open):
            for column in each.owner_table.model._meta.concrete_fields:
                if column.related_model is type(row):
                    yield from _some(each, {f"{each.owner}__{column.name}": row})


def _some(table: Table, where: dict[str, Model]) -> Iterator[Model]:
    if isinstance(table.secret, Secret):
        rows: QuerySet[Any] = table.model._default_manager.filter(**where)
        yield from rows.order_by("-pk")[:MOST_NEAR]


def body_of_row(row: Model) -> Body | None:
    """None of what the whole organisation shares."""
    pk = table_of(type(row)).body_of(row)
    return None if pk is None else Body.objects.select_related("organisation").get(pk=pk)


def mark_in_force(row: Model) -> SecrecyMark | None:
    """The mark that covers the row, its own or its owner's."""
    parts = SecrecyPart.objects.filter(object_type=row._meta.label, object_id=row.pk)
    found = parts.filter(mark__lifted_on=None).select_related("mark").first()
    return found.mark if found else None


def named_readers(body: Body) -> QuerySet[Person]:
    """Who can be named: persons of the organisation who can log in."""
    persons = Person.objects.filter(organisation=body.organisation_id, user__is_active=True)
    return persons.order_by("name", "pk")


def marks_seen(user: User, today: date) -> list[SecrecyMark]:
    """The marks that the user may set and lift, or is named to read; those in force first."""
    bodies = {
        each.body_id
        for each in roles_held(user, today)
        if each.role in (*COMMITTEE_MARKS, *OFFICE_MARKS)
    }
    of_theirs = Q(body__in=bodies) | Q(body__parent__in=bodies)
    named = Q(pk__in=SecrecyMark.objects.filter(readers=user.person_id).values("pk"))
    marks = SecrecyMark.objects.filter(of_theirs | named).select_related("body__parent")
    seen = [
        mark
        for mark in marks.prefetch_related("readers")
        if marks_secrecy(user, mark.body, mark.object_type, today)
        or user.person in mark.readers.all()
    ]
    return sorted(seen, key=lambda mark: (not mark.is_in_force, mark.review_on, mark.pk))


@dataclass(frozen=True, kw_only=True)
class MarkPage:
    """A mark and what its reader may do: read what was taken out, lift it."""

    mark: SecrecyMark
    readers: Sequence[Person]
    covers: Sequence[str]
    closes: Sequence[str]
    may_read: bool
    may_lift: bool
    history: Sequence[HistoryEntry]


def mark_for(user: User, pk: int, today: date) -> MarkPage:
    """The mark, to those who may lift it or are named to read; else 404."""
    mark = row_for(SecrecyMark.objects.select_related("body__organisation", "body__parent"), pk)
    readers = list(mark.readers.order_by("name"))
    is_ours = same_organisation(user, mark.body.organisation_id)
    may_lift = is_ours and marks_secrecy(user, mark.body, mark.object_type, today)
    may_read = is_ours and user.person in readers
    if not may_lift and not may_read:
        raise Http404
    parts = list(mark.parts.exclude(object_type=ENTRY))
    return MarkPage(
        mark=mark,
        readers=readers,
        covers=[_word(each) for each in parts if not each.is_closed],
        closes=[_word(each) for each in parts if each.is_closed],
        may_read=may_read,
        may_lift=may_lift,
        history=history_of(mark, shown=["review_on", "readers", "lifted_on"]),
    )


def _word(part: SecrecyPart) -> str:
    model = apps.get_model(part.object_type)
    secret = table_of(model).secret
    return secret.word if isinstance(secret, Secret) else CLOSED_WORDS[part.object_type]


CLOSED_WORDS = {
    "reports.ReportVersion": "Godkänd version av underlaget",
    "documents.Document": "PDF",
    "dialogues.Verification": "Utsänt eller justerat protokoll",
}


def withheld_content(mark: SecrecyMark) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What was taken out, row by row: a column's name and what it held. For those named alone."""
    for part in mark.parts.exclude(content=""):
        model = apps.get_model(part.object_type)
        row = model(**stored(model, part.content))
        taken = json.loads(part.content)
        columns = [each for each in model._meta.concrete_fields if each.attname in taken]
        held = [(str(each.verbose_name).capitalize(), printed(row, each.name)) for each in columns]
        yield _word(part), [(name, text) for name, text in held if text]


def stored(model: type[Model], content: str) -> dict[str, Any]:
    """What was taken out of a row, as its columns hold it."""
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return {
        name: None if text is None else columns[name].to_python(text)
        for name, text in json.loads(content).items()
    }


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One row that a mark covers, for those who read bytes that hold it still."""

    model: str
    id: int
    content: str

    @property
    def columns(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.content)
        return found


Marked = frozenset[Taken]


def marked_rows(bodies: Iterable[int]) -> dict[int, Marked]:
    """What is taken out of rows of these bodies, by body; one query."""
    found: dict[int, set[Taken]] = defaultdict(set)
    parts = SecrecyPart.objects.filter(mark__body__in=list(bodies), mark__lifted_on=None)
    columns = ("mark__body_id", "object_type", "object_id", "content")
    for body, model, pk, content in parts.exclude(content="").values_list(*columns):
        found[body].add(Taken(model=model, id=pk, content=content))
    return defaultdict(frozenset, {body: frozenset(rows) for body, rows in found.items()})


def ids_in(marked: Marked, model: str) -> frozenset[int]:
    return frozenset(each.id for each in marked if each.model == model)


def closed_ids(model: str) -> QuerySet[SecrecyPart, int]:
    """The rows of the model that a mark closes to some, for what is offered to anybody."""
    parts = SecrecyPart.objects.filter(object_type=model, is_closed=True, mark__lifted_on=None)
    return parts.values_list("object_id", flat=True)


def closed_rows(user: User, rows: Sequence[Model]) -> dict[int, SecrecyMark]:
    """Of these rows of one model, those that a mark closes to the user."""
    return {each.object_id: each.mark for each in _closing(user, rows) if not each.is_named}


def _closing(user: User, rows: Sequence[Model]) -> Sequence[Any]:
    """The parts that close these rows of one model; ``is_named`` where the user may read."""
    if not rows:
        return ()
    parts = SecrecyPart.objects.filter(
        object_type=rows[0]._meta.label,
        object_id__in=[row.pk for row in rows],
        is_closed=True,
        mark__lifted_on=None,
    )
    named = SecrecyMark.objects.filter(pk=OuterRef("mark"), readers=user.person_id)
    return list(parts.annotate(is_named=Exists(named)).select_related("mark"))


def restored_for(user: User, row: Model) -> None:
    """Put what was taken out of the row back into this object, for those named; else Closed."""
    parts = SecrecyPart.objects.filter(object_type=row._meta.label, object_id=row.pk)
    part = parts.filter(mark__lifted_on=None).select_related("mark").get()
    if user.person not in part.mark.readers.all():
        raise Closed(CLOSED.format(ground=part.mark.ground))
    user.marks_read[part.mark_id] = part.mark
    for name, value in stored(type(row), part.content).items():
        setattr(row, name, value)


def refuse_closed(user: User, row: Model) -> None:
    """Raise Closed where a mark closes the row to the user; who is named reads it, and it is noted
    (``ReadingMiddleware``)."""
    parts = _closing(user, [row])
    for part in parts:
        if not part.is_named:
            raise Closed(CLOSED.format(ground=part.mark.ground))
    user.marks_read.update((part.mark_id, part.mark) for part in parts)


def due_marks(_user: User, today: date) -> QuerySet[SecrecyMark]:
    return SecrecyMark.objects.filter(lifted_on=None, review_on__lte=today + REVIEW_AHEAD)


def marks_to_review(user: User, today: date) -> Iterator[OpenTask]:
    """A month before the day that was set."""
    for mark in due_marks(user, today).select_related("body__parent"):
        if marks_secrecy(user, mark.body, mark.object_type, today):
            yield OpenTask(
                what="Ompröva en sekretessmarkering",
                body=mark.body.short_name,
                occasion=mark.name,
                url_name="governance:secrecy_detail",
                pk=mark.pk,
                button="Ompröva",
                due=mark.review_on,
                detail=mark.ground,
            )
