"""The steering chain (plan, focus area, goal) and what is measured (indicator, outcome)."""

from django.db import models
from django.db.models import F, Q

from figures.enums import WORDED, ValueKind, ValueScope
from governance.enums import Light
from governance.models import (
    Body,
    Organisation,
    Period,
    Unit,
    from_year_field,
    is_known,
    key_field,
)
from targets.enums import (
    ActivityStatus,
    AssignmentStatus,
    Attainment,
    Breakdown,
    Dimension,
    Direction,
    Giver,
    Horizon,
    IndicatorKind,
    Moment,
    Nature,
    RollUp,
    Subject,
    ValueRange,
    concepts,
    indicator_kinds,
)


class Level(models.Model):
    """A level of the steering chain in one plan year, in the organisation's own words.

    ``plural`` names the level's row in the attainment summary; a heading is never counted.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = key_field()
    year = models.PositiveSmallIntegerField("planår")
    nature = models.CharField("slag", max_length=20, choices=Nature.choices, default=Nature.GOAL)
    name = models.CharField("namn", max_length=80)
    plural = models.CharField("rad i måluppfyllelsen", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="level_key_unique"),
            is_known("nature", Nature, "level_nature_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """The organisation's word for a column heading in one plan year, and what many are called."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("planår")
    concept = models.CharField("begrepp", max_length=30, choices=concepts)
    word = models.CharField("ord", max_length=80)
    plural = models.CharField("ord för flera", max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "year", "concept"], name="term_once_per_concept"
            ),
        )

    def __str__(self) -> str:
        return self.word


class AttainmentLevel(models.Model):
    """A level of the organisation's own scale of goal attainment, from a plan year on.

    The levels of the newest year hold; without any, those of Attainment do. ``foreseen`` and its
    sentence are said of a forecast.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = key_field()
    from_year = from_year_field()
    position = models.PositiveSmallIntegerField("ordning")
    name = models.CharField("namn", max_length=80)
    sentence = models.CharField("mening i rapporten", max_length=300, blank=True)
    foreseen = models.CharField("namn i en prognos", max_length=80, blank=True)
    foreseen_sentence = models.CharField("mening om en prognos", max_length=300, blank=True)
    tone = models.CharField("ton", max_length=20, choices=Light.choices)
    counts_as = models.CharField("räknas som", max_length=20, choices=Attainment.choices)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "key"], name="attainment_level_key_unique"
            ),
            is_known("tone", Light, "attainment_level_tone_is_known"),
            is_known("counts_as", Attainment, "attainment_level_counts_as_known"),
        )

    def __str__(self) -> str:
        return self.name


class StatusWord(models.Model):
    """What a status is called, the sentence a report says, and what it counts as.

    ``status`` is a value of AssignmentStatus, ActivityStatus or Attainment, by ``subject``.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    subject = models.CharField("gäller", max_length=20, choices=Subject.choices)
    status = models.CharField("status", max_length=30)
    from_year = from_year_field()
    moment = models.CharField("tid", max_length=10, choices=Moment.choices, default=Moment.OUTCOME)
    word = models.CharField("ord", max_length=80)
    sentence = models.CharField("mening i rapporten", max_length=300, blank=True)
    counts_as = models.CharField(
        "räknas som",
        max_length=20,
        choices=Attainment.choices,
        blank=True,
        help_text="Utan eget räknas ordet som sin status.",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "subject", "status", "moment", "from_year"],
                name="status_word_once",
            ),
            models.CheckConstraint(
                condition=Q(subject=Subject.GOAL, status__in=Attainment.values)
                | Q(subject=Subject.ASSIGNMENT, status__in=AssignmentStatus.values)
                | Q(subject=Subject.ACTIVITY, status__in=ActivityStatus.values),
                name="status_word_status_is_known",
            ),
            is_known("moment", Moment, "status_word_moment_is_known"),
            is_known("counts_as", Attainment, "status_word_counts_as_known", or_empty=True),
        )

    def __str__(self) -> str:
        return self.word


class Plan(models.Model):
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    key = key_field()
    year = models.PositiveSmallIntegerField("år")
    name = models.CharField("namn", max_length=120)

    class Meta:
        ordering = ("-year", "key")
        constraints = (models.UniqueConstraint(fields=["body", "key"], name="plan_key_unique"),)

    def __str__(self) -> str:
        return self.name


