"""Reads of the ground: fetching and permission are one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.http import Http404

from governance.declarations import table_of
from governance.enums import HANDED_IN
from governance.models import AuditEntry, Body, Period, RoundState, Unit, User
from governance.permissions import same_organisation


def visible_body(user: User, pk: int) -> Body:
    """The body, when it belongs to the user's organisation; else 404."""
    body = Body.objects.select_related("organisation", "parent").filter(pk=pk).first()
    if body is None or not same_organisation(user, body.organisation_id):
        raise Http404
    return body


def root_unit(body: Body) -> Unit:
    """The body's administration as a whole (wall 5)."""
    return Unit.objects.get(body=body, parent=None)


def is_handed_in(row: models.Model) -> bool:
    """The row is a body's for a period, and the body has handed the period in."""
    return RoundState.objects.filter(
        body=table_of(type(row)).body_of(row),
        reporting_round__period=getattr(row, "period_id"),  # noqa: B009 -- any model with a period
        state__in=HANDED_IN,
    ).exists()


def open_rounds(bodies: Iterable[int]) -> Sequence[RoundState]:
    """All round states of the bodies, soonest due first."""
    return list(
        RoundState.objects.filter(body_id__in=list(bodies))
        .select_related("reporting_round__period__previous", "body")
        .order_by("reporting_round__due_on", "id")
    )


def period_states(period: Period, body: Body) -> Sequence[RoundState]:
    """Every round that reports this period for the body; any locked one locks its outcomes."""
    return list(
        RoundState.objects.filter(reporting_round__period=period, body=body)
        .select_related("reporting_round")
        .order_by("id")
    )


def history(obj: models.Model) -> Sequence[AuditEntry]:
    """The object's history, newest first."""
    return list(
        AuditEntry.objects.filter(
            object_type=obj._meta.label,
            object_id=obj.pk,
        )
    )


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
