"""Closed vocabularies of money."""

from django.db.models import TextChoices

PART = "economy"  # of what a body hands in


class Measure(TextChoices):
    KR = "kr", "Kronor"
    PERCENT = "percent", "Procent"


class SignStyle(TextChoices):
    """How a deviation is reckoned. In both styles plus is favourable."""

    RESULT = "result", "Resultat (utfall minus budget)"
    EXPENDITURE = "expenditure", "Utgift (budget minus utfall)"
    PLAIN = "plain", "Utan tecken"


class AmountKind(TextChoices):
    OUTCOME = "outcome", "Utfall"
    BUDGET = "budget", "Budget"
    FORECAST = "forecast", "Prognos"
