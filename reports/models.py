"""Template -> section tree -> blocks; clearance; frozen versions (architecture.md, "The walk of a figure")."""

from django.db import models
from django.db.models import Q

from documents.enums import PageFormat
from governance.enums import roles
from governance.models import Body, Organisation, Period, User, is_known, key_field
from reports.blocks.kinds import kind_choices
from reports.enums import (
    DEFINITE,
    WAITING,
    WITH_THE_CONTROLLER,
    ActKind,
    ReportKind,
    ReportState,
    SectionKind,
)


class ReportTemplate(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = key_field()
    kind = models.CharField("slag", max_length=20, choices=ReportKind.choices)
    name = models.CharField("namn", max_length=160)
    definite = models.CharField(
        "bestämd form", max_length=80, blank=True, help_text="Till exempel verksamhetsberättelsen."
    )
    page_format = models.CharField(
        "sidformat", max_length=10, choices=PageFormat.choices, default=PageFormat.SLIDES
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="template_key_unique"),
            is_known("kind", ReportKind, "template_kind_is_known"),
            is_known("page_format", PageFormat, "template_format_is_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """What its reports are called on their own pages: the organisation's word, or the kind's."""
        return self.definite or DEFINITE[ReportKind(self.kind)][1]

    @property
    def called_in_full(self) -> str:
        return self.definite or DEFINITE[ReportKind(self.kind)][0]


class ApprovalStep(models.Model):
    """One step of the ordered chain of roles that clear a report before it is handed over."""

    template = models.ForeignKey(ReportTemplate, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField("ordning")
    role = models.CharField("roll", max_length=30, choices=roles)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["template", "position"], name="step_position_unique"),
        )

    def __str__(self) -> str:
        return f"{self.position} {self.get_role_display()}"


class TemplateSection(models.Model):
    template = models.ForeignKey(ReportTemplate, models.PROTECT, related_name="sections")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    position = models.PositiveSmallIntegerField("ordning")
    kind = models.CharField(
        "slag", max_length=10, choices=SectionKind.choices, default=SectionKind.NORMAL
    )
    heading = models.CharField("rubrik", max_length=160)
    subtitle = models.CharField("underrubrik", max_length=300, blank=True)
    slide_title = models.CharField("bildens rubrik", max_length=200, blank=True)
    guidance = models.TextField("skrivråd", blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["template", "key"], name="template_section_key_unique"),
            is_known("kind", SectionKind, "template_section_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.heading


class TemplateBlock(models.Model):
    section = models.ForeignKey(TemplateSection, models.PROTECT, related_name="blocks")
    key = key_field()
    position = models.PositiveSmallIntegerField("ordning")
    kind = models.CharField("slag", max_length=40, choices=kind_choices)
    title = models.CharField("rubrik", max_length=200, blank=True)
    options = models.TextField("val", default="{}")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["section", "key"], name="template_block_key_unique"),
        )

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Report(models.Model):
    """A report of one body. It has no period of its own: its blocks name theirs."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    template = models.ForeignKey(ReportTemplate, models.PROTECT, related_name="reports")
    key = key_field()
    name = models.CharField("namn", max_length=200)
    year = models.PositiveSmallIntegerField("år")
    state = models.CharField(
        "läge", max_length=20, choices=ReportState.choices, default=ReportState.DRAFT
    )
    current_number = models.PositiveSmallIntegerField("version under arbete", default=1)
    current_step = models.PositiveSmallIntegerField("väntar på steg", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-year", "name", "id")
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="report_key_unique"),
            is_known("state", ReportState, "report_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WAITING), current_step__isnull=False)
                | (~Q(state__in=sorted(WAITING)) & Q(current_step=None)),
                name="report_step_iff_submitted",
                violation_error_message="Ett inlämnat underlag väntar på ett steg, annars inget.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in WITH_THE_CONTROLLER

    @property
    def is_submitted(self) -> bool:
        return self.state in WAITING

    @property
    def is_approved(self) -> bool:
        return self.state == ReportState.APPROVED


class Section(models.Model):
    """A node of the report's tree; a divider or an empty section is as good as any."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sections")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    position = models.PositiveSmallIntegerField("ordning")
    kind = models.CharField(
        "slag", max_length=10, choices=SectionKind.choices, default=SectionKind.NORMAL
    )
    heading = models.CharField("rubrik", max_length=160)
    subtitle = models.CharField("underrubrik", max_length=300, blank=True)
    slide_title = models.CharField("bildens rubrik", max_length=200, blank=True)
    guidance = models.TextField("skrivråd", blank=True)
    text = models.TextField("text", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["report", "key"], name="section_key_unique"),
            is_known("kind", SectionKind, "section_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.heading


class BlockSpec(models.Model):
    """What a block shows: the plan year, or the periods in BlockPeriod. Figures are not here.

    ``options`` are its kind's, canonical JSON written through ``blocks.kinds`` alone.
    """

    section = models.ForeignKey(Section, models.PROTECT, related_name="blocks")
    key = key_field()
    position = models.PositiveSmallIntegerField("ordning")
    kind = models.CharField("slag", max_length=40, choices=kind_choices)
    title = models.CharField("rubrik", max_length=200, blank=True)
    plan_year = models.PositiveSmallIntegerField("planår", null=True, blank=True)
    options = models.TextField("val", default="{}")

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=["section", "key"], name="block_key_unique"),)

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class BlockPeriod(models.Model):
    block = models.ForeignKey(BlockSpec, models.PROTECT, related_name="periods")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["block", "period"], name="block_period_once"),
        )

    def __str__(self) -> str:
        return str(self.period)


class SectionComment(models.Model):
    """A reviewer's comment on one section; the author's own until it is sent."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="comments")
    number = models.PositiveSmallIntegerField("version")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField("kommentar", blank=True)
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["section", "number", "author"],
                condition=Q(sent_at=None),
                name="comment_one_unsent",
                violation_error_message="Du har redan skrivit en kommentar här. Ladda om sidan.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(text=""),
                name="comment_sent_has_text",
                violation_error_message="En kommentar som skickas har text.",
            ),
        )

    def __str__(self) -> str:
        return f"Kommentar till {self.section_id}"


class ClearanceAct(models.Model):
    """Who submitted, returned, approved, handed over, received: rows are only ever added."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="acts")
    number = models.PositiveSmallIntegerField("version")
    step = models.PositiveSmallIntegerField("steg", null=True, blank=True)
    action = models.CharField("handling", max_length=30, choices=ActKind.choices)
    actor = models.CharField("av", max_length=150)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    comment = models.TextField("kommentar", blank=True)
    blocks_sha256 = models.CharField("innehållets kontrollsumma", max_length=64, blank=True)
    acted_on = models.DateField("dag")
    at = models.DateTimeField("tidpunkt")

    class Meta:
        ordering = ("id",)
        constraints = (
            is_known("action", ActKind, "act_action_is_known"),
            models.CheckConstraint(
                condition=~Q(action__in=["returned", "completion_requested"]) | ~Q(comment=""),
                name="act_return_says_why",
                violation_error_message="Den som skickar tillbaka säger varför.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_action_display()} av {self.actor}"


class ReportVersion(models.Model):
    """What was approved: the very bytes that were hashed. The database refuses any change."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    content = models.BinaryField("innehåll")
    content_sha256 = models.CharField("kontrollsumma", max_length=64)
    schema_version = models.PositiveSmallIntegerField("formatversion")
    approved_at = models.DateTimeField("godkänd")
    approved_on = models.DateField("godkänd den")
    approved_by = models.CharField("godkänd av", max_length=150)
    handed_over_at = models.DateTimeField("överlämnad")
    handed_over_on = models.DateField("överlämnad den")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="version_number_unique"),
        )

    def __str__(self) -> str:
        return f"Version {self.number}"


