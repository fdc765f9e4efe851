import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("targets", "0003_levels_and_definitions"),
    ]

    operations = [
        migrations.RemoveField(model_name="goal", name="kind"),
        migrations.RemoveField(model_name="indicator", name="definition"),
        migrations.AlterField(
            model_name="goal",
            name="level",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="targets.level",
            ),
        ),
    ]
