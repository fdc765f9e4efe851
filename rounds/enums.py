"""Where a body stands in a reporting round, and the sets that are asked for."""

from django.db.models import TextChoices


class RoundStateName(TextChoices):
    OPEN = "open", "Öppen"
    SUBMITTED = "submitted", "Inlämnad"
    RETURNED = "returned", "Skickad tillbaka"
    APPROVED = "approved", "Godkänd"
    LOCKED = "locked", "Låst"


# Out of the controller's hands: its figures cannot be written.
HANDED_IN = frozenset({RoundStateName.SUBMITTED, RoundStateName.APPROVED, RoundStateName.LOCKED})
WITH_THE_CONTROLLER = frozenset({RoundStateName.OPEN, RoundStateName.RETURNED})

# The acts; ``states.ROUND`` says which follows what.
HAND_IN, RETURN, APPROVE, LOCK, REOPEN = "hand_in", "return", "approve", "lock", "reopen"