class VersionHandling(models.Model):
    """What comes after the freezing: its PDF, and what the receiving office did with it."""

    report_version = models.OneToOneField(ReportVersion, models.PROTECT, related_name="handling")
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField("mottagen", null=True, blank=True)
    received_by = models.CharField("mottagen av", max_length=150, blank=True)
    completion_requested_at = models.DateTimeField("komplettering begärd", null=True, blank=True)
    completion_requested_by = models.CharField("begärd av", max_length=150, blank=True)
    completion_reason = models.TextField("vad som saknas", blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(received_at=None, received_by="")
                | (Q(received_at__isnull=False) & ~Q(received_by="")),
                name="handling_received_by_someone",
                violation_error_message="Mottagen har både tidpunkt och namn.",
            ),
            models.CheckConstraint(
                condition=Q(
                    completion_requested_at=None, completion_requested_by="", completion_reason=""
                )
                | (
                    Q(completion_requested_at__isnull=False)
                    & ~Q(completion_requested_by="")
                    & ~Q(completion_reason="")
                ),
                name="handling_completion_says_why",
                violation_error_message="En begäran har tidpunkt, namn och skäl.",
            ),
        )

    def __str__(self) -> str:
        return str(self.report_version)


class DraftPrint(models.Model):
    """A PDF of the draft as it looked when it was ordered, for those who work on it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="prints")
    number = models.PositiveSmallIntegerField("version")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    content_sha256 = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Utkast till version {self.number}"


class PrivateNote(models.Model):
    """A reader's own note on a version; nobody else ever sees it."""

    report_version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField("anteckning", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["report_version", "author"],
                name="note_one_per_author",
                violation_error_message="Du har redan skrivit en anteckning. Ladda om sidan.",
            ),
        )

    def __str__(self) -> str:
        return "Egen anteckning"
