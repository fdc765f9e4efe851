"""Reporting rounds, where each body stands in them, and what was handed in."""

from django.db import models

from governance.models import Body, Period, Person, is_known, key_field
from rounds.enums import RoundStateName


class ReportingRound(models.Model):
    """A reporting occasion for a period; two may share one period (wall 4)."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    key = key_field()
    name = models.CharField("namn", max_length=80)
    cut_off_on = models.DateField("brytdag")
    due_on = models.DateField("sista dag")
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="jämförs med",
    )
    parts = models.JSONField("delar", default=list, blank=True)  # names; none asks for all

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["period", "key"], name="round_key_unique"),
            models.UniqueConstraint(fields=["period", "name"], name="round_name_unique"),
        )

    def __str__(self) -> str:
        return self.name

    def asks(self, part: str) -> bool:
        return not self.parts or part in self.parts


class RoundState(models.Model):
    """Where one body stands in one reporting round."""

    reporting_round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="states")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    state = models.CharField(
        "läge", max_length=20, choices=RoundStateName.choices, default=RoundStateName.OPEN
    )
    changed_on = models.DateField("ändrat", null=True, blank=True)
    changed_by = models.CharField("ändrat av", max_length=120, blank=True)
    reason = models.TextField("skäl", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["reporting_round", "body"], name="round_state_once_per_body"
            ),
            is_known("state", RoundStateName, "round_state_is_known"),
        )

    def __str__(self) -> str:
        return self.get_state_display()


class HandIn(models.Model):
    """What a body handed in, or had when its round was locked: the bytes that were hashed.

    ``replaces`` is what those outside the committee read until then, and read again when this one
    is sent back.
    """

    state = models.ForeignKey(RoundState, models.PROTECT, related_name="hand_ins")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_on = models.DateField(null=True)
    made_by = models.CharField(max_length=150, blank=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.sha256


class Reminder(models.Model):
    """That a person was reminded in a reporting round; the mail is the documents' own job."""

    reporting_round = models.ForeignKey(ReportingRound, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mail = models.OneToOneField("documents.Mail", models.PROTECT, related_name="+")
    asked_by = models.CharField("beställd av", max_length=150)
    asked_at = models.DateTimeField("beställd")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.person}: {self.mail.subject}"
