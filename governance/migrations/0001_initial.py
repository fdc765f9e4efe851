import django.db.models.deletion
from django.db import migrations, models

import governance.guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80, unique=True, verbose_name='nyckel')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('unit_of_office', models.CharField(default='Regionkontoret', max_length=120, verbose_name='centralt kontor')),
                ('demo_today', models.DateField(blank=True, null=True, verbose_name='dagens datum i demo')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='governance.organisation')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='titel')),
                ('party', models.CharField(blank=True, max_length=10, verbose_name='parti')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='person_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=150, unique=True, verbose_name='användarnamn')),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='governance.person')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktiv')),
                ('is_system_administrator', models.BooleanField(default=False, verbose_name='systemadministratör')),
                ('is_demo', models.BooleanField(default=False, verbose_name='demokonto')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='governance.organisation')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('kind', models.CharField(choices=[('council', 'Regionfullmäktige'), ('board', 'Regionstyrelse'), ('operations', 'Driftnämnd'), ('committee', 'Nämnd'), ('working_committee', 'Arbetsutskott'), ('joint', 'Gemensam nämnd')], max_length=20, verbose_name='slag')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('definite', models.CharField(max_length=120, verbose_name='bestämd form')),
                ('genitive', models.CharField(max_length=120, verbose_name='genitiv')),
                ('short_name', models.CharField(max_length=60, verbose_name='kortform')),
                ('code', models.CharField(max_length=20, verbose_name='kod')),
                ('administration', models.CharField(blank=True, max_length=120, verbose_name='förvaltning')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gäller till')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='body_key_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['council', 'board', 'operations', 'committee', 'working_committee', 'joint'])), name='body_kind_is_known'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_from', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='body_from_before_to')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='governance.body')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.unit')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='gäller till')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='unit_key_unique'), models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('body',), name='unit_one_root_per_body')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='governance.body')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='governance.person')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('role', models.CharField(choices=[('controller', 'Controller'), ('head_of_administration', 'Förvaltningschef'), ('chair', 'Ordförande'), ('member', 'Ledamot'), ('case_officer', 'Handläggare'), ('secretary', 'Nämndsekreterare'), ('registrar', 'Administratör (registrator)'), ('reader', 'Läsare')], max_length=30, verbose_name='roll')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='från')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='till')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='mandate_key_unique'), models.CheckConstraint(condition=models.Q(('role__in', ['controller', 'head_of_administration', 'chair', 'member', 'case_officer', 'secretary', 'registrar', 'reader'])), name='mandate_role_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='governance.organisation')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=60, verbose_name='namn')),
                ('short_name', models.CharField(max_length=30, verbose_name='kortnamn')),
                ('starts_on', models.DateField(verbose_name='från och med')),
                ('ends_on', models.DateField(verbose_name='till och med')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period', verbose_name='jämförs med')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='period_key_unique'), models.UniqueConstraint(fields=('organisation', 'name'), name='period_name_unique'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='period_from_before_to')],
            },
        ),
        migrations.CreateModel(
            name='Scale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scales', to='governance.organisation')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('kind', models.CharField(choices=[('light', 'Status för indikatorer'), ('control_result', 'Resultat av kontroll')], max_length=20, verbose_name='slag')),
                ('name', models.CharField(max_length=80, verbose_name='namn')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='scale_key_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['light', 'control_result'])), name='scale_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ScaleLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levels', to='governance.scale')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=60, verbose_name='namn')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('tone', models.CharField(choices=[('met', 'Når målet'), ('near', 'Nära målet'), ('missed', 'Når inte målet'), ('no_outcome', 'Utfall saknas'), ('no_target', 'Målvärde saknas'), ('not_applicable', 'Ej tillämpligt'), ('suppressed', 'Redovisas inte (liten grupp)')], max_length=20, verbose_name='ton')),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('scale', 'key'), name='scale_level_key_unique'), models.CheckConstraint(condition=models.Q(('tone__in', ['met', 'near', 'missed', 'no_outcome', 'no_target', 'not_applicable', 'suppressed'])), name='scale_tone_is_known')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('stamped_at', models.DateTimeField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor', models.CharField(max_length=150)),
                ('organisation_id', models.BigIntegerField()),
                ('body_id', models.BigIntegerField(null=True)),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('object_label', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('typed', 'Skrivet'), ('computed', 'Beräknat'), ('fetched', 'Hämtat'), ('loaded', 'Inläst från styrfil'), ('act', 'Händelse')], max_length=10)),
                ('field', models.CharField(max_length=60)),
                ('old', models.TextField(blank=True)),
                ('new', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('-id',),
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='audit_by_object'), models.Index(fields=['organisation_id', 'at'], name='audit_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['typed', 'computed', 'fetched', 'loaded', 'act'])), name='audit_kind_is_known')],
            },
        ),
        governance.guards.InstallGuards(
            guards=[governance.guards.Guard(insert_only=True, table='governance_auditentry')],
        ),
    ]
