from django.db import migrations

from governance.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = (("dialogues", "0001_initial"),)

    operations = (InstallGuards("dialogues"),)
