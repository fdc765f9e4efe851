"""Starts programs, starts them again when they die, and takes all of them down together."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

RESTART_AFTER = 1.0
STOP_WITHIN = 8.0
TICK = 0.25


@dataclass
class Child:
    """One program in a process group of its own, so that its children end with it."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    died_at: float | None = None
    sign: Path | None = None  # a file that the program touches while it does what it is for
    stuck_after: float = 120.0
    _seen: tuple[float, float] = (0.0, 0.0)  # the sign's time, and when it was first seen here

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*_dies_with_parent(), *self.command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.died_at = None
        self._seen = (self._touched(), time.monotonic())

    def _touched(self) -> float:
        return self.sign.stat().st_mtime if self.sign and self.sign.exists() else 0.0

    def is_stuck(self) -> bool:
        """It lives and does nothing: a killed pool process can take the queue's lock with it. Asked
        by this process's own clock, so that a clock set forward ends nothing."""
        if self.sign is None:
            return False
        if (touched := self._touched()) != self._seen[0]:
            self._seen = (touched, time.monotonic())
        return time.monotonic() - self._seen[1] > self.stuck_after

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill_group(self) -> None:
        """The program and whatever it has left behind."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def log_tail(self, *, lines: int = 20) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def _dies_with_parent() -> list[str]:
    """Even a supervisor killed with SIGKILL leaves nothing behind (util-linux is on every Debian)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


@dataclass
class Supervisor:
    children: list[Child] = field(default_factory=list)
    say: Callable[[str], None] = print
    is_stopping: bool = field(default=False, init=False)

    def start(self, *children: Child) -> None:
        for child in children:
            child.start()
            self.children.append(child)

    def restart_dead(self) -> None:
        """Call it often: a dead child is started again `RESTART_AFTER` seconds after it was seen."""
        for child in self.children:
            if child.is_alive():
                if child.is_stuck():
                    self.say(f"{child.name} did nothing any more and is ended (log: {child.log})")
                    child.kill_group()
                continue
            if child.died_at is None:
                child.died_at = time.monotonic()
                # A killed worker leaves its pool behind; two pools would share one queue.
                child.kill_group()
            elif time.monotonic() - child.died_at >= RESTART_AFTER:
                self.say(f"{child.name} had ended and is started again (log: {child.log})")
                child.start()

    def watch(self) -> None:
        while not self.is_stopping:
            self.restart_dead()
            time.sleep(TICK)

    def request_stop(self) -> None:
        self.is_stopping = True

    def stop(self) -> None:
        """Ask politely, then do not ask. Whatever a worker was doing is picked up by the sweep."""
        self.is_stopping = True
        for child in self.children:
            if child.process is not None:
                child.process.terminate()  # the leader only: it takes leave of its own children
        deadline = time.monotonic() + STOP_WITHIN
        while any(child.is_alive() for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            child.kill_group()
            if child.process is not None:
                child.process.wait()
