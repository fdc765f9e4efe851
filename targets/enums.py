"""Closed vocabularies of goals and indicators."""

from django.db.models import TextChoices


class Direction(TextChoices):
    """Which way is better; the light follows this, never the sign of the change."""

    HIGHER = "higher", "Högre är bättre"
    LOWER = "lower", "Lägre är bättre"
    INSIDE = "inside", "Inom ett spann"
    ZERO = "zero", "Noll är bäst"
    NONE = "none", "Bedöms inte"


class IndicatorKind(TextChoices):
    GOAL = "goal", "Målindikator"
    STEERING = "steering", "Styrtal"
    KEY_FIGURE = "key_figure", "Nyckeltal"
    PRODUCTION = "production", "Produktionstal"


class Horizon(TextChoices):
    YEAR = "year", "Målvärde för året"
    LONG_TERM = "long_term", "Långsiktigt målvärde"


class Breakdown(TextChoices):
    TOTAL = "total", "Totalt"
    WOMEN = "women", "Kvinnor"
    MEN = "men", "Män"


class OutcomeKind(TextChoices):
    """Zero is a number; the other blanks are four different things."""

    NUMBER = "number", "Tal"
    INEQUALITY = "inequality", "Olikhet"
    TEXT = "text", "Text"
    MISSING = "missing", "Utfall saknas"
    SUPPRESSED = "suppressed", "Redovisas inte (liten grupp)"
    NOT_APPLICABLE = "not_applicable", "Ej tillämpligt"
