import django.db.models.deletion
from django.db import migrations, models

import targets.enums


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('governance', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Level',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('year', models.PositiveSmallIntegerField(verbose_name='planår')),
                ('nature', models.CharField(choices=[('goal', 'Mål'), ('assignment', 'Uppdrag'), ('heading', 'Rubrik')], default='goal', max_length=20, verbose_name='slag')),
                ('name', models.CharField(max_length=80, verbose_name='namn')),
                ('plural', models.CharField(blank=True, max_length=120, verbose_name='rad i måluppfyllelsen')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='level_key_unique'), models.CheckConstraint(condition=models.Q(('nature__in', ['goal', 'assignment', 'heading'])), name='level_nature_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('year', models.PositiveSmallIntegerField(verbose_name='planår')),
                ('concept', models.CharField(choices=targets.enums.concepts, max_length=30, verbose_name='begrepp')),
                ('word', models.CharField(max_length=80, verbose_name='ord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'year', 'concept'), name='term_once_per_concept')],
            },
        ),
        migrations.CreateModel(
            name='StatusWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('subject', models.CharField(choices=[('goal', 'Mål'), ('assignment', 'Uppdrag'), ('activity', 'Aktivitet')], max_length=20, verbose_name='gäller')),
                ('status', models.CharField(max_length=30, verbose_name='status')),
                ('moment', models.CharField(choices=[('forecast', 'Prognos'), ('outcome', 'Utfall')], default='outcome', max_length=10, verbose_name='tid')),
                ('word', models.CharField(max_length=80, verbose_name='ord')),
                ('sentence', models.CharField(blank=True, max_length=300, verbose_name='mening i rapporten')),
                ('counts_as', models.CharField(choices=[('achieved', 'Har uppnåtts'), ('partly', 'Har delvis uppnåtts'), ('not_achieved', 'Har inte uppnåtts'), ('not_judged', 'Inte bedömt')], default='not_judged', max_length=20, verbose_name='räknas som')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'subject', 'status', 'moment'), name='status_word_once'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['achieved', 'partly', 'not_achieved', 'not_judged']), ('subject', 'goal')), models.Q(('status__in', ['not_started', 'ongoing', 'year_part_expected', 'year_part_done', 'started_continues', 'done', 'not_done', 'cancelled']), ('subject', 'assignment')), models.Q(('status__in', ['planned', 'ongoing', 'done', 'done_continues', 'not_done', 'cancelled']), ('subject', 'activity')), _connector='OR'), name='status_word_status_is_known'), models.CheckConstraint(condition=models.Q(('moment__in', ['forecast', 'outcome'])), name='status_word_moment_is_known'), models.CheckConstraint(condition=models.Q(('counts_as__in', ['achieved', 'partly', 'not_achieved', 'not_judged'])), name='status_word_counts_as_known')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('year', models.PositiveSmallIntegerField(verbose_name='år')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
            ],
            options={
                'ordering': ('-year', 'key'),
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='plan_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='FocusArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focus_areas', to='targets.plan')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=200, verbose_name='namn')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('plan', 'key'), name='focus_area_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='targets.plan')),
                ('focus_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='targets.focusarea')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='targets.goal')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='targets.level')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='nummer')),
                ('name', models.CharField(max_length=400, verbose_name='namn')),
                ('description', models.TextField(blank=True, verbose_name='beskrivning')),
                ('giver', models.CharField(blank=True, choices=[('council', 'Regionfullmäktige'), ('board', 'Regionstyrelsen'), ('committee', 'Nämnden'), ('head', 'Förvaltningschefen')], max_length=20, verbose_name='givet av')),
                ('is_multi_year', models.BooleanField(default=False, verbose_name='flerårigt')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='klart senast')),
                ('responsible_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.unit', verbose_name='ansvarig enhet')),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='targets.goal')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('version', models.PositiveIntegerField(default=1)),
                ('contributes_to', models.ManyToManyField(blank=True, related_name='contributors', to='targets.goal')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('plan', 'key'), name='goal_key_unique'), models.CheckConstraint(condition=models.Q(('giver', ''), ('giver__in', ['council', 'board', 'committee', 'head']), _connector='OR'), name='goal_giver_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='nummer')),
                ('name', models.CharField(max_length=300, verbose_name='namn')),
                ('unit_label', models.CharField(blank=True, max_length=40, verbose_name='enhet')),
                ('decimals', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='decimaler')),
                ('direction', models.CharField(choices=[('higher', 'Högre är bättre'), ('lower', 'Lägre är bättre'), ('inside', 'Inom ett spann'), ('zero', 'Noll är bäst'), ('none', 'Bedöms inte')], default='none', max_length=10, verbose_name='riktning')),
                ('tolerance', models.DecimalField(blank=True, decimal_places=6, max_digits=15, null=True, verbose_name='tolerans')),
                ('kind', models.CharField(choices=targets.enums.indicator_kinds, default='goal', max_length=20, verbose_name='slag')),
                ('frequency', models.CharField(blank=True, max_length=80, verbose_name='mäts')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='källa')),
                ('owner', models.CharField(blank=True, max_length=120, verbose_name='ägare')),
                ('is_rolling_12', models.BooleanField(default=False, verbose_name='rullande tolv månader')),
                ('base_year', models.PositiveSmallIntegerField(blank=True, help_text='Utfallen anges som förändring sedan basåret.', null=True, verbose_name='basår')),
                ('dimension', models.CharField(choices=[('none', 'Ingen uppdelning'), ('sex', 'Kvinnor, män och totalt'), ('categories', 'Egna kategorier')], default='none', max_length=20, verbose_name='uppdelning')),
                ('rollup', models.CharField(choices=[('entered', 'Anges för helheten'), ('sum', 'Summan av enheterna'), ('mean', 'Medelvärdet av enheterna'), ('ratio', 'Täljare genom nämnare, summerade')], default='entered', max_length=20, verbose_name='sammanvägning')),
                ('hides_small_groups', models.BooleanField(default=False, help_text='Tio personer eller färre redovisas inte.', verbose_name='döljer små grupper')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='indicator_key_unique'), models.CheckConstraint(condition=models.Q(('direction__in', ['higher', 'lower', 'inside', 'zero', 'none'])), name='indicator_direction_is_known'), models.CheckConstraint(condition=models.Q(('decimals', None), ('decimals__lte', 6), _connector='OR'), name='indicator_decimals_at_most_6'), models.CheckConstraint(condition=models.Q(('tolerance', None), ('tolerance__gte', 0), _connector='OR'), name='indicator_tolerance_not_negative'), models.CheckConstraint(condition=models.Q(('dimension__in', ['none', 'sex', 'categories'])), name='indicator_dimension_is_known'), models.CheckConstraint(condition=models.Q(('rollup__in', ['entered', 'sum', 'mean', 'ratio'])), name='indicator_rollup_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Definition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='definitions', to='targets.indicator')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='gäller från')),
                ('text', models.TextField(verbose_name='definition')),
            ],
            options={
                'ordering': ('valid_from', 'id'),
                'constraints': [models.UniqueConstraint(fields=('indicator', 'key'), name='definition_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='targets.indicator')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=80, verbose_name='namn')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('indicator', 'key'), name='category_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='PlannedIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_indicators', to='targets.plan')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='planned_indicators', to='targets.goal')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='targets.indicator')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('group', models.CharField(blank=True, max_length=120, verbose_name='grupp')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('plan', 'key'), name='planned_indicator_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('planned_indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='targets.plannedindicator')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('horizon', models.CharField(choices=[('year', 'Målvärde för året'), ('long_term', 'Långsiktigt målvärde')], default='year', max_length=10, verbose_name='avser')),
                ('text', models.CharField(max_length=120, verbose_name='målvärde')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='anmärkning')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('planned_indicator', 'key'), name='target_key_unique'), models.UniqueConstraint(fields=('planned_indicator', 'horizon'), name='target_once_per_horizon'), models.CheckConstraint(condition=models.Q(('horizon__in', ['year', 'long_term'])), name='target_horizon_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='targets.indicator')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.unit')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('breakdown', models.CharField(choices=[('total', 'Totalt'), ('women', 'Kvinnor'), ('men', 'Män'), ('category', 'Kategori')], default='total', max_length=10, verbose_name='uppdelning')),
                ('kind', models.CharField(choices=[('number', 'Tal'), ('inequality', 'Olikhet'), ('text', 'Text'), ('missing', 'Utfall saknas'), ('suppressed', 'Redovisas inte (liten grupp)'), ('not_applicable', 'Ej tillämpligt')], default='number', max_length=20, verbose_name='slag')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='targets.category')),
                ('number', models.DecimalField(blank=True, decimal_places=6, max_digits=15, null=True, verbose_name='värde')),
                ('decimals', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='decimaler som inmatat')),
                ('text', models.CharField(blank=True, max_length=200, verbose_name='text')),
                ('numerator', models.DecimalField(blank=True, decimal_places=6, max_digits=15, null=True, verbose_name='täljare')),
                ('denominator', models.DecimalField(blank=True, decimal_places=6, max_digits=15, null=True, verbose_name='nämnare')),
                ('group_size', models.PositiveIntegerField(blank=True, null=True, verbose_name='gruppens storlek')),
                ('scope', models.CharField(choices=[('own', 'Den egna nämnden'), ('region', 'Hela regionen')], default='own', max_length=10, verbose_name='omfattning')),
                ('measured_on', models.DateField(blank=True, null=True, verbose_name='mätt')),
                ('is_carried_forward', models.BooleanField(default=False, verbose_name='från tidigare mätning')),
                ('is_stated', models.BooleanField(default=False, verbose_name='uppgivet värde')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='källa')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('is_rolled_up', models.BooleanField(default=False, verbose_name='beräknat av enheterna')),
                ('restated_number', models.DecimalField(blank=True, decimal_places=6, max_digits=15, null=True, verbose_name='omräknat jämförelsevärde')),
                ('restated_decimals', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('restated_note', models.CharField(blank=True, max_length=200, verbose_name='skäl till omräkningen')),
                ('origin_model', models.CharField(blank=True, max_length=60)),
                ('origin_id', models.BigIntegerField(blank=True, null=True)),
                ('origin_version', models.PositiveIntegerField(blank=True, null=True)),
                ('origin_label', models.CharField(blank=True, max_length=200, verbose_name='hämtat från')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'period'], name='outcome_by_unit_and_period')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('category', None)), fields=('indicator', 'unit', 'period', 'breakdown'), name='outcome_once'), models.UniqueConstraint(condition=models.Q(('category', None), _negated=True), fields=('indicator', 'unit', 'period', 'category'), name='outcome_once_per_category'), models.CheckConstraint(condition=models.Q(models.Q(('breakdown', 'category'), ('category__isnull', False)), models.Q(models.Q(('breakdown', 'category'), _negated=True), ('category', None)), _connector='OR'), name='outcome_category_when_categories'), models.CheckConstraint(condition=models.Q(('scope__in', ['own', 'region'])), name='outcome_scope_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('restated_decimals', None), ('restated_number', None)), models.Q(('restated_decimals__isnull', False), ('restated_number__isnull', False), models.Q(('restated_note', ''), _negated=True)), _connector='OR'), name='outcome_restated_with_a_reason', violation_error_message='Ett omräknat värde behöver ett skäl.'), models.CheckConstraint(condition=models.Q(('denominator', None), ('denominator__gt', 0), _connector='OR'), name='outcome_denominator_positive'), models.CheckConstraint(condition=models.Q(('breakdown__in', ['total', 'women', 'men', 'category'])), name='outcome_breakdown_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['number', 'inequality', 'text', 'missing', 'suppressed', 'not_applicable'])), name='outcome_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decimals__isnull', False), ('kind', 'number'), ('number__isnull', False)), models.Q(models.Q(('kind', 'number'), _negated=True), ('decimals', None), ('number', None)), _connector='OR'), name='outcome_number_when_number', violation_error_message='Ett tal ska ha värde och decimaler, annat ska inte ha det.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['inequality', 'text']), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='outcome_words_when_worded', violation_error_message='Skriv utfallet i text.'), models.CheckConstraint(condition=models.Q(('decimals', None), ('decimals__lte', 6), _connector='OR'), name='outcome_decimals_at_most_6')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='targets.outcome')),
                ('name', models.CharField(max_length=200, verbose_name='filnamn')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('content_type', models.CharField(max_length=100)),
                ('added_by', models.CharField(max_length=150)),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='targets.plan')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='targets.goal')),
                ('planned_indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='targets.plannedindicator')),
                ('other_plan', models.CharField(blank=True, max_length=120, verbose_name='annan plan')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=400, verbose_name='aktivitet')),
                ('responsible', models.CharField(blank=True, max_length=120, verbose_name='ansvarig')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='börjar')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='klar senast')),
                ('continues', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='targets.activity')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('plan', 'key'), name='activity_key_unique'), models.CheckConstraint(condition=models.Q(models.Q(('goal__isnull', False), ('other_plan', ''), ('planned_indicator', None)), models.Q(('goal', None), ('other_plan', ''), ('planned_indicator__isnull', False)), models.Q(('goal', None), ('planned_indicator', None), models.Q(('other_plan', ''), _negated=True)), _connector='OR'), name='activity_under_one_thing', violation_error_message='Ange mål, indikator eller annan plan, bara en av dem.'), models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='activity_from_before_to')],
            },
        ),
        migrations.CreateModel(
            name='ActivityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='targets.activity')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('status', models.CharField(choices=[('planned', 'Planerad'), ('ongoing', 'Pågår'), ('done', 'Genomförd'), ('done_continues', 'Genomförd och fortsätter'), ('not_done', 'Inte genomförd'), ('cancelled', 'Avbruten')], max_length=30, verbose_name='status')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'period'), name='activity_report_once'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'ongoing', 'done', 'done_continues', 'not_done', 'cancelled'])), name='activity_report_status_known')],
            },
        ),
        migrations.CreateModel(
            name='AssignmentReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignment_reports', to='targets.goal')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('status', models.CharField(choices=[('not_started', 'Inte påbörjat'), ('ongoing', 'Pågår'), ('year_part_expected', 'Årets del bedöms genomförd vid årets slut'), ('year_part_done', 'Årets del genomförd'), ('started_continues', 'Påbörjat, fortsätter kommande år'), ('done', 'Genomfört'), ('not_done', 'Inte genomfört'), ('cancelled', 'Avbrutet')], max_length=30, verbose_name='status')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('goal', 'period'), name='assignment_report_once'), models.CheckConstraint(condition=models.Q(('status__in', ['not_started', 'ongoing', 'year_part_expected', 'year_part_done', 'started_continues', 'done', 'not_done', 'cancelled'])), name='assignment_report_status_known')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='targets.goal')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('moment', models.CharField(choices=[('forecast', 'Prognos'), ('outcome', 'Utfall')], default='outcome', max_length=10, verbose_name='avser')),
                ('rule', models.CharField(blank=True, max_length=300, verbose_name='regel')),
                ('proposal', models.CharField(choices=[('achieved', 'Har uppnåtts'), ('partly', 'Har delvis uppnåtts'), ('not_achieved', 'Har inte uppnåtts'), ('not_judged', 'Inte bedömt')], default='not_judged', max_length=20, verbose_name='förslag')),
                ('result', models.CharField(choices=[('achieved', 'Har uppnåtts'), ('partly', 'Har delvis uppnåtts'), ('not_achieved', 'Har inte uppnåtts'), ('not_judged', 'Inte bedömt')], max_length=20, verbose_name='bedömning')),
                ('reason', models.TextField(blank=True, verbose_name='skäl till avsteget')),
                ('comment', models.TextField(blank=True, verbose_name='kommentar')),
                ('judged_by', models.CharField(blank=True, max_length=150, verbose_name='bedömt av')),
                ('judged_on', models.DateField(blank=True, null=True, verbose_name='bedömt')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('goal', 'period'), name='judgement_once'), models.CheckConstraint(condition=models.Q(('result__in', ['achieved', 'partly', 'not_achieved', 'not_judged'])), name='judgement_result_is_known'), models.CheckConstraint(condition=models.Q(('proposal__in', ['achieved', 'partly', 'not_achieved', 'not_judged'])), name='judgement_proposal_is_known'), models.CheckConstraint(condition=models.Q(('moment__in', ['forecast', 'outcome'])), name='judgement_moment_is_known'), models.CheckConstraint(condition=models.Q(('proposal', models.F('result')), ('proposal', 'not_judged'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='judgement_departure_with_a_reason', violation_error_message='Skriv varför bedömningen avviker från förslaget.')],
            },
        ),
    ]
