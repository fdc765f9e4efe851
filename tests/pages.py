"""Every URL name, once: what its numbers point at and who opens it. Tenancy, reads and browser
tests all walk the URLconf with this table; a name without an entry fails them."""

from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse

from governance.models import Organisation
from tests.architecture.house import PATHS


@dataclass(frozen=True, kw_only=True)
class Entry:
    """``by`` is the demo account that opens the page ("" for the public); ``html`` is false for
    files and fragments; ``where`` narrows which row a number points at."""

    by: str = ""
    objects: dict[str, str] = field(default_factory=dict)
    where: dict[str, dict[str, object]] = field(default_factory=dict)
    post: bool = False
    html: bool = True


def page(by: str, model: str = "", *, name: str = "pk", **where: object) -> Entry:
    return Entry(by=by, objects={name: model} if model else {}, where={name: where})


def act(by: str, model: str = "", *, name: str = "pk", **where: object) -> Entry:
    objects = {name: model} if model else {}
    return Entry(by=by, objects=objects, where={name: where}, post=True, html=False)


ENTRIES = {
    "governance:login": page(""),
    "governance:accessibility": page(""),
    "governance:health": Entry(html=False),
    "governance:logout": act("controller"),
    "desk:todo": page("controller"),
    "desk:reporting": page("controller"),
    "targets:entry_grid": page("controller", "governance.RoundState", body__key="dnrgs"),
    "targets:round_submit": act("controller", "governance.RoundState", body__key="dnrgs"),
    "targets:plan_detail": page("controller", "targets.Plan", key="plan-2026"),
    "targets:indicator_history": page(
        "controller", "targets.Outcome", indicator__key="sjukfranvaro-r12"
    ),
    "internal_control:plan_detail": page("controller", "internal_control.ControlPlan"),
    "economy:overview": page("controller", "governance.Body", key="dnrgs"),
    "documents:document_progress": page("controller", "documents.Document", name="document_id"),
    "documents:document_download": Entry(
        by="controller", objects={"document_id": "documents.Document"}, html=False
    ),
    "documents:document_retry": act("controller", "documents.Document", name="document_id"),
}


def row_of(organisation: Organisation, model: str, where: dict[str, object]) -> int:
    """The newest row of the organisation that fits: it is what the page is about after a walk."""
    rows = apps.get_model(model).objects.filter(**where)
    if PATHS[model]:
        rows = rows.filter(**{PATHS[model]: organisation})
    found = rows.order_by("-pk").values_list("pk", flat=True).first()
    assert found is not None, f"{organisation} has no {model} {where}"
    return found


def address(name: str, organisation: Organisation) -> str:
    """The URL of the name, pointing at the organisation's own rows."""
    entry = ENTRIES[name]
    return reverse(
        name,
        kwargs={
            parameter: row_of(organisation, model, entry.where.get(parameter, {}))
            for parameter, model in entry.objects.items()
        },
    )
