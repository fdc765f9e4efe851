import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import governance.guards

MAIL = governance.guards.Guard(may_become=True, sealed="{row}.state = 'ready'", table='documents_mail')


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
        ('governance', '0002_auditentry_old_data'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        governance.guards.RemoveGuards(guards=[MAIL]),
        migrations.AddField(
            model_name='mail',
            name='token',
            field=models.CharField(db_default='', default='', editable=False, max_length=12),
        ),
        governance.guards.InstallGuards(guards=[MAIL]),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requested_at', models.DateTimeField(verbose_name='beställd')),
                ('state', models.CharField(choices=[('queued', 'Väntar'), ('running', 'Pågår'), ('ready', 'Klar'), ('failed', 'Misslyckades')], default='queued', max_length=10, verbose_name='läge')),
                ('step', models.CharField(blank=True, max_length=100, verbose_name='steg')),
                ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='procent')),
                ('attempt', models.PositiveIntegerField(default=0, verbose_name='försök')),
                ('attempt_limit', models.PositiveIntegerField(default=5, verbose_name='högst antal försök')),
                ('lease_until', models.DateTimeField(null=True, verbose_name='hålls till')),
                ('worker', models.CharField(blank=True, max_length=150, verbose_name='hålls av')),
                ('postponed_until', models.DateTimeField(null=True, verbose_name='väntar till')),
                ('rung_at', models.DateTimeField(null=True, verbose_name='senast ringd')),
                ('error', models.TextField(blank=True, verbose_name='fel')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='klar')),
                ('row_label', models.CharField(max_length=60)),
                ('row_id', models.BigIntegerField()),
                ('act', models.CharField(max_length=40, verbose_name='handling')),
                ('what', models.CharField(max_length=200, verbose_name='vad som har hänt')),
                ('about', models.CharField(max_length=200, verbose_name='ärendets adress')),
                ('happened_on', models.DateField(verbose_name='dag')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body', verbose_name='nämnd')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation', verbose_name='organisation')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beställd av')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(null=True, verbose_name='läst')),
                ('mail', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivery', to='documents.mail')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='documents.event')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['state', 'requested_at'], name='event_by_state'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'ready', 'failed'])), name='event_state_known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('finished_at', None)), _connector='OR'), name='event_ready_iff_finished', violation_error_message='Det som är klart har en tidpunkt.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('error', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('error', '')), _connector='OR'), name='event_failed_iff_error', violation_error_message='Det som misslyckades säger varför.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until', None)), _connector='OR'), name='event_running_iff_lease', violation_error_message='Det som pågår hålls av någon.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'queued'), ('postponed_until', None), _connector='OR'), name='event_postponed_is_queued', violation_error_message='Bara det som väntar kan vänta till en tidpunkt.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('progress__gte', 0), ('progress__lte', 100)), name='event_progress_percent'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('attempt__lte', models.F('attempt_limit'))), name='event_attempts_bounded'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['person'], name='delivery_unread'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('event', 'person'), name='delivery_once_per_person'),
        ),
    ]
