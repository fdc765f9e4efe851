from django.db import migrations, models

from governance.guards import Guard, InstallGuards, RemoveGuards

GUARDS = [Guard(insert_only=True, table="governance_auditentry")]


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [
        RemoveGuards(GUARDS),
        migrations.AddField(
            "auditentry", "old_data", models.TextField(blank=True, default="")
        ),
        InstallGuards(GUARDS),
    ]
