"""Reads of the ground: fetching and permission are one act."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import QuerySet, Subquery

from governance.enums import OFFICES, Role, ScaleKind
from governance.models import Body, Mandate, Scale, ScaleLevel, Unit, User
from governance.permissions import row_for, same_organisation
from governance.rules import FigureRef, in_force


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


def standing_refs(refs: Iterable[FigureRef]) -> set[FigureRef]:
    """Of the figures printed, those whose row still has the version it was printed with."""
    asked: dict[str, set[FigureRef]] = defaultdict(set)
    for ref in refs:
        asked[ref.model].add(ref)
    standing: set[FigureRef] = set()
    for model, printed in asked.items():
        rows = apps.get_model(model)._default_manager.filter(pk__in={ref.id for ref in printed})
        now = dict(rows.values_list("pk", "version"))
        standing |= {ref for ref in printed if now.get(ref.id) == ref.version}
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
