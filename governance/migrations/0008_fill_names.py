from django.db import migrations


def fill(apps, schema_editor):
    """What everything is called today it has been called as long as is known."""
    for named, owner in (("BodyName", "body"), ("UnitName", "unit")):
        rows, names = apps.get_model("governance", owner), apps.get_model("governance", named)
        names.objects.bulk_create(
            names(**{owner: row}, key="namn-1", name=row.name) for row in rows.objects.order_by("pk")
        )


class Migration(migrations.Migration):
    dependencies = [("governance", "0007_names_over_time")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
