"""Every kind of job is queued, held and swept alike, and a clock that jumps holds nothing up."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string

from config.beat import SteadyScheduler
from config.celery import app
from documents import jobs
from documents.enums import State
from documents.models import Document, Event, Mail
from documents.rules import LEASE, SKEW, TRY_AGAIN_AFTER
from tests.documents import factories

HOUR = timedelta(hours=1)
MAKERS = {Document: factories.request, Mail: factories.mail, Event: factories.event}


@pytest.fixture(params=MAKERS, ids=lambda kind: kind.__name__)
def kind(request):
    return request.param


@pytest.fixture
def job(kind, org, secretary):
    return MAKERS[kind](org, secretary)


def take(job, now):
    return jobs.claim(type(job), job.pk, "tests", now)


def test_every_kind_has_its_words_and_its_work():
    assert {kind: callable(import_string(kind.work)) for kind in jobs.kinds()} == dict.fromkeys(
        MAKERS, True
    )
    assert all(kind.words.name for kind in jobs.kinds())


def test_what_was_held_before_the_clock_was_set_back_is_taken(job):
    now = timezone.now()
    take(job, now + HOUR)

    assert jobs.unattended(type(job), now) == [job]
    taken = take(job, now)

    assert taken is not None
    assert taken.attempt == 2


def test_what_was_held_before_the_clock_was_set_forward_is_taken(job):
    now = timezone.now()
    take(job, now)

    assert jobs.unattended(type(job), now + HOUR) == [job]
    assert take(job, now + HOUR) is not None


def test_a_holder_that_lives_keeps_its_job_over_the_change(job):
    now = timezone.now()
    held = take(job, now + HOUR)

    jobs.renew(held, now)

    assert jobs.unattended(type(job), now) == []
    assert take(job, now) is None


def test_a_clock_a_little_ahead_takes_nothing_from_another_machine(job):
    now = timezone.now()
    take(job, now + SKEW)

    assert take(job, now) is None


def test_what_was_asked_for_and_rung_in_the_future_is_rung_for_now(job):
    now = timezone.now()
    type(job).objects.update(requested_at=now + HOUR, rung_at=now + HOUR)

    assert jobs.unattended(type(job), now) == [job]


def test_what_was_postponed_in_the_future_is_not_waited_for(job):
    now = timezone.now() + timedelta(minutes=5)
    jobs.postpone(take(job, now + HOUR), error="Upptaget.", now=now + HOUR)

    assert jobs.unattended(type(job), now) == [job]
    assert take(job, now) is not None


def test_what_is_postponed_waits_its_time(job):
    now = timezone.now()
    jobs.postpone(take(job, now), error="Upptaget.", now=now)

    job.refresh_from_db()
    assert (job.state, job.postponed_until) == (State.QUEUED, now + TRY_AGAIN_AFTER)
    assert take(job, now + TRY_AGAIN_AFTER - timedelta(seconds=1)) is None
    assert take(job, now + TRY_AGAIN_AFTER) is not None


def test_a_worker_that_was_overtaken_loses_nothing_for_the_other(job):
    now = timezone.now()
    lost, mine = take(job, now), take(job, now + HOUR)

    with pytest.raises(jobs.LostLease):
        jobs.fail(lost, error="fel")
    jobs.renew(mine, now + HOUR)

    job.refresh_from_db()
    assert (job.state, job.attempt, job.lease_until) == (State.RUNNING, 2, now + HOUR + LEASE)


class Watched(SteadyScheduler):
    """Counts what it would have rung."""

    def apply_entry(self, entry, producer=None):  # noqa: ARG002 -- Celery's signature
        self.rung.append(entry.task)


@pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["back", "forward"])
def test_the_sweep_is_rung_on_when_the_clock_is_changed(jump, tmp_path):
    beat = Watched(app=app, schedule_filename=str(tmp_path / "beat"), lazy=False)
    beat.rung = []
    clock = [timezone.now()]
    for entry in beat.schedule.values():  # all share the one clock, Celery's own cleaning too
        entry.schedule.nowfun = lambda: clock[-1]

    def ticked(later: timedelta) -> list[str]:
        clock.append(clock[-1] + later)
        beat.rung.clear()
        while beat.tick() == 0:
            pass
        return [*beat.rung]

    ticked(timedelta(minutes=2))
    ticked(jump)

    rung = ticked(timedelta(minutes=2))  # far more than a busy machine is late
    for entry in beat.schedule.values():
        entry.schedule.nowfun = None  # the beat keeps its memory in a file
    beat.close()

    assert rung.count("documents.tasks.sweep") == 1
