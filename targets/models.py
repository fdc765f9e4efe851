"""The steering chain (plan, focus area, goal) and what is measured (indicator, outcome)."""

from django.db import models
from django.db.models import Q

from governance.models import Body, Organisation, Period, Unit, key_field
from targets.enums import Breakdown, Direction, Horizon, IndicatorKind, OutcomeKind

WORDED_KINDS = (OutcomeKind.INEQUALITY.value, OutcomeKind.TEXT.value)


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
    """A node of the steering chain; levels may be skipped and kinds are the organisation's words."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    focus_area = models.ForeignKey(
        FocusArea, models.PROTECT, null=True, blank=True, related_name="goals"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    kind = models.CharField("slag", max_length=60, default="Mål")
    number = models.CharField("nummer", max_length=20, blank=True)
    name = models.CharField("namn", max_length=400)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=["plan", "key"], name="goal_key_unique"),)

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """A definition that stands outside years. Without a body the whole organisation shares it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    name = models.CharField("namn", max_length=200)
    unit_label = models.CharField("enhet", max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField("decimaler", null=True, blank=True)
    direction = models.CharField(
        "riktning", max_length=10, choices=Direction.choices, default=Direction.NONE
    )
    tolerance = models.DecimalField(
        "tolerans", max_digits=15, decimal_places=6, null=True, blank=True
    )
    kind = models.CharField(
        "slag", max_length=20, choices=IndicatorKind.choices, default=IndicatorKind.GOAL
    )
    frequency = models.CharField("mäts", max_length=80, blank=True)
    source = models.CharField("källa", max_length=200, blank=True)
    definition = models.TextField("definition", blank=True)
    is_rolling_12 = models.BooleanField("rullande tolv månader", default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="indicator_key_unique"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="indicator_direction_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IndicatorKind.values), name="indicator_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(decimals__lte=6), name="indicator_decimals_at_most_6"
            ),
            models.CheckConstraint(
                condition=Q(tolerance=None) | Q(tolerance__gte=0),
                name="indicator_tolerance_not_negative",
            ),
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

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["planned_indicator", "key"], name="target_key_unique"),
            models.UniqueConstraint(
                fields=["planned_indicator", "horizon"], name="target_once_per_horizon"
            ),
            models.CheckConstraint(
                condition=Q(horizon__in=Horizon.values), name="target_horizon_is_known"
            ),
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
        "slag", max_length=20, choices=OutcomeKind.choices, default=OutcomeKind.NUMBER
    )
    number = models.DecimalField("värde", max_digits=15, decimal_places=6, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("decimaler som inmatat", null=True, blank=True)
    text = models.CharField("text", max_length=200, blank=True)
    measured_on = models.DateField("mätt", null=True, blank=True)
    is_carried_forward = models.BooleanField("från tidigare mätning", default=False)
    is_stated = models.BooleanField("uppgivet värde", default=False)
    source = models.CharField("källa", max_length=200, blank=True)
    comment = models.TextField("kommentar", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["indicator", "unit", "period", "breakdown"], name="outcome_once"
            ),
            models.CheckConstraint(
                condition=Q(breakdown__in=Breakdown.values), name="outcome_breakdown_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OutcomeKind.values), name="outcome_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.NUMBER, number__isnull=False, decimals__isnull=False)
                | (~Q(kind=OutcomeKind.NUMBER) & Q(number=None, decimals=None)),
                name="outcome_number_when_number",
                violation_error_message="Ett tal ska ha värde och decimaler, annat ska inte ha det.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=WORDED_KINDS) | ~Q(text=""),
                name="outcome_words_when_worded",
                violation_error_message="Skriv utfallet i text.",
            ),
            models.CheckConstraint(
                condition=Q(decimals=None) | Q(decimals__lte=6), name="outcome_decimals_at_most_6"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}"  # the history's label
