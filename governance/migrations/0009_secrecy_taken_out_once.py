from django.db import migrations, models


def forget_what_is_put_back(apps, _schema_editor):
    parts = apps.get_model("governance", "SecrecyPart").objects
    parts.filter(mark__lifted_on__isnull=False).update(content="")


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0008_fill_names'),
    ]

    operations = [
        migrations.RunPython(forget_what_is_put_back, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='secrecypart',
            constraint=models.UniqueConstraint(condition=models.Q(('content', ''), _negated=True), fields=('object_type', 'object_id'), name='secrecy_taken_out_once', violation_error_message='Uppgiften är redan sekretessmarkerad.'),
        ),
    ]
