"""From dialogue round to dispatched extract. What is verified is guarded (declares.py)."""

from django.db import models
from django.db.models import Q

from dialogues.enums import (
    DispatchWay,
    MotionKind,
    MotionOutcome,
    ParagraphState,
    ProposalState,
    Service,
    SignerRole,
    VerificationState,
)
from governance.models import Body, Organisation, Person, User, is_known, key_field


class DialogueRound(models.Model):
    """An occasion ("våren 2026") with a board and days; it has no period."""

    board = models.ForeignKey(Body, models.PROTECT, related_name="+")
    key = key_field()
    name = models.CharField("namn", max_length=120)
    opens_on = models.DateField("öppnad")

    class Meta:
        ordering = ("-opens_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["board", "key"], name="dialogue_round_key_unique"),
        )

    def __str__(self) -> str:
        return self.name


class Dialogue(models.Model):
    round = models.ForeignKey(DialogueRound, models.PROTECT, related_name="dialogues")
    committee = models.ForeignKey(Body, models.PROTECT, related_name="+")
    receiving_body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    key = key_field()
    held_on = models.DateField("dialogens dag")
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    pack = models.ForeignKey(
        "reports.Report", models.PROTECT, null=True, blank=True, related_name="+"
    )
    pack_due_on = models.DateField("underlag senast")
    proposal_due_on = models.DateField("beslutsförslag senast")

    class Meta:
        ordering = ("held_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["round", "key"], name="dialogue_key_unique"),
            models.UniqueConstraint(fields=["round", "committee"], name="dialogue_once_per_round"),
        )

    def __str__(self) -> str:
        return f"{self.round.name}, {self.committee.short_name}"


class Phrase(models.Model):
    """A standard sentence; the committee's name is a field: {namnd}, {namnd_bestamd} ..."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = key_field()
    text = models.TextField("text")
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="phrase_key_unique"),
        )

    def __str__(self) -> str:
        return self.text[:80]


class Proposal(models.Model):
    """Beslutsförslag: may be older than the pack, whose place is named and filled later."""

    dialogue = models.OneToOneField(Dialogue, models.PROTECT, related_name="proposal")
    key = key_field()
    unit = models.CharField("enhet", max_length=120, blank=True)
    author_name = models.CharField("handläggare", max_length=120, blank=True)
    author_title = models.CharField("handläggarens titel", max_length=120, blank=True)
    title = models.CharField("rubrik", max_length=200)
    dated_on = models.DateField("datum")
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    addressee = models.CharField("adressat", max_length=120)
    summary = models.TextField("sammanfattning", blank=True)
    consequences = models.TextField("konsekvensbeskrivning", blank=True)
    financial_consequences = models.TextField("ekonomiska konsekvenser", blank=True)
    appendix_label = models.CharField("bilaga", max_length=200, blank=True)
    appendix_version = models.ForeignKey(
        "reports.ReportVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivered_to = models.CharField("beslutet delges", max_length=200, blank=True)
    state = models.CharField(
        "läge", max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFT
    )
    sent_on = models.DateField("utsänt", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            is_known("state", ProposalState, "proposal_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.SENT, sent_on__isnull=False)
                | (~Q(state=ProposalState.SENT) & Q(sent_on=None)),
                name="proposal_sent_has_day",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ProposalPoint(models.Model):
    """A proposed point; its key is the stable id from proposal to decision."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="points")
    key = key_field()
    position = models.PositiveSmallIntegerField("ordning")
    text = models.TextField("text")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["proposal", "key"], name="proposal_point_key_unique"),
        )

    def __str__(self) -> str:
        return self.text[:80]


class SigningChief(models.Model):
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="chiefs")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField("titel", max_length=120)
    is_acting = models.BooleanField("tillförordnad", default=False)
    position = models.PositiveSmallIntegerField("ordning")
    approved_at = models.DateTimeField("godkänt", null=True, blank=True)
    approved_by = models.CharField("godkänt av", max_length=150, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["proposal", "person"], name="chief_once"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by="")
                | (Q(approved_at__isnull=False) & ~Q(approved_by="")),
                name="chief_approved_by_someone",
            ),
        )

    def __str__(self) -> str:
        return f"Tf. {self.title.lower()}" if self.is_acting else self.title


class Meeting(models.Model):
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    key = key_field()
    held_on = models.DateField("dag")
    place = models.CharField("plats", max_length=120, blank=True)
    time_span = models.CharField("tid", max_length=60, blank=True)
    presiding = models.ForeignKey(Person, models.PROTECT, related_name="+")
    secretary = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verifier = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-held_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["body", "key"],
                name="meeting_key_unique",
                violation_error_message="Sammanträdet är redan skapat.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body.short_name} {self.held_on}"


