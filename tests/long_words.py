"""A word that no line holds, in every field that somebody writes freely."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, Field, Model, TextField

from documents.jobs import Job
from tests.guards import lifted

WORD = "x" * 260
MACHINES = {"governance.AuditEntry", "sessions.Session"}
NAMES = {"name", "title", "heading", "subtitle", "slide_title", "addressee", "place", "source"}


def text_columns() -> Iterator[tuple[type[Model], Field]]:
    """Every column of text that somebody types, of every model."""
    for model in apps.get_models():
        if model._meta.label in MACHINES or issubclass(model, Job):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, TextField) and field.name != "options":
                yield model, field


def lengthen() -> None:
    """Write the word wherever a text or a long name stands; what is sealed too."""
    names = [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, CharField) and field.name in NAMES and (field.max_length or 0) >= 200
    ]
    with lifted():
        for model, field in [*text_columns(), *names]:
            for row in model._default_manager.exclude(**{field.name: ""}):
                word = f"{row.pk}{WORD}"[: field.max_length]
                model._default_manager.filter(pk=row.pk).update(**{field.name: word})
