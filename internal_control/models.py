"""The internal control plan: areas with a question, a result per period, what remains to do."""

from django.db import models

from governance.models import Body, Period, ScaleLevel, key_field
from governance.rules import WITHHELD

CONTRADICTS = "Kontrollen är inte utförd. Ta bort resultatet eller ändra till Ja."


class ControlPlan(models.Model):
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    key = key_field()
    year = models.PositiveSmallIntegerField("år")
    name = models.CharField("namn", max_length=120)

    class Meta:
        ordering = ("-year", "key")
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="control_plan_key_unique"),
        )

    def __str__(self) -> str:
        return self.name


class ControlArea(models.Model):
    plan = models.ForeignKey(ControlPlan, models.PROTECT, related_name="areas")
    key = key_field()
    name = models.CharField("namn", max_length=200)
    question = models.CharField("fråga", max_length=400, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["plan", "key"], name="control_area_key_unique"),
        )

    def __str__(self) -> str:
        return self.name


class ControlResult(models.Model):
    """Was the control performed, and did the object pass, at one period; None is not reported."""

    area = models.ForeignKey(ControlArea, models.PROTECT, related_name="results")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    performed = models.BooleanField("utförd", null=True, blank=True)
    level = models.ForeignKey(
        ScaleLevel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="resultat"
    )
    comment = models.TextField("kommentar", blank=True)
    note = models.CharField("anmärkning", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "period"], name="control_result_once"),
            models.CheckConstraint(
                condition=models.Q(performed=None)
                | models.Q(performed=True)
                | models.Q(level=None),
                name="control_result_of_what_was_performed",
                violation_error_message=CONTRADICTS,
            ),
        )

    def __str__(self) -> str:
        return f"{self.area}, {self.period}"

    @property
    def is_reported(self) -> bool:
        """What was not performed has no result to wait for."""
        return self.performed is False or self.level_id is not None or self.is_withheld

    @property
    def is_withheld(self) -> bool:
        return self.note == WITHHELD


class RemainingAction(models.Model):
    area = models.ForeignKey(ControlArea, models.PROTECT, related_name="remaining_actions")
    key = key_field()
    text = models.CharField("åtgärd", max_length=400)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["area", "key"], name="remaining_action_key_unique"),
        )

    def __str__(self) -> str:
        return self.text
