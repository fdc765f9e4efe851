from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("internal_control", "0001_initial")]
    operations = [
        migrations.AddField("controlresult", "performed", models.BooleanField("utförd", null=True, blank=True)),
        migrations.AddConstraint("controlresult", models.CheckConstraint(condition=models.Q(performed=None) | models.Q(performed=True) | models.Q(level=None), name="control_result_of_what_was_performed", violation_error_message="Kontrollen är inte utförd. Ta bort resultatet eller ändra till Ja.")),
    ]
