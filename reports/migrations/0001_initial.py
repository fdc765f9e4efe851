import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import governance.enums
import governance.guards
import reports.blocks.kinds


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('governance', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('kind', models.CharField(choices=[('dialogue_pack', 'Dialogunderlag'), ('plan', 'Verksamhetsplan'), ('follow_up', 'Uppföljningsrapport'), ('annual_report', 'Årsrapport')], max_length=20, verbose_name='slag')),
                ('name', models.CharField(max_length=160, verbose_name='namn')),
                ('page_format', models.CharField(choices=[('a4', 'A4'), ('slides', 'Bildspel 16:9')], default='slides', max_length=10, verbose_name='sidformat')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='template_key_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['dialogue_pack', 'plan', 'follow_up', 'annual_report'])), name='template_kind_is_known'), models.CheckConstraint(condition=models.Q(('page_format__in', ['a4', 'slides'])), name='template_format_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ApprovalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reports.reporttemplate')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('role', models.CharField(choices=governance.enums.roles, max_length=30, verbose_name='roll')),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('template', 'position'), name='step_position_unique')],
            },
        ),
        migrations.CreateModel(
            name='TemplateSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='reports.reporttemplate')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.templatesection')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('kind', models.CharField(choices=[('normal', 'Avsnitt'), ('divider', 'Mellanrubrik')], default='normal', max_length=10, verbose_name='slag')),
                ('heading', models.CharField(max_length=160, verbose_name='rubrik')),
                ('subtitle', models.CharField(blank=True, max_length=300, verbose_name='underrubrik')),
                ('slide_title', models.CharField(blank=True, max_length=200, verbose_name='bildens rubrik')),
                ('guidance', models.TextField(blank=True, verbose_name='skrivråd')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('template', 'key'), name='template_section_key_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['normal', 'divider'])), name='template_section_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='TemplateBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='reports.templatesection')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('kind', models.CharField(choices=reports.blocks.kinds.kind_choices, max_length=40, verbose_name='slag')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='rubrik')),
                ('options', models.TextField(default='{}', verbose_name='val')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('section', 'key'), name='template_block_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reports.reporttemplate')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=200, verbose_name='namn')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('submitted', 'Inlämnat'), ('returned', 'Skickat tillbaka'), ('approved', 'Godkänt')], default='draft', max_length=20, verbose_name='läge')),
                ('current_number', models.PositiveSmallIntegerField(default=1, verbose_name='version under arbete')),
                ('current_step', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='väntar på steg')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('-year', 'name', 'id'),
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='report_key_unique'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'approved'])), name='report_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('current_step__isnull', False), ('state__in', ['submitted'])), models.Q(models.Q(('state__in', ['submitted']), _negated=True), ('current_step', None)), _connector='OR'), name='report_step_iff_submitted', violation_error_message='Ett inlämnat underlag väntar på ett steg, annars inget.')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='reports.report')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.section')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('kind', models.CharField(choices=[('normal', 'Avsnitt'), ('divider', 'Mellanrubrik')], default='normal', max_length=10, verbose_name='slag')),
                ('heading', models.CharField(max_length=160, verbose_name='rubrik')),
                ('subtitle', models.CharField(blank=True, max_length=300, verbose_name='underrubrik')),
                ('slide_title', models.CharField(blank=True, max_length=200, verbose_name='bildens rubrik')),
                ('guidance', models.TextField(blank=True, verbose_name='skrivråd')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('report', 'key'), name='section_key_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['normal', 'divider'])), name='section_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='BlockSpec',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='reports.section')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('kind', models.CharField(choices=reports.blocks.kinds.kind_choices, max_length=40, verbose_name='slag')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='rubrik')),
                ('plan_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='planår')),
                ('options', models.TextField(default='{}', verbose_name='val')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('section', 'key'), name='block_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='BlockPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='reports.blockspec')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('block', 'period'), name='block_period_once')],
            },
        ),
        migrations.CreateModel(
            name='SectionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='reports.section')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.TextField(blank=True, verbose_name='kommentar')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='skickad')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('sent_at', None)), fields=('section', 'number', 'author'), name='comment_one_unsent', violation_error_message='Du har redan skrivit en kommentar här. Ladda om sidan.'), models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('text', ''), _negated=True), _connector='OR'), name='comment_sent_has_text', violation_error_message='En kommentar som skickas har text.')],
            },
        ),
        migrations.CreateModel(
            name='ClearanceAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='reports.report')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('step', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='steg')),
                ('action', models.CharField(choices=[('submitted', 'Inlämnat'), ('returned', 'Skickat tillbaka'), ('approved', 'Godkänt'), ('handed_over', 'Överlämnat'), ('received', 'Mottaget'), ('completion_requested', 'Komplettering begärd'), ('version_started', 'Ny version påbörjad')], max_length=30, verbose_name='handling')),
                ('actor', models.CharField(max_length=150, verbose_name='av')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('blocks_sha256', models.CharField(blank=True, max_length=64, verbose_name='innehållets kontrollsumma')),
                ('acted_on', models.DateField(verbose_name='dag')),
                ('at', models.DateTimeField(verbose_name='tidpunkt')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('action__in', ['submitted', 'returned', 'approved', 'handed_over', 'received', 'completion_requested', 'version_started'])), name='act_action_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('action__in', ['returned', 'completion_requested']), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='act_return_says_why', violation_error_message='Den som skickar tillbaka säger varför.')],
            },
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.report')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('content', models.BinaryField(verbose_name='innehåll')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='kontrollsumma')),
                ('schema_version', models.PositiveSmallIntegerField(verbose_name='formatversion')),
                ('approved_at', models.DateTimeField(verbose_name='godkänd')),
                ('approved_on', models.DateField(verbose_name='godkänd den')),
                ('approved_by', models.CharField(max_length=150, verbose_name='godkänd av')),
                ('handed_over_at', models.DateTimeField(verbose_name='överlämnad')),
                ('handed_over_on', models.DateField(verbose_name='överlämnad den')),
            ],
            options={
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='version_number_unique')],
            },
        ),
        migrations.CreateModel(
            name='VersionHandling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report_version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='handling', to='reports.reportversion')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='mottagen')),
                ('received_by', models.CharField(blank=True, max_length=150, verbose_name='mottagen av')),
                ('completion_requested_at', models.DateTimeField(blank=True, null=True, verbose_name='komplettering begärd')),
                ('completion_requested_by', models.CharField(blank=True, max_length=150, verbose_name='begärd av')),
                ('completion_reason', models.TextField(blank=True, verbose_name='vad som saknas')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', '')), models.Q(('received_at__isnull', False), models.Q(('received_by', ''), _negated=True)), _connector='OR'), name='handling_received_by_someone', violation_error_message='Mottagen har både tidpunkt och namn.'), models.CheckConstraint(condition=models.Q(models.Q(('completion_reason', ''), ('completion_requested_at', None), ('completion_requested_by', '')), models.Q(('completion_requested_at__isnull', False), models.Q(('completion_requested_by', ''), _negated=True), models.Q(('completion_reason', ''), _negated=True)), _connector='OR'), name='handling_completion_says_why', violation_error_message='En begäran har tidpunkt, namn och skäl.')],
            },
        ),
        migrations.CreateModel(
            name='DraftPrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='reports.report')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='kontrollsumma')),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.CreateModel(
            name='PrivateNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='reports.reportversion')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.TextField(blank=True, verbose_name='anteckning')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report_version', 'author'), name='note_one_per_author', violation_error_message='Du har redan skrivit en anteckning. Ladda om sidan.')],
            },
        ),
        governance.guards.InstallGuards(
            guards=[governance.guards.Guard(insert_only=True, table='reports_clearanceact'), governance.guards.Guard(insert_only=True, table='reports_reportversion')],
        ),
    ]
