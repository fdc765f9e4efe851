"""A goal's kind becomes a level of its organisation and year; a definition becomes its first version."""

from django.db import migrations
from django.utils.text import slugify


def make_levels_and_definitions(apps, schema_editor):
    Goal = apps.get_model("targets", "Goal")
    Level = apps.get_model("targets", "Level")
    Indicator = apps.get_model("targets", "Indicator")
    Definition = apps.get_model("targets", "Definition")
    for goal in Goal.objects.select_related("plan__body").order_by("id"):
        kind = goal.kind or "Mål"
        level, _made = Level.objects.get_or_create(
            organisation_id=goal.plan.body.organisation_id,
            key=f"{slugify(kind) or 'niva'}-{goal.plan.year}",
            defaults={"year": goal.plan.year, "name": kind},
        )
        goal.level = level
        goal.save(update_fields=["level"])
    for indicator in Indicator.objects.exclude(definition=""):
        Definition.objects.create(indicator=indicator, key="forsta", text=indicator.definition)


def put_them_back(apps, schema_editor):
    for goal in apps.get_model("targets", "Goal").objects.select_related("level"):
        goal.kind = goal.level.name
        goal.save(update_fields=["kind"])
    for definition in apps.get_model("targets", "Definition").objects.order_by("id"):
        indicator = definition.indicator
        indicator.definition = definition.text
        indicator.save(update_fields=["definition"])


class Migration(migrations.Migration):

    dependencies = [
        ("targets", "0002_the_whole_chain"),
    ]

    operations = [
        migrations.RunPython(make_levels_and_definitions, put_them_back),
    ]
