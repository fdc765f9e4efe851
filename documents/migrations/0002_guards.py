from django.db import migrations

from governance.guards import InstallGuards


class Migration(migrations.Migration):
    dependencies = (("documents", "0001_initial"),)

    operations = (InstallGuards("documents"),)
