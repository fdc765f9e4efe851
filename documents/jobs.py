"""The queue. A row is the job, a claim the right to do it once, the bell only wakes a worker (wall 11).

A kind of job is a concrete class with ``words`` and ``work``, the dotted path of one function
``(job, claim)`` that does it and calls ``finish``. Whatever else is written about a job is written
here. Instants are compared both ways, so that a clock set back holds nothing for long.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q

from documents.enums import State
from documents.rules import (
    ATTEMPTS,
    FAST,
    LEASE,
    RING_AGAIN_AFTER,
    RING_SILENCE,
    SKEW,
    TRY_AGAIN_AFTER,
    JobWords,
    Limits,
    LostLease,
    NotRetryable,
)
from governance.enums import ChangeKind
from governance.history import record
from governance.models import User

MOST_RUNG = 200


class Job(models.Model):
    """What every job is, whatever is done: asked for, held by a worker, done or failed."""

    words: ClassVar[JobWords]
    machine_texts: ClassVar = ("html", "text", "error")  # nobody types them
    work: ClassVar[str]

    organisation = models.ForeignKey(
        "governance.Organisation", models.PROTECT, related_name="+", verbose_name="organisation"
    )
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
    postponed_until = models.DateTimeField("väntar till", null=True)
    rung_at = models.DateTimeField("senast ringd", null=True)
    error = models.TextField("fel", blank=True)
    finished_at = models.DateTimeField("klar", null=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="%(class)s_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.READY, finished_at__isnull=False)
                | (~Q(state=State.READY) & Q(finished_at=None)),
                name="%(class)s_ready_iff_finished",
                violation_error_message="Det som är klart har en tidpunkt.",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.FAILED) & ~Q(error=""))
                | (~Q(state=State.FAILED) & Q(error="")),
                name="%(class)s_failed_iff_error",
                violation_error_message="Det som misslyckades säger varför.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease_until=None)),
                name="%(class)s_running_iff_lease",
                violation_error_message="Det som pågår hålls av någon.",
            ),
            models.CheckConstraint(
                condition=Q(state=State.QUEUED) | Q(postponed_until=None),
                name="%(class)s_postponed_is_queued",
                violation_error_message="Bara det som väntar kan vänta till en tidpunkt.",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100), name="%(class)s_progress_percent"
            ),
            models.CheckConstraint(
                condition=Q(attempt__lte=F("attempt_limit")), name="%(class)s_attempts_bounded"
            ),
        )
        indexes: ClassVar[tuple[models.Index, ...]] = (
            models.Index(fields=["state", "requested_at"], name="%(class)s_by_state"),
        )

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
        return self.step or self.words.waiting

    @property
    def announcement(self) -> str:
        """What a screen reader is told at the start and at the end."""
        return self.words.announcement(State(self.state))

    @property
    def limits(self) -> Limits:
        """Where it waits and how long it may take."""
        return FAST


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to do one job, for one attempt."""

    kind: type[Job]
    pk: int
    attempt: int


def kinds() -> Iterator[type[Job]]:
    """Every concrete kind of job."""
    return (model for model in apps.get_models() if issubclass(model, Job))


def claim(kind: type[Job], pk: int, worker: str, now: datetime) -> Claim | None:
    """Take the job when it waits or its holder is gone; None when it is not to be had."""
    waiting = Q(state=State.QUEUED) & ~_soon("postponed_until", now)
    with transaction.atomic():
        taken = (
            kind._default_manager.filter(
                waiting | _abandoned(now), pk=pk, attempt__lt=F("attempt_limit")
            )
            .order_by()
            .update(
                state=State.RUNNING,
                attempt=F("attempt") + 1,
                lease_until=now + LEASE,
                postponed_until=None,
                worker=worker[:150],
                step=kind.words.starting,
                progress=5,
            )
        )
        if not taken:
            return None
        attempt = kind._default_manager.values_list("attempt", flat=True).get(pk=pk)
    return Claim(kind=kind, pk=pk, attempt=attempt)


def renew(claim: Claim, now: datetime) -> None:
    """Hold the job longer. Raises LostLease when somebody else has it."""
    _update(_mine(claim), claim, lease_until=now + LEASE)


def report_progress(claim: Claim, *, step: str, progress: int, now: datetime) -> None:
    """Say how far it has come, which also renews the lease."""
    _update(_mine(claim), claim, step=step[:100], progress=progress, lease_until=now + LEASE)


