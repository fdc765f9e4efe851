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


class ValueScope(TextChoices):
    """What a value covers: S4 marks the region's own figures "(Region Örebro län)"."""

    OWN = "own", "Den egna nämnden"
    REGION = "region", "Hela regionen"


class Reads(TextChoices):
    """What a column of a grid reads."""

    NUMBER = "number", "Tal"
    CHOICE = "choice", "Val"
    TEXT = "text", "Text"
