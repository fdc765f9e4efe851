"""Closed vocabularies of dialogue, proposal, meeting and verification."""

from django.db.models import TextChoices


class ProposalState(TextChoices):
    DRAFT = "draft", "Utkast"
    APPROVED = "approved", "Godkänt"
    SENT = "sent", "Utsänt"


class MotionKind(TextChoices):
    ADDITION = "addition", "Tilläggsyrkande"


class MotionOutcome(TextChoices):
    PENDING = "pending", "Inte avgjort"
    CARRIED = "carried", "Bifallet"
    REJECTED = "rejected", "Avslaget"
    WITHDRAWN = "withdrawn", "Återtaget"


class ParagraphState(TextChoices):
    DRAFT = "draft", "Utkast"
    SENT = "sent", "Utsänd för justering"
    VERIFIED = "verified", "Justerad"
    STRUCK = "struck", "Struken"


class VerificationState(TextChoices):
    SENT = "sent", "Väntar på underskrifter"
    DECLINED = "declined", "Avböjd"
    VERIFIED = "verified", "Justerad"


class SignerRole(TextChoices):
    SECRETARY = "secretary", "Sekreterare"
    PRESIDING = "presiding", "Ordförande"
    VERIFIER = "verifier", "Justerare"


class Service(TextChoices):
    CHAIR = "chair", "Ordförande"
    VICE_CHAIR = "vice_chair", "Vice ordförande"
    MEMBER = "member", "Ledamot"
    SUBSTITUTE = "substitute", "Tjänstgörande ersättare"
    OTHER = "other", "Övrig närvarande"


class DispatchWay(TextChoices):
    EMAIL = "email", "E-post"
    INTERNAL = "internal", "Internpost"
    SYSTEM = "system", "I Uppsikt"
