from django.db import models
from django.db.models import F, Q

from documents.enums import Kind, PageFormat, State
from documents.jobs import Job
from documents.rules import MAILING, PRINTING, Limits, limits
from governance.models import is_known


class Document(Job):
    """Job and document in one. Once ready it never changes; the database refuses it."""

    words = PRINTING
    work = "documents.production.produce"

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
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("storlek", null=True)

    class Meta(Job.Meta):
        constraints = (
            *Job.Meta.constraints,
            is_known("kind", Kind, "document_kind_known"),
            is_known("page_format", PageFormat, "document_format_known"),
            models.CheckConstraint(
                condition=(Q(state=State.READY, size__isnull=False) & ~Q(sha256=""))
                | (~Q(state=State.READY) & Q(sha256="", size=None)),
                name="document_ready_iff_bytes",
                violation_error_message="Ett färdigt dokument har fil och storlek.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.STAMP, source__isnull=False)
                | (~Q(kind=Kind.STAMP) & Q(source=None)),
                name="document_stamp_iff_source",
                violation_error_message="En stämpling utgår från ett färdigt dokument.",
            ),
        )
        indexes = (
            *Job.Meta.indexes,
            models.Index(fields=["sha256"], name="document_by_sha256"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def limits(self) -> Limits:
        return limits(page_format=PageFormat(self.page_format), html_length=len(self.html))


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


class Mail(Job):
    """One mail to one person about one matter. Once sent it never changes; the database refuses it."""

    words = MAILING
    work = "documents.sending.send"

    to = models.EmailField("till")
    subject = models.CharField("ämne", max_length=200)
    text = models.TextField("text")
    about = models.CharField("ärendets adress", max_length=200)
    token = models.CharField(max_length=12, default="", db_default="", editable=False)

    @property
    def message_id(self) -> str:
        """A row of the same number, made after a restore, is another message."""
        return f"mejl-{self.pk}-{self.token}"

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class Event(Job):
    """An act that somebody waits for. The worker finds whom to tell (wall 11): no text of the matter
    is kept here, only what happened, whose it is and where it lies."""

    words = MAILING
    work = "documents.sending.spread"

    row_label = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    act = models.CharField("handling", max_length=40)
    what = models.CharField("vad som har hänt", max_length=200)
    about = models.CharField("ärendets adress", max_length=200)
    body = models.ForeignKey(
        "governance.Body", models.PROTECT, related_name="+", verbose_name="nämnd"
    )
    happened_on = models.DateField("dag")

    def __str__(self) -> str:
        return self.what


class Delivery(models.Model):
    """An event as it came to one person, with the mail, if any, that told of it."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries")
    person = models.ForeignKey("governance.Person", models.PROTECT, related_name="+")
    mail = models.OneToOneField(Mail, models.PROTECT, null=True, related_name="delivery")
    read_at = models.DateTimeField("läst", null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["event", "person"], name="delivery_once_per_person"),
        )
        indexes = (
            models.Index(
                fields=["person"], condition=models.Q(read_at=None), name="delivery_unread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.event}"


class UploadTurn(models.Model):
    """A person's turn at the door for files: one at a time, held while a file is read."""

    person = models.OneToOneField("governance.Person", models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField("nummer", default=0)
    held_until = models.DateTimeField("hålls till", null=True)

    def __str__(self) -> str:
        return f"{self.person} {self.number}"
