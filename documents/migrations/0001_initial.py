import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import governance.guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('governance', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation', verbose_name='organisation')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beställd av')),
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
                ('kind', models.CharField(choices=[('render', 'Utskrift'), ('stamp', 'Stämpling'), ('render_and_stamp', 'Utskrift med stämpel')], max_length=20, verbose_name='slag')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('filename', models.CharField(max_length=200, verbose_name='filnamn')),
                ('page_format', models.CharField(choices=[('a4', 'A4'), ('slides', 'Bildspel 16:9')], max_length=10, verbose_name='sidformat')),
                ('html', models.TextField(blank=True, verbose_name='underlag')),
                ('css', models.JSONField(blank=True, default=list, verbose_name='stilmallar')),
                ('content', models.BinaryField(null=True, verbose_name='förseglat innehåll')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='stämplar')),
                ('created_stated_at', models.DateTimeField(verbose_name='angiven tidpunkt')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='kontrollsumma')),
                ('size', models.PositiveBigIntegerField(null=True, verbose_name='storlek')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['state', 'requested_at'], name='document_by_state'), models.Index(fields=['sha256'], name='document_by_sha256')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'ready', 'failed'])), name='document_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('finished_at', None)), _connector='OR'), name='document_ready_iff_finished', violation_error_message='Det som är klart har en tidpunkt.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('error', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('error', '')), _connector='OR'), name='document_failed_iff_error', violation_error_message='Det som misslyckades säger varför.'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until', None)), _connector='OR'), name='document_running_iff_lease', violation_error_message='Det som pågår hålls av någon.'), models.CheckConstraint(condition=models.Q(('state', 'queued'), ('postponed_until', None), _connector='OR'), name='document_postponed_is_queued', violation_error_message='Bara det som väntar kan vänta till en tidpunkt.'), models.CheckConstraint(condition=models.Q(('progress__gte', 0), ('progress__lte', 100)), name='document_progress_percent'), models.CheckConstraint(condition=models.Q(('attempt__lte', models.F('attempt_limit'))), name='document_attempts_bounded'), models.CheckConstraint(condition=models.Q(('kind__in', ['render', 'stamp', 'render_and_stamp'])), name='document_kind_known'), models.CheckConstraint(condition=models.Q(('page_format__in', ['a4', 'slides'])), name='document_format_known'), models.CheckConstraint(condition=models.Q(models.Q(('size__isnull', False), ('state', 'ready'), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('state', 'ready'), _negated=True), ('sha256', ''), ('size', None)), _connector='OR'), name='document_ready_iff_bytes', violation_error_message='Ett färdigt dokument har fil och storlek.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'stamp'), ('source__isnull', False)), models.Q(models.Q(('kind', 'stamp'), _negated=True), ('source', None)), _connector='OR'), name='document_stamp_iff_source', violation_error_message='En stämpling utgår från ett färdigt dokument.')],
            },
        ),
        migrations.CreateModel(
            name='DocumentAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='documents.document')),
                ('name', models.CharField(max_length=120, verbose_name='filnamn')),
                ('description', models.CharField(max_length=200, verbose_name='beskrivning')),
                ('data', models.BinaryField(verbose_name='innehåll')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('document', 'name'), name='attachment_name_once')],
            },
        ),
        migrations.CreateModel(
            name='SealedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sealed_record', to='documents.document')),
                ('content', models.BinaryField(verbose_name='innehåll')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='innehållets kontrollsumma')),
                ('unstamped_sha256', models.CharField(max_length=64, verbose_name='kontrollsumma före stämpel')),
                ('stamped_sha256', models.CharField(db_index=True, max_length=64, verbose_name='kontrollsumma')),
                ('certificate_sha256', models.CharField(max_length=64, verbose_name='certifikatets fingeravtryck')),
                ('sealed_at', models.DateTimeField(verbose_name='stämplad')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stamped_sha256', models.F('unstamped_sha256')), _negated=True), name='sealed_stamp_adds_bytes')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation', verbose_name='organisation')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beställd av')),
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
                ('to', models.EmailField(max_length=254, verbose_name='till')),
                ('subject', models.CharField(max_length=200, verbose_name='ämne')),
                ('text', models.TextField(verbose_name='text')),
                ('about', models.CharField(max_length=200, verbose_name='ärendets adress')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['state', 'requested_at'], name='mail_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'ready', 'failed'])), name='mail_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'ready')), models.Q(models.Q(('state', 'ready'), _negated=True), ('finished_at', None)), _connector='OR'), name='mail_ready_iff_finished', violation_error_message='Det som är klart har en tidpunkt.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('error', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('error', '')), _connector='OR'), name='mail_failed_iff_error', violation_error_message='Det som misslyckades säger varför.'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until', None)), _connector='OR'), name='mail_running_iff_lease', violation_error_message='Det som pågår hålls av någon.'), models.CheckConstraint(condition=models.Q(('state', 'queued'), ('postponed_until', None), _connector='OR'), name='mail_postponed_is_queued', violation_error_message='Bara det som väntar kan vänta till en tidpunkt.'), models.CheckConstraint(condition=models.Q(('progress__gte', 0), ('progress__lte', 100)), name='mail_progress_percent'), models.CheckConstraint(condition=models.Q(('attempt__lte', models.F('attempt_limit'))), name='mail_attempts_bounded')],
            },
        ),
        migrations.CreateModel(
            name='UploadTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('number', models.PositiveBigIntegerField(default=0, verbose_name='nummer')),
                ('held_until', models.DateTimeField(null=True, verbose_name='hålls till')),
            ],
        ),
        governance.guards.InstallGuards(
            guards=[governance.guards.Guard(may_become=True, sealed="{row}.state = 'ready'", table='documents_document'), governance.guards.Guard(sealed="EXISTS (SELECT 1 FROM documents_document owner WHERE owner.id = {row}.document_id AND owner.state = 'ready')", table='documents_documentattachment'), governance.guards.Guard(insert_only=True, table='documents_sealedrecord'), governance.guards.Guard(may_become=True, sealed="{row}.state = 'ready'", table='documents_mail')],
        ),
    ]
