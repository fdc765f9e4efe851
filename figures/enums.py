"""Closed vocabularies of a value."""

from django.db.models import TextChoices


class ValueKind(TextChoices):
    """Zero is a number; the other blanks are four different things."""

    NUMBER = "number", "Tal"
    INEQUALITY = "inequality", "Olikhet"
    TEXT = "text", "Text"
    MISSING = "missing", "Utfall saknas"
    SUPPRESSED = "suppressed", "Redovisas inte (liten grupp)"
    NOT_APPLICABLE = "not_applicable", "Ej tillämpligt"


CHOSEN_BLANKS = frozenset({ValueKind.SUPPRESSED, ValueKind.NOT_APPLICABLE})  # by a writer
WORDED = frozenset({ValueKind.INEQUALITY, ValueKind.TEXT})  # the value is its text
WITH_VALUE = WORDED | {ValueKind.NUMBER}
# What a writer chooses between; the others follow from what is typed.
CHOICES = (ValueKind.NUMBER, ValueKind.TEXT, ValueKind.SUPPRESSED, ValueKind.NOT_APPLICABLE)