class Attendance(models.Model):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.CharField("tjänstgör som", max_length=20, choices=Service.choices)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once"),
            is_known("service", Service, "attendance_service_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.get_service_display()}"

    @property
    def serves(self) -> bool:
        """Took part in the decisions; others were only present."""
        return self.service != Service.OTHER


class NumberSeries(models.Model):
    """The counter of a body's paragraphs in a year (wall 16); may start anywhere."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("år")
    last = models.PositiveIntegerField("senaste nummer", default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["body", "year"], name="series_once_per_year"),
        )

    def __str__(self) -> str:
        return f"{self.body_id} {self.year}: {self.last}"


class Paragraph(models.Model):
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="paragraphs")
    dialogue = models.ForeignKey(
        Dialogue, models.PROTECT, null=True, blank=True, related_name="paragraphs"
    )
    key = key_field()
    number = models.PositiveIntegerField("paragraf")
    year = models.PositiveSmallIntegerField("år")
    is_number_given = models.BooleanField("nummer från annat system", default=False)
    heading = models.CharField("rubrik", max_length=200)
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    state = models.CharField(
        "läge", max_length=10, choices=ParagraphState.choices, default=ParagraphState.DRAFT
    )
    matter = models.TextField("ärendet", blank=True)
    question_order = models.TextField("propositionsordning", blank=True)
    motions_sha256 = models.CharField(
        "yrkandena som propositionsordningen skrevs för", max_length=64, blank=True
    )
    supporting_documents = models.TextField("beslutsunderlag, ett per rad", blank=True)
    dispatched_to = models.TextField("expedieras till, en per rad", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "key"],
                name="paragraph_key_unique",
                violation_error_message="Paragrafen är redan skapad.",
            ),
            models.UniqueConstraint(
                fields=["dialogue"],
                condition=~Q(state=ParagraphState.STRUCK),
                name="paragraph_one_open_per_dialogue",
                violation_error_message="Det finns redan en paragraf för dialogen.",
            ),
            is_known("state", ParagraphState, "paragraph_state_is_known"),
        )

    def __str__(self) -> str:
        return f"§ {self.number} {self.heading}"


class ParagraphPoint(models.Model):
    """The main proposal as it lay at the meeting, with the proposal's stable ids."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="points")
    key = key_field()
    position = models.PositiveSmallIntegerField("ordning")
    text = models.TextField("text")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["paragraph", "key"], name="paragraph_point_key_unique"),
        )

    def __str__(self) -> str:
        return self.text[:80]


class FloorMotion(models.Model):
    """Yrkande: who moved it, what it says and what became of it."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="motions")
    key = key_field()
    mover = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(
        "slag", max_length=20, choices=MotionKind.choices, default=MotionKind.ADDITION
    )
    text = models.TextField("text")
    outcome = models.CharField(
        "utgång", max_length=10, choices=MotionOutcome.choices, default=MotionOutcome.PENDING
    )
    position = models.PositiveSmallIntegerField("ordning")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["paragraph", "key"],
                name="motion_key_unique",
                violation_error_message="Yrkandet är redan tillagt.",
            ),
            is_known("outcome", MotionOutcome, "motion_outcome_is_known"),
            is_known("kind", MotionKind, "motion_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.text[:80]


class Verification(models.Model):
    """One signing of a list of paragraphs of one meeting, on fixed bytes (wall 14)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="verifications")
    state = models.CharField(
        "läge", max_length=10, choices=VerificationState.choices, default=VerificationState.SENT
    )
    sent_at = models.DateTimeField("utsänd")
    due_on = models.DateField("justeras senast")
    content = models.BinaryField("innehåll")
    content_sha256 = models.CharField("innehållets kontrollsumma", max_length=64)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    verified_at = models.DateTimeField("justerad", null=True, blank=True)
    stamp = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=VerificationState.VERIFIED, verified_at__isnull=False)
                | (~Q(state=VerificationState.VERIFIED) & Q(verified_at=None, stamp=None)),
                name="verification_verified_has_time",
            ),
        )

    def __str__(self) -> str:
        return f"Justering {self.pk}"


class VerificationParagraph(models.Model):
    verification = models.ForeignKey(Verification, models.PROTECT, related_name="items")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="verifications")
    position = models.PositiveSmallIntegerField("ordning")
    is_open = models.BooleanField("utsänd eller justerad", default=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["verification", "paragraph"], name="verification_paragraph_once"
            ),
            models.UniqueConstraint(
                fields=["paragraph"],
                condition=Q(is_open=True),
                name="verification_open_once",
                violation_error_message="Paragrafen är redan utsänd för justering.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verification_id}: {self.paragraph_id}"


class Signature(models.Model):
    """A named person's answer: signed with the password, or declined with a comment."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField("underskrift som", max_length=10, choices=SignerRole.choices)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("tidpunkt")
    is_declined = models.BooleanField("avböjd", default=False)
    comment = models.TextField("kommentar", blank=True)
    method = models.CharField(
        "metod", max_length=60, default="enkel elektronisk underskrift", editable=False
    )
    document_sha256 = models.CharField("dokumentets kontrollsumma", max_length=64)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["verification", "role"],
                name="signature_once",
                violation_error_message="Du har redan svarat på den här justeringen.",
            ),
            models.CheckConstraint(
                condition=Q(is_declined=False) | ~Q(comment=""), name="signature_decline_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person_id}"


class Dispatch(models.Model):
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="dispatches")
    receiver = models.ForeignKey(Body, models.PROTECT, related_name="+")
    dispatched_on = models.DateField("expedierad")
    way = models.CharField("sätt", max_length=10, choices=DispatchWay.choices)
    by = models.CharField("av", max_length=150)
    extract = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["paragraph", "receiver"],
                name="dispatch_once",
                violation_error_message="Paragrafen är redan expedierad till mottagaren.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.receiver_id} {self.dispatched_on}"


class Export(models.Model):
    """The registrar took the package out: the paragraph counts as registered."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="exports")
    exported_on = models.DateField("exporterad")
    by = models.CharField("av", max_length=150)
    sha256 = models.CharField("paketets kontrollsumma", max_length=64)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.paragraph_id} {self.exported_on}"
