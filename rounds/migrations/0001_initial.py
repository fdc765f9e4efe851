import django.db.models.deletion
from django.db import migrations, models

import governance.guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('governance', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportingRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=80, verbose_name='namn')),
                ('cut_off_on', models.DateField(verbose_name='brytdag')),
                ('due_on', models.DateField(verbose_name='sista dag')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rounds.reportinground', verbose_name='jämförs med')),
                ('parts', models.JSONField(blank=True, default=list, verbose_name='delar')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'key'), name='round_key_unique'), models.UniqueConstraint(fields=('period', 'name'), name='round_name_unique')],
            },
        ),
        migrations.CreateModel(
            name='RoundState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reporting_round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='states', to='rounds.reportinground')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('state', models.CharField(choices=[('open', 'Öppen'), ('submitted', 'Inlämnad'), ('returned', 'Skickad tillbaka'), ('approved', 'Godkänd'), ('locked', 'Låst')], default='open', max_length=20, verbose_name='läge')),
                ('changed_on', models.DateField(blank=True, null=True, verbose_name='ändrat')),
                ('changed_by', models.CharField(blank=True, max_length=120, verbose_name='ändrat av')),
                ('reason', models.TextField(blank=True, verbose_name='skäl')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reporting_round', 'body'), name='round_state_once_per_body'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'submitted', 'returned', 'approved', 'locked'])), name='round_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='HandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_ins', to='rounds.roundstate')),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rounds.handin')),
                ('made_on', models.DateField(null=True)),
                ('made_by', models.CharField(blank=True, max_length=150)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reporting_round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rounds.reportinground')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('mail', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.mail')),
                ('asked_by', models.CharField(max_length=150, verbose_name='beställd av')),
                ('asked_at', models.DateTimeField(verbose_name='beställd')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        governance.guards.InstallGuards(
            guards=[governance.guards.Guard(insert_only=True, table='rounds_handin')],
        ),
    ]
