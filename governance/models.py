"""Who, where and when: organisation, bodies, persons, mandates, periods, scales, audit."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from governance.enums import BodyKind, ChangeKind, Light, Role, ScaleKind


def key_field() -> "models.SlugField[str, str]":
    """Wall 3: the stable name a governance file refers by; never shown, never reused."""
    return models.SlugField("nyckel", max_length=80)


def is_known(
    field: str, words: type[models.TextChoices], name: str, *, or_empty: bool = False
) -> models.CheckConstraint:
    """The database too knows no other word: choices alone do not bind it."""
    condition = Q(**{f"{field}__in": words.values})
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | condition if or_empty else condition, name=name
    )


def from_before_to(name: str) -> models.CheckConstraint:
    """A span of days has its first day first; an end that is not known is open."""
    condition = Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from"))
    return models.CheckConstraint(condition=condition, name=name)


def from_year_field() -> "models.PositiveSmallIntegerField[int, int]":
    """From which plan year words hold; what was said for the years before stays as it was."""
    return models.PositiveSmallIntegerField(
        "från och med planår", default=0, help_text="0: från början."
    )


class Organisation(models.Model):
    key = models.SlugField("nyckel", max_length=80, unique=True)
    name = models.CharField("namn", max_length=120)
    unit_of_office = models.CharField("centralt kontor", max_length=120, default="Regionkontoret")
    demo_today = models.DateField("dagens datum i demo", null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="persons")
    key = key_field()
    name = models.CharField("namn", max_length=120)
    title = models.CharField("titel", max_length=120, blank=True)
    party = models.CharField("parti", max_length=10, blank=True)
    email = models.EmailField("e-post", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="person_key_unique"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.party})" if self.party else self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, username: str, password: str, person: Person | None) -> "User":
        user = self.model(username=username, person=person)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A login. A person may lack one, and one without a person sees no organisation (wall 1)."""

    username = models.CharField("användarnamn", max_length=150, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="user")
    is_active = models.BooleanField("aktiv", default=True)
    is_system_administrator = models.BooleanField("systemadministratör", default=False)
    is_demo = models.BooleanField("demokonto", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.person.name if self.person else self.username

    @cached_property
    def marks_read(self) -> dict[int, "SecrecyMark"]:
        """The marks whose content was given to the user in this request: each is noted."""
        return {}


class Body(models.Model):
    """A council, board, committee or working committee; from and to since elections change them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bodies")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    kind = models.CharField("slag", max_length=20, choices=BodyKind.choices)
    name = models.CharField("namn", max_length=120)
    definite = models.CharField("bestämd form", max_length=120)
    genitive = models.CharField("genitiv", max_length=120)
    short_name = models.CharField("kortform", max_length=60)
    code = models.CharField("kod", max_length=20)
    administration = models.CharField("förvaltning", max_length=120, blank=True)
    valid_from = models.DateField("gäller från", null=True, blank=True)
    valid_to = models.DateField("gäller till", null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="body_key_unique"),
            is_known("kind", BodyKind, "body_kind_is_known"),
            from_before_to("body_from_before_to"),
        )

    def __str__(self) -> str:
        return self.name


class BodyName(models.Model):
    """What a body was called between two days; on a day that no row holds it has its own name."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="names")
    key = key_field()
    name = models.CharField("namn", max_length=120)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="body_name_key_unique"),
            from_before_to("body_name_from_before_to"),
        )

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """Every body has one root unit (parent null): its administration as a whole (wall 5)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    key = key_field()
    name = models.CharField("namn", max_length=120)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    valid_from = models.DateField("gäller från", null=True, blank=True)
    valid_to = models.DateField("gäller till", null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="unit_key_unique"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(parent=None), name="unit_one_root_per_body"
            ),
        )

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """What a unit was called between two days, as a body's."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names")
    key = key_field()
    name = models.CharField("namn", max_length=120)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "key"], name="unit_name_key_unique"),
            from_before_to("unit_name_from_before_to"),
        )

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """A role a person holds in a body between two days (wall 1)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    key = key_field()
    role = models.CharField("roll", max_length=30, choices=Role.choices)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="mandate_key_unique"),
            is_known("role", Role, "mandate_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.person_id}"


class Period(models.Model):
    """A span of days with a name. Outcomes hang on it (wall 4)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="periods")
    key = key_field()
    name = models.CharField("namn", max_length=60)
    short_name = models.CharField("kortnamn", max_length=30)
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med")
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="jämförs med",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="period_key_unique"),
            models.UniqueConstraint(fields=["organisation", "name"], name="period_name_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="period_from_before_to"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Scale(models.Model):
    """An organisation's words and order for lights and results (wall 8), from a year on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="scales")
    key = key_field()
    kind = models.CharField("slag", max_length=20, choices=ScaleKind.choices)
    name = models.CharField("namn", max_length=80)
    from_year = from_year_field()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="scale_key_unique"),
            is_known("kind", ScaleKind, "scale_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class ScaleLevel(models.Model):
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="levels")
    key = key_field()
    name = models.CharField("namn", max_length=60)
    position = models.PositiveSmallIntegerField("ordning")
    tone = models.CharField("ton", max_length=20, choices=Light.choices)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["scale", "key"], name="scale_level_key_unique"),
            is_known("tone", Light, "scale_tone_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """The only history (wall 7): no foreign keys, so that nothing can edit or block it.

    ``at`` is shown: in an organisation with its own today it is that day. ``stamped_at`` is real.
    """

    at = models.DateTimeField()
    stamped_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)
    organisation_id = models.BigIntegerField()
    body_id = models.BigIntegerField(null=True)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    field = models.CharField(max_length=60)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    old_data = models.TextField(blank=True, default="")  # what ``old`` tells, exactly, as JSON

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["organisation_id", "at"], name="audit_by_time"),
        )
        constraints = (is_known("kind", ChangeKind, "audit_kind_is_known"),)

    def __str__(self) -> str:
        return f"{self.object_label}: {self.field}"


class SecrecyMark(models.Model):
    """That a row is secret: by which section of law, why, by whom, and when that is tried anew.

    It is in force until it is lifted. ``name`` tells the place without what stands there.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    name = models.CharField("gäller", max_length=300)
    law = models.CharField("lag", max_length=120)
    chapter = models.PositiveSmallIntegerField("kapitel")
    section = models.CharField("paragraf", max_length=10)
    reason = models.TextField("skäl")
    marked_by = models.CharField("markerat av", max_length=150)
    marked_on = models.DateField("markerat")
    review_on = models.DateField("omprövas senast")
    readers = models.ManyToManyField(Person, related_name="+", verbose_name="läses av")
    lifted_by = models.CharField("hävt av", max_length=150, blank=True)
    lifted_on = models.DateField("hävt", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("review_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["object_type", "object_id"],
                condition=Q(lifted_on=None),
                name="secrecy_one_in_force",
                violation_error_message="Uppgiften är redan sekretessmarkerad.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_by="")
                | (Q(lifted_on__isnull=False) & ~Q(lifted_by="")),
                name="secrecy_lifted_by_someone",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def ground(self) -> str:
        return f"{self.chapter} kap. {self.section} § {self.law}"

    @property
    def is_in_force(self) -> bool:
        return self.lifted_on is None


class SecrecyPart(models.Model):
    """One row that a mark covers. ``content`` is what was taken out of it, as JSON by column, until
    it is put back; what is kept as it was holds it still and ``is_closed``."""

    mark = models.ForeignKey(SecrecyMark, models.PROTECT, related_name="parts")
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    content = models.TextField(blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["object_type", "object_id"], name="secrecy_by_object"),)
        constraints = (
            models.UniqueConstraint(
                fields=["object_type", "object_id"],
                condition=~Q(content=""),
                name="secrecy_taken_out_once",
                violation_error_message="Uppgiften är redan sekretessmarkerad.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


def today_of(organisation: Organisation, real: date) -> date:
    """The day that counts: the demo's own, else the real one."""
    return organisation.demo_today or real