class FocusArea(models.Model):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="focus_areas")
    key = key_field()
    name = models.CharField("namn", max_length=200)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["plan", "key"], name="focus_area_key_unique"),
        )

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A node of the steering chain: a goal, an assignment or a heading, by its level.

    Levels may be skipped, a node may stand outside every focus area and contribute to several
    upper nodes. ``continues`` is the same node in the year before.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    focus_area = models.ForeignKey(
        FocusArea, models.PROTECT, null=True, blank=True, related_name="goals"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    level = models.ForeignKey(Level, models.PROTECT, related_name="goals")
    number = models.CharField("nummer", max_length=20, blank=True)
    name = models.CharField("namn", max_length=400)
    description = models.TextField("beskrivning", blank=True)
    giver = models.CharField("givet av", max_length=20, choices=Giver.choices, blank=True)
    giver_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vilken nämnd"
    )
    is_multi_year = models.BooleanField("flerårigt", default=False)
    due_on = models.DateField("klart senast", null=True, blank=True)
    responsible_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarig enhet"
    )
    contributes_to = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="contributors"
    )
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    position = models.PositiveSmallIntegerField("ordning")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["plan", "key"], name="goal_key_unique"),
            is_known("giver", Giver, "goal_giver_is_known", or_empty=True),
            models.CheckConstraint(
                condition=Q(giver_body=None) | Q(giver=Giver.OTHER_COMMITTEE),
                name="goal_giver_body_is_another",
                violation_error_message="Bara ett uppdrag från en annan nämnd anger vilken.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """A definition that stands outside years. Without a body the whole organisation shares it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    number = models.CharField("nummer", max_length=20, blank=True)
    name = models.CharField("namn", max_length=300)
    unit_label = models.CharField("enhet", max_length=40, blank=True)
    value_range = models.CharField("värden", max_length=20, choices=ValueRange.choices, blank=True)
    lowest = models.DecimalField(
        "lägsta värde", max_digits=15, decimal_places=6, null=True, blank=True
    )
    highest = models.DecimalField(
        "högsta värde", max_digits=15, decimal_places=6, null=True, blank=True
    )
    decimals = models.PositiveSmallIntegerField("decimaler", null=True, blank=True)
    direction = models.CharField(
        "riktning", max_length=10, choices=Direction.choices, default=Direction.NONE
    )
    tolerance = models.DecimalField(
        "tolerans", max_digits=15, decimal_places=6, null=True, blank=True
    )
    kind = models.CharField(
        "slag", max_length=20, choices=indicator_kinds, default=IndicatorKind.GOAL
    )
    frequency = models.CharField("mäts", max_length=80, blank=True)
    source = models.CharField("källa", max_length=200, blank=True)
    owner = models.CharField("ägare", max_length=120, blank=True)
    is_rolling_12 = models.BooleanField("rullande tolv månader", default=False)
    base_year = models.PositiveSmallIntegerField(
        "basår", null=True, blank=True, help_text="Utfallen anges som förändring sedan basåret."
    )
    dimension = models.CharField(
        "uppdelning", max_length=20, choices=Dimension.choices, default=Dimension.NONE
    )
    rollup = models.CharField(
        "sammanvägning", max_length=20, choices=RollUp.choices, default=RollUp.ENTERED
    )
    unusual_spans = models.DecimalField(
        "ovanligt: gånger spannet",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        default=2,
    )
    unusual_factor = models.DecimalField(
        "ovanligt: gånger förra värdet",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        default=10,
    )
    hides_small_groups = models.BooleanField(
        "döljer små grupper", default=False, help_text="Tio personer eller färre redovisas inte."
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="indicator_key_unique"),
            is_known("direction", Direction, "indicator_direction_is_known"),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(decimals__lte=6), name="indicator_decimals_at_most_6"
            ),
            models.CheckConstraint(
                condition=Q(tolerance=None) | Q(tolerance__gte=0),
                name="indicator_tolerance_not_negative",
            ),
            is_known("dimension", Dimension, "indicator_dimension_is_known"),
            is_known("rollup", RollUp, "indicator_rollup_is_known"),
            is_known("value_range", ValueRange, "indicator_value_range_is_known", or_empty=True),
            models.CheckConstraint(
                condition=Q(lowest=None, highest=None) | Q(value_range=ValueRange.INDEX),
                name="indicator_ends_of_an_index",
                violation_error_message="Bara ett index har egna gränser.",
            ),
            models.CheckConstraint(
                condition=Q(lowest=None) | Q(highest=None) | Q(lowest__lt=F("highest")),
                name="indicator_lowest_below_highest",
                violation_error_message="Lägsta värdet ska vara mindre än det högsta.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Definition(models.Model):
    """What the indicator means from a day on; without a day, from the beginning.

    A comparison of two periods under different definitions is warned about (domain.md 2.4).
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions")
    key = key_field()
    valid_from = models.DateField("gäller från", null=True, blank=True)
    text = models.TextField("definition")

    class Meta:
        ordering = ("valid_from", "id")
        constraints = (
            models.UniqueConstraint(fields=["indicator", "key"], name="definition_key_unique"),
        )

    def __str__(self) -> str:
        return self.key


class Category(models.Model):
    """One value of an indicator's own breakdown (Dimension.CATEGORIES)."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="categories")
    key = key_field()
    name = models.CharField("namn", max_length=80)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["indicator", "key"], name="category_key_unique"),
        )

    def __str__(self) -> str:
        return self.name


