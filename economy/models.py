"""Lines of the economy and their amounts: kronor exactly, shown in millions by a rule."""

from django.db import models
from django.db.models import Q

from economy.enums import AmountKind, Measure, SignStyle
from governance.models import Body, Period, is_known, key_field
from governance.rules import WITHHELD


class Scope(models.Model):
    """What a figure covers ("ordinarie verksamhet"), with the mark and footnote that say so."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    key = key_field()
    name = models.CharField("namn", max_length=120)
    short_name = models.CharField("kortnamn", max_length=60, blank=True)
    mark = models.CharField("markering", max_length=5, blank=True)
    footnote = models.CharField("fotnot", max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["body", "key"], name="scope_key_unique"),)

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, null=True, blank=True, related_name="lines")
    key = key_field()
    name = models.CharField("namn", max_length=160)
    position = models.PositiveSmallIntegerField("ordning")
    measure = models.CharField("mått", max_length=10, choices=Measure.choices, default=Measure.KR)
    sign_style = models.CharField(
        "tecken", max_length=12, choices=SignStyle.choices, default=SignStyle.RESULT
    )
    decimals = models.PositiveSmallIntegerField("decimaler", default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="line_key_unique"),
            is_known("measure", Measure, "line_measure_is_known"),
            is_known("sign_style", SignStyle, "line_sign_style_is_known"),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="line_decimals_at_most_6"),
        )

    def __str__(self) -> str:
        return self.name


class Amount(models.Model):
    """Kronor exactly, or a percentage; without a value it is missing. Stated: as given, its base is
    unknown. A forecast tells the year's end as it was seen at its period."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="amounts")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    kind = models.CharField(
        "slag", max_length=10, choices=AmountKind.choices, default=AmountKind.OUTCOME
    )
    value = models.DecimalField("belopp", max_digits=15, decimal_places=2, null=True, blank=True)
    is_not_applicable = models.BooleanField("ej tillämpligt", default=False)
    is_stated = models.BooleanField("uppgivet värde", default=False)
    is_confirmed = models.BooleanField("ovanligt värde bekräftat", default=False)
    note = models.CharField("anmärkning", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["line", "period", "kind"], name="amount_once"),
            is_known("kind", AmountKind, "amount_kind_is_known"),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False) | Q(kind="outcome", value=None),
                name="amount_not_applicable",
                violation_error_message="Bara ett utfall utan belopp kan vara ej tillämpligt.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}, {self.get_kind_display().lower()}, {self.period}"

    @property
    def is_withheld(self) -> bool:
        return self.value is None and self.note == WITHHELD

    @property
    def remark(self) -> str:
        """The note, where it is one."""
        return "" if self.is_withheld else self.note
