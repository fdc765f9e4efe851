"""Closed vocabularies of reports: what a section holds, where a report stands, who did what."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    DIALOGUE_PACK = "dialogue_pack", "Dialogunderlag"
    PLAN = "plan", "Verksamhetsplan"
    FOLLOW_UP = "follow_up", "Uppföljningsrapport"
    ANNUAL_REPORT = "annual_report", "Årsrapport"


class SectionKind(TextChoices):
    NORMAL = "normal", "Avsnitt"
    DIVIDER = "divider", "Mellanrubrik"


class ReportState(TextChoices):
    DRAFT = "draft", "Utkast"
    SUBMITTED = "submitted", "Inlämnat"
    RETURNED = "returned", "Skickat tillbaka"
    APPROVED = "approved", "Godkänt"


WITH_THE_CONTROLLER = frozenset({ReportState.DRAFT, ReportState.RETURNED})


class ActKind(TextChoices):
    """The acts of clearance and hand-over, in the order they may first happen."""

    SUBMITTED = "submitted", "Inlämnat"
    RETURNED = "returned", "Skickat tillbaka"
    APPROVED = "approved", "Godkänt"
    HANDED_OVER = "handed_over", "Överlämnat"
    RECEIVED = "received", "Mottaget"
    COMPLETION_REQUESTED = "completion_requested", "Komplettering begärd"
    VERSION_STARTED = "version_started", "Ny version påbörjad"


class Access(TextChoices):
    """What somebody outside the committee may do with a version that was handed over."""

    READ = "read", "Läsa"
    RECEIVE = "receive", "Ta emot och begära komplettering"
