"""A string foreign key upward passes import-linter; only this sees it."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models

from governance.models import Organisation
from tests.architecture.house import FLOORS, NO_ORGANISATION, PATHS, below

# Reverse names across an app border that an UPPER app needs; each with its reason.
WANTED_REVERSE_NAMES: dict[str, str] = {}


def our_models() -> list[type[models.Model]]:
    return [model for app in FLOORS for model in apps.get_app_config(app).get_models()]


def cross_app_keys() -> list[tuple[str, models.ForeignKey]]:
    return [
        (f"{model._meta.label}.{field.name}", field)
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.app_label in FLOORS
        and field.related_model._meta.app_label != model._meta.app_label
    ]


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


def end_of(model: type[models.Model], path: str) -> type[models.Model]:
    for step in filter(None, path.split("__")):
        field = model._meta.get_field(step)
        assert not field.null, f"{model._meta.label}.{step} may be empty"
        model = field.related_model
    return model


def test_every_model_has_one_declared_path_to_its_organisation():
    labels = {model._meta.label for model in our_models()}

    assert labels == set(PATHS) | set(NO_ORGANISATION)


@pytest.mark.parametrize("label", sorted(PATHS))
def test_path_leads_to_the_organisation(label):
    assert end_of(apps.get_model(label), PATHS[label]) is Organisation
