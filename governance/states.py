"""What may follow what: one type of transition table, and the one UPDATE that makes a move."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F

from governance.enums import ChangeKind
from governance.history import Told, record
from governance.models import User
from governance.rules import Invalid, Refusal, Stale, clean_text
from governance.writing import STALE, cleaned_for, refuse_secret, unmarked


class WrongState(Refusal):
    """The act does not follow from the state the row has now."""


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One act: what it is called on a button, in a refusal ("kan inte lämnas in") and, once it is
    done, in the receipt and to those who are told ("är inlämnad"), with what comes next."""

    name: str
    sources: frozenset[str]
    target: str = ""  # where the act leaves the state as it is, there is none
    button: str = ""
    verb: str
    asks_reason: str = ""  # the refusal when no reason is given; "" where none is asked for
    done: str = ""  # "" of typing, which saves itself or says that it is saved
    then: str = ""
    awaits: str = ""  # to those it now waits for, where that is not what was done


@dataclass(frozen=True, kw_only=True)
class StateTable:
    """All acts of one kind of row. ``subject`` is it in definite form: "Perioden".

    A row begins in the first state and stays in one of ``ends``; an act leads into every other
    state, and another out of it.
    """

    subject: str
    states: type[models.TextChoices]
    transitions: tuple[Transition, ...]
    ends: frozenset[str] = frozenset()
    column: str = "state"
    refused: str = "{subject} är {label} och kan inte {verb}."

    def __post_init__(self) -> None:
        known, acts = set(self.states.values), [each for each in self.transitions if each.target]
        targets = {each.target for each in acts}
        sources = {state for each in self.transitions for state in each.sources}
        left = {state for each in acts for state in each.sources}
        self._refuse("unknown states", (sources | targets | self.ends) - known)
        self._refuse("no act leads to", known - targets - {self.states.values[0]})
        self._refuse("no act leads from", known - left - self.ends)
        self._refuse("an act leads from the end", left & self.ends)
        self._refuse("no receipt of", {each.name for each in acts if not (each.done and each.then)})

    def _refuse(self, what: str, states: AbstractSet[str]) -> None:
        if states:
            raise ValueError(f"{self.subject}: {what} {sorted(states)}")

    def named(self, name: str) -> Transition:
        return next(each for each in self.transitions if each.name == name)

    def possible(self, state: str) -> tuple[Transition, ...]:
        """What a page may offer, and nothing else."""
        return tuple(each for each in self.transitions if state in each.sources)

    def buttons(self, state: str) -> dict[str, str]:
        """The button of every act by its name, "" where the state does not allow it."""
        return {t.name: t.button if state in t.sources else "" for t in self.transitions}

    def allows(self, name: str, state: str) -> bool:
        return state in self.named(name).sources

    def done(self, name: str) -> str:
        """What has happened: "Perioden är inlämnad"."""
        return f"{self.subject} {self.named(name).done}"

    def told(self, name: str) -> str:
        """The same to those whom it waits for: "Rapporten väntar på ditt godkännande"."""
        act = self.named(name)
        return f"{self.subject} {act.awaits or act.done}"

    def lock(self, name: str, state: str) -> str:
        """Why the state does not allow it, "" where it does."""
        return "" if self.allows(name, state) else self.refusal(name, state).message

    def refusal(self, name: str, state: str) -> WrongState:
        """The words: "Perioden är godkänd och kan inte lämnas in."."""
        label = str(self.states(state).label).lower()
        verb = self.named(name).verb
        return WrongState(self.refused.format(subject=self.subject, label=label, verb=verb))


def move(
    row: models.Model,
    table: StateTable,
    name: str,
    *,
    by: User | None,
    seen: int | None = None,
    values: Mapping[str, Any] | None = None,
    where: Mapping[str, Any] | None = None,
    reason: str = "",
    told: Told | None = None,
    now: datetime | None = None,
) -> None:
    """Make the transition: one conditional UPDATE on (pk, state, version), and its history.

    ``values`` are columns that change with it, ``where`` is what must hold besides and ``told`` what
    the history says besides. No row hit is a refusal: WrongState when the state is another by now,
    else Stale. Invalid without a due reason. An act without a target holds the row in its state.
    """
    act = table.named(name)
    words = clean_text(reason).strip()
    if act.asks_reason and not words:
        raise Invalid(act.asks_reason)
    old = getattr(row, table.column)
    written: dict[str, Any] = {
        table.column: act.target or F(table.column),
        **{name: cleaned_for(row, name, value) for name, value in (values or {}).items()},
    }
    rows = type(row)._default_manager.filter(
        pk=row.pk, **{f"{table.column}__in": act.sources}, **(where or {})
    )
    rows = unmarked(rows, values or {})
    if hasattr(row, "version"):
        rows = rows.filter(version=row.version if seen is None else seen)
        written["version"] = F("version") + 1
    if not rows.update(**written):
        refuse_secret(row, values or {})
        raise _refusal(row, table, name)
    row.refresh_from_db(fields=list(written))
    moved = {table.column: (old, act.target)} if act.target else {}
    said = moved | ({"reason": ("", words)} if words else {}) | dict(told or {})
    kind = ChangeKind.ACT if act.target else ChangeKind.TYPED
    record(row=row, told=said, by=by, kind=kind, now=now)


def _refusal(row: models.Model, table: StateTable, name: str) -> Refusal:
    row.refresh_from_db()
    state = getattr(row, table.column)
    return Stale(STALE) if table.allows(name, state) else table.refusal(name, state)