class PlannedIndicator(models.Model):
    """An indicator's place in one plan: under a goal, or under a group heading, or neither."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="planned_indicators")
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="planned_indicators"
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="places")
    key = key_field()
    group = models.CharField("grupp", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["plan", "key"], name="planned_indicator_key_unique"),
        )

    def __str__(self) -> str:
        return self.key


class Target(models.Model):
    """A target value as it was written; what it means is read by a rule and never stored."""

    planned_indicator = models.ForeignKey(PlannedIndicator, models.PROTECT, related_name="targets")
    key = key_field()
    horizon = models.CharField(
        "avser", max_length=10, choices=Horizon.choices, default=Horizon.YEAR
    )
    text = models.CharField("målvärde", max_length=120)
    note = models.CharField("anmärkning", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["planned_indicator", "key"], name="target_key_unique"),
            models.UniqueConstraint(
                fields=["planned_indicator", "horizon"], name="target_once_per_horizon"
            ),
            is_known("horizon", Horizon, "target_horizon_is_known"),
        )

    def __str__(self) -> str:
        return self.text


class Outcome(models.Model):
    """One measured value (wall 5); two reports on the same period share it."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="outcomes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    breakdown = models.CharField(
        "uppdelning", max_length=10, choices=Breakdown.choices, default=Breakdown.TOTAL
    )
    kind = models.CharField(
        "slag", max_length=20, choices=ValueKind.choices, default=ValueKind.NUMBER
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    number = models.DecimalField("värde", max_digits=15, decimal_places=6, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("decimaler som inmatat", null=True, blank=True)
    text = models.CharField("text", max_length=200, blank=True)
    numerator = models.DecimalField(
        "täljare", max_digits=15, decimal_places=6, null=True, blank=True
    )
    denominator = models.DecimalField(
        "nämnare", max_digits=15, decimal_places=6, null=True, blank=True
    )
    group_size = models.PositiveIntegerField("gruppens storlek", null=True, blank=True)
    scope = models.CharField(
        "omfattning", max_length=10, choices=ValueScope.choices, default=ValueScope.OWN
    )
    measured_on = models.DateField("mätt", null=True, blank=True)
    is_carried_forward = models.BooleanField("från tidigare mätning", default=False)
    is_stated = models.BooleanField("uppgivet värde", default=False)
    source = models.CharField("källa", max_length=200, blank=True)
    comment = models.TextField("kommentar", blank=True)
    is_rolled_up = models.BooleanField("beräknat av enheterna", default=False)
    is_confirmed = models.BooleanField("ovanligt värde bekräftat", default=False)
    # The previous period's value as it stands after a restatement, with the reason.
    restated_number = models.DecimalField(
        "omräknat jämförelsevärde", max_digits=15, decimal_places=6, null=True, blank=True
    )
    restated_decimals = models.PositiveSmallIntegerField(null=True, blank=True)
    restated_note = models.CharField("skäl till omräkningen", max_length=200, blank=True)
    # What the year is foreseen to end at; never an outcome, so never in the outcome's columns.
    forecast_number = models.DecimalField(
        "prognos för året", max_digits=15, decimal_places=6, null=True, blank=True
    )
    forecast_decimals = models.PositiveSmallIntegerField(null=True, blank=True)
    forecast_is_confirmed = models.BooleanField("ovanlig prognos bekräftad", default=False)
    # Where a fetched value came from: row, version and words; the difference is seen above.
    origin_model = models.CharField(max_length=60, blank=True)
    origin_id = models.BigIntegerField(null=True, blank=True)
    origin_version = models.PositiveIntegerField(null=True, blank=True)
    origin_label = models.CharField("hämtat från", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["unit", "period"], name="outcome_by_unit_and_period"),)
        constraints = (
            models.UniqueConstraint(
                fields=["indicator", "unit", "period", "breakdown"],
                condition=Q(category=None),
                name="outcome_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "period", "category"],
                condition=~Q(category=None),
                name="outcome_once_per_category",
            ),
            models.CheckConstraint(
                condition=Q(breakdown=Breakdown.CATEGORY, category__isnull=False)
                | (~Q(breakdown=Breakdown.CATEGORY) & Q(category=None)),
                name="outcome_category_when_categories",
            ),
            is_known("scope", ValueScope, "outcome_scope_is_known"),
            models.CheckConstraint(
                condition=Q(restated_number=None, restated_decimals=None)
                | (
                    Q(restated_number__isnull=False, restated_decimals__isnull=False)
                    & ~Q(restated_note="")
                ),
                name="outcome_restated_with_a_reason",
                violation_error_message="Ett omräknat värde behöver ett skäl.",
            ),
            models.CheckConstraint(
                condition=Q(forecast_number=None, forecast_decimals=None)
                | Q(forecast_number__isnull=False, forecast_decimals__lte=6),
                name="outcome_forecast_with_decimals",
            ),
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(denominator__gt=0),
                name="outcome_denominator_positive",
            ),
            is_known("breakdown", Breakdown, "outcome_breakdown_is_known"),
            is_known("kind", ValueKind, "outcome_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=ValueKind.NUMBER, number__isnull=False, decimals__isnull=False)
                | (~Q(kind=ValueKind.NUMBER) & Q(number=None, decimals=None)),
                name="outcome_number_when_number",
                violation_error_message="Ett tal ska ha värde och decimaler, annat ska inte ha det.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(WORDED)) | ~Q(text=""),
                name="outcome_words_when_worded",
                violation_error_message="Skriv utfallet i text.",
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(decimals__lte=6), name="outcome_decimals_at_most_6"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}"  # the history's label


class Evidence(models.Model):
    """A file that shows where a value came from; the bytes lie by their hash (wall 12)."""

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="evidence")
    name = models.CharField("filnamn", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=100)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """What is done under a goal, an assignment or an indicator, or under another plan.

    Exactly one of ``goal``, ``planned_indicator`` and ``other_plan`` ("Arbetsmiljöplan") is given.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="activities")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="activities")
    planned_indicator = models.ForeignKey(
        PlannedIndicator, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    other_plan = models.CharField("annan plan", max_length=120, blank=True)
    key = key_field()
    name = models.CharField("aktivitet", max_length=400)
    responsible = models.CharField("ansvarig", max_length=120, blank=True)
    starts_on = models.DateField("börjar", null=True, blank=True)
    ends_on = models.DateField("klar senast", null=True, blank=True)
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    position = models.PositiveSmallIntegerField("ordning")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["plan", "key"], name="activity_key_unique"),
            models.CheckConstraint(
                condition=Q(goal__isnull=False, planned_indicator=None, other_plan="")
                | Q(goal=None, planned_indicator__isnull=False, other_plan="")
                | (Q(goal=None, planned_indicator=None) & ~Q(other_plan="")),
                name="activity_under_one_thing",
                violation_error_message="Ange mål, indikator eller annan plan, bara en av dem.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="activity_from_before_to",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ActivityReport(models.Model):
    """Where an activity stands at the end of a period."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reports")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    status = models.CharField("status", max_length=30, choices=ActivityStatus.choices)
    comment = models.TextField("kommentar", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["activity", "period"], name="activity_report_once"),
            is_known("status", ActivityStatus, "activity_report_status_known"),
        )

    def __str__(self) -> str:
        return f"{self.activity}, {self.period}"