@transaction.atomic
def finish(
    claim: Claim, *, now: datetime, told: str, even_if_lost: bool = False, **result: object
) -> None:
    """The job is done, once, with what it came to. Raises LostLease when it is no longer mine.

    ``even_if_lost`` is for what cannot be undone: a mail that went has gone, whoever holds it.
    """
    _update(
        ~Q(state=State.READY) if even_if_lost else _mine(claim),
        claim,
        state=State.READY,
        step="Klar",
        progress=100,
        lease_until=None,
        postponed_until=None,
        error="",
        finished_at=now,
        **result,
    )
    _tell(claim, told)


@transaction.atomic
def fail(claim: Claim, *, error: str) -> None:
    """The job cannot be done; the row says why in Swedish and can be started again."""
    _update(_mine(claim), claim, state=State.FAILED, error=error, step="", lease_until=None)
    _tell(claim, f"misslyckades: {error}")


def postpone(claim: Claim, *, error: str, now: datetime) -> None:
    """Try again by itself after a while; after the last attempt it has failed."""
    until = now + TRY_AGAIN_AFTER
    again = _mine(claim) & Q(attempt__lt=F("attempt_limit"))
    try:
        _update(again, claim, state=State.QUEUED, lease_until=None, step="", postponed_until=until)
    except LostLease:
        fail(claim, error=error)


@transaction.atomic
def retry(job: Job, *, by: User, now: datetime) -> None:
    """Start a failed job again, with a new round of attempts."""
    failed = type(job)._default_manager.filter(pk=job.pk, state=State.FAILED).order_by()
    if not failed.update(
        state=State.QUEUED,
        error="",
        step="",
        progress=0,
        rung_at=None,
        requested_at=now,
        attempt_limit=F("attempt") + ATTEMPTS,
    ):
        raise NotRetryable(job.words.not_retryable)
    job.refresh_from_db()
    note(job, by=by, old=State.FAILED, new="startad på nytt")


@transaction.atomic
def give_up(kind: type[Job], now: datetime) -> int:
    """Fail what has killed its worker at every attempt."""
    exhausted = kind._default_manager.filter(_abandoned(now), attempt__gte=F("attempt_limit"))
    rows = list(exhausted)
    error = kind.words.given_up
    exhausted.order_by().update(state=State.FAILED, error=error, step="", lease_until=None)
    for job in rows:
        note(job, by=None, old=State.RUNNING, new=f"misslyckades: {error}")
    return len(rows)


def unattended(kind: type[Job], now: datetime) -> list[Job]:
    """Jobs to ring for again: queued and forgotten, or held by a worker that is gone."""
    forgotten = (
        Q(state=State.QUEUED)
        & ~_lately("requested_at", now - RING_AGAIN_AFTER, now)
        & ~_soon("postponed_until", now)
    )
    silent = ~_lately("rung_at", now - RING_SILENCE, now)
    found = kind._default_manager.filter(forgotten | _abandoned(now), silent)
    return list(found.order_by("id")[:MOST_RUNG])


def note_rung(kind: type[Job], pks: Collection[int], now: datetime) -> None:
    """Remember when the sweep rang, so that a long queue is not rung for over and over."""
    rung = kind._default_manager.filter(pk__in=pks).exclude(state=State.READY).order_by()
    rung.update(rung_at=now)


def note(job: Job, *, by: User | None, old: str = "", new: str) -> None:
    """One line in the history of a job."""
    record(row=job, told={"state": (old, new)}, by=by, kind=ChangeKind.ACT)


def _mine(claim: Claim) -> Q:
    return Q(state=State.RUNNING, attempt=claim.attempt)


def _abandoned(now: datetime) -> Q:
    return Q(state=State.RUNNING) & ~Q(lease_until__range=(now, now + LEASE + SKEW))


def _soon(field: str, now: datetime) -> Q:
    """Yet to come, and no further off than it can have been set: else the clock has been changed."""
    return Q(**{f"{field}__gt": now, f"{field}__lte": now + TRY_AGAIN_AFTER + SKEW})


def _lately(field: str, since: datetime, now: datetime) -> Q:
    return Q(**{f"{field}__range": (since, now + SKEW)})


def _update(condition: Q, claim: Claim, **values: object) -> None:
    rows = claim.kind._default_manager.filter(condition, pk=claim.pk).order_by()
    if not rows.update(**values):
        raise LostLease(f"{claim.kind._meta.label} {claim.pk}, attempt {claim.attempt}")


def _tell(claim: Claim, told: str) -> None:
    note(claim.kind._default_manager.get(pk=claim.pk), by=None, old=State.RUNNING, new=told)
