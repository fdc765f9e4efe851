from django.db import models
from django.db.models import F, Q

from documents.enums import Kind, PageFormat, State
from documents.rules import ATTEMPTS

ANNOUNCEMENTS = {
    State.QUEUED: "Utskriften har startat.",
    State.RUNNING: "Utskriften pågår.",
    State.READY: "Utskriften är klar och kan hämtas.",
    State.FAILED: "Utskriften misslyckades.",
}


class Document(models.Model):
    """Job and document in one: the row is the truth, the broker only a bell (wall 11).

    Once ready it never changes; the database refuses it (documents.declares).
    """

    organisation = models.ForeignKey(
        "governance.Organisation", models.PROTECT, related_name="+", verbose_name="organisation"
    )
    kind = models.CharField("slag", max_length=20, choices=Kind.choices)
    title = models.CharField("titel", max_length=200)
    filename = models.CharField("filnamn", max_length=200)
    page_format = models.CharField("sidformat", max_length=10, choices=PageFormat.choices)
    html = models.TextField("underlag", blank=True)
    css = models.JSONField("stilmallar", default=list, blank=True)
    content = models.BinaryField("förseglat innehåll", null=True)
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="stämplar"
    )
    created_stated_at = models.DateTimeField("angiven tidpunkt")
    requested_by = models.ForeignKey(
        "governance.User", models.PROTECT, related_name="+", verbose_name="beställd av"
    )
    requested_at = models.DateTimeField("beställd")

    state = models.CharField("läge", max_length=10, choices=State.choices, default=State.QUEUED)
    step = models.CharField("steg", max_length=100, blank=True)
    progress = models.PositiveSmallIntegerField("procent", default=0)
    attempt = models.PositiveIntegerField("försök", default=0)
    attempt_limit = models.PositiveIntegerField("högst antal försök", default=ATTEMPTS)
    lease_until = models.DateTimeField("hålls till", null=True)
    worker = models.CharField("hålls av", max_length=150, blank=True)
    rung_at = models.DateTimeField("senast ringd", null=True)
    error = models.TextField("fel", blank=True)

    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("storlek", null=True)
    finished_at = models.DateTimeField("klar", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="document_kind_known"),
            models.CheckConstraint(
                condition=Q(page_format__in=PageFormat.values), name="document_format_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="document_state_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.READY, size__isnull=False, finished_at__isnull=False)
                    & ~Q(sha256="")
                )
                | (~Q(state=State.READY) & Q(sha256="", size=None, finished_at=None)),
                name="document_ready_iff_bytes",
                violation_error_message="Ett färdigt dokument har fil, storlek och tidpunkt.",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.FAILED) & ~Q(error=""))
                | (~Q(state=State.FAILED) & Q(error="")),
                name="document_failed_iff_error",
                violation_error_message="Ett misslyckat dokument säger varför.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease_until=None)),
                name="document_running_iff_lease",
                violation_error_message="Det som skrivs ut hålls av någon.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.STAMP, source__isnull=False)
                | (~Q(kind=Kind.STAMP) & Q(source=None)),
                name="document_stamp_iff_source",
                violation_error_message="En stämpling utgår från ett färdigt dokument.",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100), name="document_progress_percent"
            ),
            models.CheckConstraint(
                condition=Q(attempt__lte=F("attempt_limit")), name="document_attempts_bounded"
            ),
        )
        indexes = (
            models.Index(fields=["state", "requested_at"], name="document_by_state"),
            models.Index(fields=["sha256"], name="document_by_sha256"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def is_unfinished(self) -> bool:
        return self.state in (State.QUEUED, State.RUNNING)

    @property
    def step_text(self) -> str:
        return self.step or self.get_state_display()

    @property
    def announcement(self) -> str:
        """What a screen reader is told at the start and at the end."""
        return ANNOUNCEMENTS[State(self.state)]


class DocumentAttachment(models.Model):
    """A file that is embedded in the printed one."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="attachments")
    name = models.CharField("filnamn", max_length=120)
    description = models.CharField("beskrivning", max_length=200)
    data = models.BinaryField("innehåll")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["document", "name"], name="attachment_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class SealedRecord(models.Model):
    """What was sealed (wall 14): written once with the stamped file, never changed.

    The stamped bytes are the file with the name stamped_sha256.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="sealed_record")
    content = models.BinaryField("innehåll")
    content_sha256 = models.CharField("innehållets kontrollsumma", max_length=64)
    unstamped_sha256 = models.CharField("kontrollsumma före stämpel", max_length=64)
    stamped_sha256 = models.CharField("kontrollsumma", max_length=64, db_index=True)
    certificate_sha256 = models.CharField("certifikatets fingeravtryck", max_length=64)
    sealed_at = models.DateTimeField("stämplad")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(stamped_sha256=F("unstamped_sha256")), name="sealed_stamp_adds_bytes"
            ),
        )

    def __str__(self) -> str:
        return self.stamped_sha256
