"""Closed vocabularies of the pages that see everything."""

from django.db.models import TextChoices


class OverviewMode(TextChoices):
    """What the board's overview sets the committees against."""

    AREAS = "omraden"
    INDICATORS = "indikatorer"
