from django.db import migrations, models

ROLES = [
    ("controller", "Controller"),
    ("head_of_administration", "Förvaltningschef"),
    ("chair", "Ordförande"),
    ("member", "Ledamot"),
    ("case_officer", "Handläggare"),
    ("secretary", "Nämndsekreterare"),
    ("registrar", "Administratör (registrator)"),
    ("reader", "Läsare"),
    ("overseer", "Direktör med uppsikt"),
]


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_levels")]

    operations = [
        migrations.RemoveConstraint("mandate", "mandate_role_is_known"),
        migrations.AlterField(
            "mandate",
            "role",
            models.CharField("roll", choices=ROLES, max_length=30),
        ),
        migrations.AddConstraint(
            "mandate",
            models.CheckConstraint(
                condition=models.Q(("role__in", [role for role, _label in ROLES])),
                name="mandate_role_is_known",
            ),
        ),
    ]
