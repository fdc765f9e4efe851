"""The first migrations are folded by hand: they say what Django would have written, guards and all."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config import serve
from governance.declarations import all_guards
from governance.guards import bodies, expected_bodies


def test_no_later_migration_is_needed_for_a_constraint():
    """Folded means: no table is made in one step and constrained in the next (16 s became 7)."""
    loader = MigrationLoader(None)
    steps = [
        type(step).__name__
        for (app, name), migration in loader.disk_migrations.items()
        if name == "0001_initial" and not apps.get_app_config(app).name.startswith("django.")
        for step in migration.operations
    ]

    assert set(steps) == {"CreateModel", "InstallGuards"}


@pytest.mark.django_db
def test_the_triggers_that_stand_are_those_declared():
    declared = {}
    for guard in all_guards():
        declared |= expected_bodies(guard, connection.vendor)

    assert declared
    assert bodies(connection) == declared


@pytest.mark.django_db
def test_the_constraints_that_stand_are_those_of_the_models():
    standing = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            found = connection.introspection.get_constraints(cursor, table)
            standing[table] = {name for name, each in found.items() if not each["primary_key"]}

    missing = {
        f"{model._meta.db_table}: {constraint.name}"
        for model in apps.get_models()
        for constraint in [*model._meta.constraints, *model._meta.indexes]
        if constraint.name not in standing[model._meta.db_table]
    }

    assert missing == set()


@pytest.mark.django_db
def test_a_database_of_before_is_told_to_begin_again():
    MigrationRecorder(connection).record_applied("targets", "0002_the_whole_chain")

    with pytest.raises(serve.CannotStart) as refusal:
        serve.refuse_foreign_database()

    assert re.search(r"targets\.0002_the_whole_chain .* make reset", str(refusal.value))
