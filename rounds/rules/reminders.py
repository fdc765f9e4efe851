"""Who is reminded, and what the mail says. Pure."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from documents.rules import letter_text, one_line
from rounds.rules.days import due_words

MAX_SUBJECT: Final = 200


@dataclass(frozen=True, kw_only=True)
class WaitingBody:
    """A reporting that a body has not handed in; ``url`` leads straight to its entry page."""

    body: str
    period: str
    occasion: str
    due: date
    is_returned: bool
    url: str


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """A controller with everything that waits for that person."""

    person_id: int
    name: str
    address: str
    waiting: tuple[WaitingBody, ...]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One collected mail, as it is sent."""

    person_id: int
    name: str
    address: str
    subject: str
    text: str
    is_repeated: bool


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """Who gets a letter, and who cannot be reached."""

    letters: tuple[Letter, ...]
    without_address: tuple[str, ...]


def mailing(
    addressees: Iterable[Addressee],
    *,
    reminded: Container[int],
    sender: str,
    organisation: str,
    today: date,
) -> Mailing:
    """One letter per person with an address, whatever number of bodies and rounds wait.

    ``reminded`` holds the persons who have had a letter today: theirs is marked as repeated.
    """
    reached, unreached = [], []
    for addressee in addressees:
        if not addressee.address:
            unreached.append(one_line(addressee.name))
            continue
        reached.append(
            Letter(
                person_id=addressee.person_id,
                name=one_line(addressee.name),
                address=addressee.address,
                subject=subject_of(addressee.waiting),
                text=text_of(addressee, sender=sender, organisation=organisation, today=today),
                is_repeated=addressee.person_id in reminded,
            )
        )
    return Mailing(letters=tuple(reached), without_address=tuple(unreached))


def subject_of(waiting: Sequence[WaitingBody]) -> str:
    if len(waiting) != 1:
        return f"Påminnelse: {len(waiting)} perioder att lämna in utfall för"
    only = waiting[0]
    words = f"Påminnelse: utfall för {one_line(only.period)}, {one_line(only.body)}"
    return words[:MAX_SUBJECT]


def text_of(addressee: Addressee, *, sender: str, organisation: str, today: date) -> str:
    """The whole mail in plain text, soonest last day first."""
    ordered = sorted(addressee.waiting, key=lambda one: (one.due, one.body, one.period))
    parts = [
        "De här utfallen är inte inlämnade ännu:",
        *(_item(one, today) for one in ordered),
        "Har du redan lämnat in dem kan du bortse från påminnelsen.",
    ]
    return letter_text(to=addressee.name, parts=parts, signed=[sender, organisation])


def _item(one: WaitingBody, today: date) -> str:
    lines = [
        f"{one_line(one.body)}: {one_line(one.period)} ({one_line(one.occasion)})",
        f"{due_words(one.due, today)}.",
    ]
    if one.is_returned:
        lines.append("Skickad tillbaka för komplettering.")
    return "\n".join([*lines, one.url])
