"""Closed vocabularies of reports: what a section holds, where a report stands, who did what."""

from django.db.models import TextChoices


class ReportKind(TextChoices):
    DIALOGUE_PACK = "dialogue_pack", "Dialogunderlag"
    PLAN = "plan", "Verksamhetsplan"
    FOLLOW_UP = "follow_up", "Uppföljningsrapport"
    ANNUAL_REPORT = "annual_report", "Årsrapport"


# What one of the kind is called in a list of many kinds, and on its own pages.
DEFINITE = {
    ReportKind.DIALOGUE_PACK: ("dialogunderlaget", "underlaget"),
    ReportKind.PLAN: ("verksamhetsplanen", "planen"),
    ReportKind.FOLLOW_UP: ("uppföljningsrapporten", "rapporten"),
    ReportKind.ANNUAL_REPORT: ("årsrapporten", "årsrapporten"),
}


class SectionKind(TextChoices):
    NORMAL = "normal", "Avsnitt"
    DIVIDER = "divider", "Mellanrubrik"


class ReportState(TextChoices):
    DRAFT = "draft", "Utkast"
    SUBMITTED = "submitted", "Inlämnat"
    RETURNED = "returned", "Skickat tillbaka"
    APPROVED = "approved", "Godkänt"


WITH_THE_CONTROLLER = frozenset({ReportState.DRAFT, ReportState.RETURNED})
WAITING = frozenset({ReportState.SUBMITTED})  # for a step of the chain


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
