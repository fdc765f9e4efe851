import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('governance', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Scope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=120, verbose_name='namn')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='kortnamn')),
                ('mark', models.CharField(blank=True, max_length=5, verbose_name='markering')),
                ('footnote', models.CharField(blank=True, max_length=300, verbose_name='fotnot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='scope_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('scope', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='economy.scope')),
                ('key', models.SlugField(max_length=80, verbose_name='nyckel')),
                ('name', models.CharField(max_length=160, verbose_name='namn')),
                ('position', models.PositiveSmallIntegerField(verbose_name='ordning')),
                ('measure', models.CharField(choices=[('kr', 'Kronor'), ('percent', 'Procent')], default='kr', max_length=10, verbose_name='mått')),
                ('sign_style', models.CharField(choices=[('result', 'Resultat (utfall minus budget)'), ('expenditure', 'Utgift (budget minus utfall)'), ('plain', 'Utan tecken')], default='result', max_length=12, verbose_name='tecken')),
                ('decimals', models.PositiveSmallIntegerField(default=1, verbose_name='decimaler')),
            ],
            options={
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('body', 'key'), name='line_key_unique'), models.CheckConstraint(condition=models.Q(('measure__in', ['kr', 'percent'])), name='line_measure_is_known'), models.CheckConstraint(condition=models.Q(('sign_style__in', ['result', 'expenditure', 'plain'])), name='line_sign_style_is_known'), models.CheckConstraint(condition=models.Q(('decimals__lte', 6)), name='line_decimals_at_most_6')],
            },
        ),
        migrations.CreateModel(
            name='Amount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amounts', to='economy.line')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.period')),
                ('kind', models.CharField(choices=[('outcome', 'Utfall'), ('budget', 'Budget'), ('forecast', 'Prognos')], default='outcome', max_length=10, verbose_name='slag')),
                ('value', models.DecimalField(decimal_places=2, max_digits=15, verbose_name='belopp')),
                ('is_stated', models.BooleanField(default=False, verbose_name='uppgivet värde')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='anmärkning')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'period', 'kind'), name='amount_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['outcome', 'budget', 'forecast'])), name='amount_kind_is_known')],
            },
        ),
    ]
