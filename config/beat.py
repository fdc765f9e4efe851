"""The clock that rings the sweep, for machines whose own clock is set back."""

from typing import Any

from celery.beat import PersistentScheduler


class SteadyScheduler(PersistentScheduler):  # type: ignore[misc]  # celery has no types
    """Celery waits for the hour to come again when the clock is set back; this one does not."""

    def tick(self, *args: Any, **options: Any) -> float:
        for entry in self.schedule.values():
            now = entry.default_now()
            if entry.last_run_at > now:
                entry.last_run_at = now
                self._heap = None
        wait: float = super().tick(*args, **options)
        return wait
