import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('governance', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ControlPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
            ],
            options={
                'ordering': ('-year', 'key'),
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='control_plan_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='ControlArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='internal_control.controlplan')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=200, verbose_name='namn')),
                ('question', models.CharField(blank=True, max_length=400, verbose_name='fråga')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('plan', 'key'), name='control_area_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='ControlResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='internal_control.controlarea')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.scalelevel', verbose_name='resultat')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='anmärkning')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'period'), name='control_result_once')],
            },
        ),
        migrations.CreateModel(
            name='RemainingAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remaining_actions', to='internal_control.controlarea')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('text', models.CharField(max_length=400, verbose_name='åtgärd')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('area', 'key'), name='remaining_action_key_unique')],
            },
        ),
    ]
