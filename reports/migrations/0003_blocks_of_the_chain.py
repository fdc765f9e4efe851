from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_guards'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='blockspec',
            name='block_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='templateblock',
            name='template_block_kind_is_known',
        ),
        migrations.AddField(
            model_name='blockspec',
            name='blank_zero',
            field=models.BooleanField(default=False, verbose_name='lämnar räknad nolla tom'),
        ),
        migrations.AddField(
            model_name='blockspec',
            name='goal_key',
            field=models.SlugField(blank=True, max_length=80, verbose_name='nyckel till mål i planen'),
        ),
        migrations.AddField(
            model_name='blockspec',
            name='indicator_key',
            field=models.SlugField(blank=True, max_length=80, verbose_name='nyckel till indikator'),
        ),
        migrations.AddField(
            model_name='blockspec',
            name='shows_breakdown',
            field=models.BooleanField(default=False, verbose_name='visar kvinnor, män eller kategorier'),
        ),
        migrations.AddField(
            model_name='blockspec',
            name='shows_units',
            field=models.BooleanField(default=False, verbose_name='visar enheterna'),
        ),
        migrations.AddField(
            model_name='blockspec',
            name='with_comments',
            field=models.BooleanField(default=False, verbose_name='visar kommentarer'),
        ),
        migrations.AddField(
            model_name='templateblock',
            name='blank_zero',
            field=models.BooleanField(default=False, verbose_name='lämnar räknad nolla tom'),
        ),
        migrations.AddField(
            model_name='templateblock',
            name='shows_breakdown',
            field=models.BooleanField(default=False, verbose_name='visar kvinnor, män eller kategorier'),
        ),
        migrations.AddField(
            model_name='templateblock',
            name='shows_units',
            field=models.BooleanField(default=False, verbose_name='visar enheterna'),
        ),
        migrations.AddField(
            model_name='templateblock',
            name='with_comments',
            field=models.BooleanField(default=False, verbose_name='visar kommentarer'),
        ),
        migrations.AlterField(
            model_name='blockspec',
            name='kind',
            field=models.CharField(choices=[('goal_table', 'Måltabell'), ('indicator_figures', 'Indikatorer som stora tal'), ('indicator_table', 'Indikatorer som tabell'), ('indicator_chart', 'Indikator som diagram'), ('assignment_list', 'Uppdrag med kommentarer'), ('attainment_summary', 'Måluppfyllelse i sammanfattning'), ('judgements', 'Bedömningar med underlag'), ('control_grid', 'Intern kontroll per period'), ('remaining_actions', 'Återstående åtgärder'), ('economy_table', 'Ekonomi'), ('points', 'Punktlista')], max_length=20, verbose_name='slag'),
        ),
        migrations.AlterField(
            model_name='templateblock',
            name='kind',
            field=models.CharField(choices=[('goal_table', 'Måltabell'), ('indicator_figures', 'Indikatorer som stora tal'), ('indicator_table', 'Indikatorer som tabell'), ('indicator_chart', 'Indikator som diagram'), ('assignment_list', 'Uppdrag med kommentarer'), ('attainment_summary', 'Måluppfyllelse i sammanfattning'), ('judgements', 'Bedömningar med underlag'), ('control_grid', 'Intern kontroll per period'), ('remaining_actions', 'Återstående åtgärder'), ('economy_table', 'Ekonomi'), ('points', 'Punktlista')], max_length=20, verbose_name='slag'),
        ),
        migrations.AddConstraint(
            model_name='blockspec',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['goal_table', 'indicator_figures', 'indicator_table', 'indicator_chart', 'assignment_list', 'attainment_summary', 'judgements', 'control_grid', 'remaining_actions', 'economy_table', 'points'])), name='block_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='templateblock',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['goal_table', 'indicator_figures', 'indicator_table', 'indicator_chart', 'assignment_list', 'attainment_summary', 'judgements', 'control_grid', 'remaining_actions', 'economy_table', 'points'])), name='template_block_kind_is_known'),
        ),
    ]
