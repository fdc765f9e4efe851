import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import governance.guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('governance', '0001_initial'),
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DialogueRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('opens_on', models.DateField(verbose_name='öppnad')),
            ],
            options={
                'ordering': ('-opens_on', 'id'),
                'constraints': [models.UniqueConstraint(fields=('board', 'key'), name='dialogue_round_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Dialogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dialogues', to='dialogues.dialogueround')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('receiving_body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('held_on', models.DateField(verbose_name='dialogens dag')),
                ('diary_number', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                ('pack', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.report')),
                ('pack_due_on', models.DateField(verbose_name='underlag senast')),
                ('proposal_due_on', models.DateField(verbose_name='beslutsförslag senast')),
            ],
            options={
                'ordering': ('held_on', 'id'),
                'constraints': [models.UniqueConstraint(fields=('round', 'key'), name='dialogue_key_unique'), models.UniqueConstraint(fields=('round', 'committee'), name='dialogue_once_per_round')],
            },
        ),
        migrations.CreateModel(
            name='Phrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('text', models.TextField(verbose_name='text')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='phrase_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dialogue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='dialogues.dialogue')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('unit', models.CharField(blank=True, max_length=120, verbose_name='enhet')),
                ('author_name', models.CharField(blank=True, max_length=120, verbose_name='handläggare')),
                ('author_title', models.CharField(blank=True, max_length=120, verbose_name='handläggarens titel')),
                ('title', models.CharField(max_length=200, verbose_name='rubrik')),
                ('dated_on', models.DateField(verbose_name='datum')),
                ('diary_number', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                ('addressee', models.CharField(max_length=120, verbose_name='adressat')),
                ('summary', models.TextField(blank=True, verbose_name='sammanfattning')),
                ('consequences', models.TextField(blank=True, verbose_name='konsekvensbeskrivning')),
                ('financial_consequences', models.TextField(blank=True, verbose_name='ekonomiska konsekvenser')),
                ('appendix_label', models.CharField(blank=True, max_length=200, verbose_name='bilaga')),
                ('appendix_version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.reportversion')),
                ('delivered_to', models.CharField(blank=True, max_length=200, verbose_name='beslutet delges')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('approved', 'Godkänt'), ('sent', 'Utsänt')], default='draft', max_length=10, verbose_name='läge')),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='utsänt')),
                ('version', models.PositiveIntegerField(default=1)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'approved', 'sent'])), name='proposal_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('sent_on__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_on', None)), _connector='OR'), name='proposal_sent_has_day')],
            },
        ),
        migrations.CreateModel(
            name='ProposalPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='dialogues.proposal')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('text', models.TextField(verbose_name='text')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('proposal', 'key'), name='proposal_point_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='SigningChief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chiefs', to='dialogues.proposal')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('title', models.CharField(max_length=120, verbose_name='titel')),
                ('is_acting', models.BooleanField(default=False, verbose_name='tillförordnad')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='godkänt')),
                ('approved_by', models.CharField(blank=True, max_length=150, verbose_name='godkänt av')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('proposal', 'person'), name='chief_once'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', '')), models.Q(('approved_at__isnull', False), models.Q(('approved_by', ''), _negated=True)), _connector='OR'), name='chief_approved_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('held_on', models.DateField(verbose_name='dag')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='plats')),
                ('time_span', models.CharField(blank=True, max_length=60, verbose_name='tid')),
                ('presiding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('secretary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('verifier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('-held_on', 'id'),
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='meeting_key_unique', violation_error_message='Sammanträdet är redan skapat.')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='dialogues.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('service', models.CharField(choices=[('chair', 'Ordförande'), ('vice_chair', 'Vice ordförande'), ('member', 'Ledamot'), ('substitute', 'Tjänstgörande ersättare'), ('other', 'Övrig närvarande')], max_length=20, verbose_name='tjänstgör som')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person'), name='attendance_once'), models.CheckConstraint(condition=models.Q(('service__in', ['chair', 'vice_chair', 'member', 'substitute', 'other'])), name='attendance_service_is_known')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='senaste nummer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'year'), name='series_once_per_year')],
            },
        ),
        migrations.CreateModel(
            name='Paragraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paragraphs', to='dialogues.meeting')),
                ('dialogue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paragraphs', to='dialogues.dialogue')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('number', models.PositiveIntegerField(verbose_name='paragraf')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('is_number_given', models.BooleanField(default=False, verbose_name='nummer från annat system')),
                ('heading', models.CharField(max_length=200, verbose_name='rubrik')),
                ('diary_number', models.CharField(blank=True, max_length=40, verbose_name='diarienummer')),
                ('state', models.CharField(choices=[('draft', 'Utkast'), ('sent', 'Utsänd för justering'), ('verified', 'Justerad'), ('struck', 'Struken')], default='draft', max_length=10, verbose_name='läge')),
                ('matter', models.TextField(blank=True, verbose_name='ärendet')),
                ('question_order', models.TextField(blank=True, verbose_name='propositionsordning')),
                ('motions_sha256', models.CharField(blank=True, max_length=64, verbose_name='yrkandena som propositionsordningen skrevs för')),
                ('supporting_documents', models.TextField(blank=True, verbose_name='beslutsunderlag, ett per rad')),
                ('dispatched_to', models.TextField(blank=True, verbose_name='expedieras till, en per rad')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('number', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'key'), name='paragraph_key_unique', violation_error_message='Paragrafen är redan skapad.'), models.UniqueConstraint(condition=models.Q(('state', 'struck'), _negated=True), fields=('dialogue',), name='paragraph_one_open_per_dialogue', violation_error_message='Det finns redan en paragraf för dialogen.'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'sent', 'verified', 'struck'])), name='paragraph_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ParagraphPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='dialogues.paragraph')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('text', models.TextField(verbose_name='text')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('paragraph', 'key'), name='paragraph_point_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='FloorMotion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='motions', to='dialogues.paragraph')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('mover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('kind', models.CharField(choices=[('addition', 'Tilläggsyrkande')], default='addition', max_length=20, verbose_name='slag')),
                ('text', models.TextField(verbose_name='text')),
                ('outcome', models.CharField(choices=[('pending', 'Inte avgjort'), ('carried', 'Bifallet'), ('rejected', 'Avslaget'), ('withdrawn', 'Återtaget')], default='pending', max_length=10, verbose_name='utgång')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('paragraph', 'key'), name='motion_key_unique', violation_error_message='Yrkandet är redan tillagt.'), models.CheckConstraint(condition=models.Q(('outcome__in', ['pending', 'carried', 'rejected', 'withdrawn'])), name='motion_outcome_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['addition'])), name='motion_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verifications', to='dialogues.meeting')),
                ('state', models.CharField(choices=[('sent', 'Väntar på underskrifter'), ('declined', 'Avböjd'), ('verified', 'Justerad')], default='sent', max_length=10, verbose_name='läge')),
                ('sent_at', models.DateTimeField(verbose_name='utsänd')),
                ('due_on', models.DateField(verbose_name='justeras senast')),
                ('content', models.BinaryField(verbose_name='innehåll')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='innehållets kontrollsumma')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='justerad')),
                ('stamp', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), ('verified_at__isnull', False)), models.Q(models.Q(('state', 'verified'), _negated=True), ('stamp', None), ('verified_at', None)), _connector='OR'), name='verification_verified_has_time')],
            },
        ),
        migrations.CreateModel(
            name='VerificationParagraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='dialogues.verification')),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verifications', to='dialogues.paragraph')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('is_open', models.BooleanField(default=True, verbose_name='utsänd eller justerad')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('verification', 'paragraph'), name='verification_paragraph_once'), models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('paragraph',), name='verification_open_once', violation_error_message='Paragrafen är redan utsänd för justering.')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='dialogues.verification')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.person')),
                ('role', models.CharField(choices=[('secretary', 'Sekreterare'), ('presiding', 'Ordförande'), ('verifier', 'Justerare')], max_length=10, verbose_name='underskrift som')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(verbose_name='tidpunkt')),
                ('is_declined', models.BooleanField(default=False, verbose_name='avböjd')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('method', models.CharField(default='enkel elektronisk underskrift', editable=False, max_length=60, verbose_name='metod')),
                ('document_sha256', models.CharField(max_length=64, verbose_name='dokumentets kontrollsumma')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('verification', 'role'), name='signature_once', violation_error_message='Du har redan svarat på den här justeringen.'), models.CheckConstraint(condition=models.Q(('is_declined', False), models.Q(('comment', ''), _negated=True), _connector='OR'), name='signature_decline_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='dialogues.paragraph')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('dispatched_on', models.DateField(verbose_name='expedierad')),
                ('way', models.CharField(choices=[('email', 'E-post'), ('internal', 'Internpost'), ('system', 'I Uppsikt')], max_length=10, verbose_name='sätt')),
                ('by', models.CharField(max_length=150, verbose_name='av')),
                ('extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('paragraph', 'receiver'), name='dispatch_once', violation_error_message='Paragrafen är redan expedierad till mottagaren.')],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='dialogues.paragraph')),
                ('exported_on', models.DateField(verbose_name='exporterad')),
                ('by', models.CharField(max_length=150, verbose_name='av')),
                ('sha256', models.CharField(max_length=64, verbose_name='paketets kontrollsumma')),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        governance.guards.InstallGuards(
            guards=[governance.guards.Guard(sealed='EXISTS (SELECT 1 FROM dialogues_verification v WHERE v.meeting_id = {row}.id AND v.verified_at IS NOT NULL)', table='dialogues_meeting'), governance.guards.Guard(sealed='EXISTS (SELECT 1 FROM dialogues_verification v WHERE v.meeting_id = {row}.meeting_id AND v.verified_at IS NOT NULL)', table='dialogues_attendance'), governance.guards.Guard(sealed='EXISTS (SELECT 1 FROM dialogues_verificationparagraph i JOIN dialogues_verification v ON v.id = i.verification_id WHERE i.paragraph_id = {row}.id AND v.verified_at IS NOT NULL)', table='dialogues_paragraph'), governance.guards.Guard(sealed='EXISTS (SELECT 1 FROM dialogues_verificationparagraph i JOIN dialogues_verification v ON v.id = i.verification_id WHERE i.paragraph_id = {row}.paragraph_id AND v.verified_at IS NOT NULL)', table='dialogues_paragraphpoint'), governance.guards.Guard(sealed='EXISTS (SELECT 1 FROM dialogues_verificationparagraph i JOIN dialogues_verification v ON v.id = i.verification_id WHERE i.paragraph_id = {row}.paragraph_id AND v.verified_at IS NOT NULL)', table='dialogues_floormotion'), governance.guards.Guard(may_become=True, sealed='{row}.verified_at IS NOT NULL', table='dialogues_verification'), governance.guards.Guard(sealed='EXISTS (SELECT 1 FROM dialogues_verification v WHERE v.id = {row}.verification_id AND v.verified_at IS NOT NULL)', table='dialogues_verificationparagraph'), governance.guards.Guard(sealed='EXISTS (SELECT 1 FROM dialogues_verification v WHERE v.id = {row}.verification_id AND v.verified_at IS NOT NULL)', table='dialogues_signature')],
        ),
    ]
