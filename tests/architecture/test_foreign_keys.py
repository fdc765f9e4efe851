"""A string foreign key upward passes import-linter; only this sees it."""

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models

from tests.architecture.house import FLOORS, below, some

# Reverse names across an app border that an UPPER app needs; each with its reason.
WANTED_REVERSE_NAMES: dict[str, str] = {}


def our_models() -> list[type[models.Model]]:
    return some([model for app in FLOORS for model in apps.get_app_config(app).get_models()])


def cross_app_keys() -> list[tuple[str, models.ForeignKey]]:
    found = [
        (f"{model._meta.label}.{field.name}", field)
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label in FLOORS
        and field.related_model._meta.app_label != model._meta.app_label
    ]
    return some(found)


def test_foreign_keys_point_downwards():
    upward = [
        name
        for name, field in cross_app_keys()
        if not below(name.partition(".")[0], field.related_model._meta.app_label)
    ]

    assert upward == []


def test_lower_floors_get_no_name_to_reach_up_with():
    named = [name for name, field in cross_app_keys() if not field.remote_field.hidden]

    assert sorted(set(named) - set(WANTED_REVERSE_NAMES)) == []


def test_no_model_points_anywhere_by_content_type():
    generic = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in [*model._meta.private_fields, *model._meta.get_fields()]
        if isinstance(field, GenericForeignKey)
    ]

    assert generic == []


def test_deleting_never_spreads_across_an_app_border():
    spreading = [
        name
        for name, field in cross_app_keys()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    ]

    assert spreading == []
