from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('economy', '0001_initial'),
    ]

    operations = [
        migrations.AddField('amount', 'is_not_applicable', models.BooleanField(default=False, verbose_name='ej tillämpligt')),
        migrations.AlterField('amount', 'value', models.DecimalField(blank=True, decimal_places=2, max_digits=15, null=True, verbose_name='belopp')),
        migrations.AddConstraint('amount', models.CheckConstraint(condition=models.Q(('is_not_applicable', False), models.Q(('kind', 'outcome'), ('value', None)), _connector='OR'), name='amount_not_applicable', violation_error_message='Bara ett utfall utan belopp kan vara ej tillämpligt.')),
    ]