class AssignmentReport(models.Model):
    """Where an assignment stands at the end of a period."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="assignment_reports")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    status = models.CharField("status", max_length=30, choices=AssignmentStatus.choices)
    comment = models.TextField("kommentar", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["goal", "period"], name="assignment_report_once"),
            is_known("status", AssignmentStatus, "assignment_report_status_known"),
        )

    def __str__(self) -> str:
        return f"{self.goal}, {self.period}"


class Judgement(models.Model):
    """A person's judgement of a goal at a period, beside what the stated rule proposed.

    ``rule`` is the rule's sentence as it read; a departure from ``proposal`` needs a reason.
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="judgements")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    moment = models.CharField(
        "avser", max_length=10, choices=Moment.choices, default=Moment.OUTCOME
    )
    rule = models.CharField("regel", max_length=300, blank=True)
    proposal = models.CharField(
        "förslag", max_length=20, choices=Attainment.choices, default=Attainment.NOT_JUDGED
    )
    result = models.CharField("bedömning", max_length=20, choices=Attainment.choices)
    level = models.ForeignKey(
        AttainmentLevel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nivå",
    )
    reason = models.TextField("skäl till avsteget", blank=True)
    comment = models.TextField("kommentar", blank=True)
    judged_by = models.CharField("bedömt av", max_length=150, blank=True)
    judged_on = models.DateField("bedömt", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["goal", "period"], name="judgement_once"),
            is_known("result", Attainment, "judgement_result_is_known"),
            is_known("proposal", Attainment, "judgement_proposal_is_known"),
            is_known("moment", Moment, "judgement_moment_is_known"),
            models.CheckConstraint(
                condition=Q(proposal=F("result"))
                | Q(proposal=Attainment.NOT_JUDGED)
                | ~Q(reason=""),
                name="judgement_departure_with_a_reason",
                violation_error_message="Skriv varför bedömningen avviker från förslaget.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.goal}, {self.period}"
