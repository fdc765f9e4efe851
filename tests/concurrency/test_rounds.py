"""A save that waits for a hand-in is refused when its turn comes, and changes nothing."""

import threading

import pytest
from django.db import connection, transaction

from rounds.actions.hand_in import hand_in
from rounds.actions.locks import PeriodLocked
from rounds.models import RoundState
from targets.models import Outcome
from tests import world
from tests.concurrency.acts_targets import state as state_of
from tests.concurrency.arena import world_as_loaded
from tests.world import TODAY


def test_save_that_waited_for_the_hand_in_is_refused(arena):
    with arena.at(world_as_loaded) as w:
        state, before = state_of(w), Outcome.objects.count()
        refused: list[PeriodLocked] = []
        waiting = threading.Event()

        def save() -> None:
            waiting.set()
            try:
                with pytest.raises(PeriodLocked) as caught:
                    world.report_outcome(w)
                refused.append(caught.value)
            finally:
                connection.close()

        saver = threading.Thread(target=save)
        with transaction.atomic():
            hand_in(state=state, by=w.users["controller"], today=TODAY, seen=state.version)
            saver.start()
            waiting.wait(10)
            saver.join(0.5)
            assert saver.is_alive()
        saver.join(30)

        assert [each.message[:15] for each in refused] == ["Låst: inlämnad "]
        assert (RoundState.objects.get(pk=state.pk).state, Outcome.objects.count()) == (
            "submitted",
            before,
        )


def test_hand_in_waits_for_a_save_and_keeps_it(arena):
    with arena.at(world_as_loaded) as w:
        state = state_of(w)
        waiting = threading.Event()

        def handing_in() -> None:
            waiting.set()
            try:
                hand_in(state=state, by=w.users["controller"], today=TODAY, seen=state.version)
            finally:
                connection.close()

        other = threading.Thread(target=handing_in)
        with transaction.atomic():
            world.report_outcome(w)
            other.start()
            waiting.wait(10)
            other.join(0.5)
            assert other.is_alive()
        other.join(30)

        kept = bytes(RoundState.objects.get(pk=state.pk).hand_ins.get().content)
        assert b'"number":"6.94' in kept
