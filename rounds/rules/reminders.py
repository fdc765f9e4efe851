"""Who is reminded, what the mail says, and what a fault of the mail server means. Pure."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException
from typing import Final

from rounds.rules.days import due_words

LEASE: Final = timedelta(minutes=2)  # longer than the task's own time limit
TRY_AGAIN_AFTER: Final = timedelta(minutes=1)
RING_AGAIN_AFTER: Final = timedelta(seconds=5)
ATTEMPTS: Final = 5
MAX_SUBJECT: Final = 200
MAX_FAULT: Final = 300
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
PERMANENT_FROM = 500

GIVEN_UP: Final = "Utskicket avbröts flera gånger och har stoppats."


@dataclass(frozen=True, kw_only=True)
class Waiting:
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
    waiting: tuple[Waiting, ...]


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


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a mail was not taken; a temporary fault is tried again by itself."""

    words: str
    is_temporary: bool


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


def subject_of(waiting: Sequence[Waiting]) -> str:
    if len(waiting) != 1:
        return f"Påminnelse: {len(waiting)} perioder att lämna in utfall för"
    only = waiting[0]
    words = f"Påminnelse: utfall för {one_line(only.period)}, {one_line(only.body)}"
    return words[:MAX_SUBJECT]


def text_of(addressee: Addressee, *, sender: str, organisation: str, today: date) -> str:
    """The whole mail in plain text, soonest last day first."""
    ordered = sorted(addressee.waiting, key=lambda one: (one.due, one.body, one.period))
    parts = [
        f"Hej {one_line(addressee.name)}!",
        "De här utfallen är inte inlämnade ännu:",
        *(_item(one, today) for one in ordered),
        "Har du redan lämnat in dem kan du bortse från påminnelsen.",
        f"Hälsningar\n{one_line(sender)}\n{one_line(organisation)}",
    ]
    return "\n\n".join(parts) + "\n"


def _item(one: Waiting, today: date) -> str:
    lines = [
        f"{one_line(one.body)}: {one_line(one.period)} ({one_line(one.occasion)})",
        f"{due_words(one.due, today)}.",
    ]
    if one.is_returned:
        lines.append("Skickad tillbaka för komplettering.")
    return "\n".join([*lines, one.url])


def one_line(text: str) -> str:
    """The text without line breaks and control characters: no name can begin a mail header."""
    return " ".join(CONTROL.sub(" ", text).split())


def fault_of(error: Exception) -> Fault:
    """What went wrong, in words for the log; 4xx and lost contact are temporary (RFC 5321, 4.2)."""
    code, answer = _answer(error)
    if isinstance(error, SMTPAuthenticationError):
        words = "E-postservern godtog inte systemets inloggning"
        return Fault(words=_clipped(words, code, answer), is_temporary=False)
    if code:
        words = "E-postservern tog inte emot mejlet"
        return Fault(words=_clipped(words, code, answer), is_temporary=code < PERMANENT_FROM)
    if isinstance(error, OSError):
        return Fault(words="Ingen kontakt med e-postservern.", is_temporary=True)
    return Fault(words="Mejlet kunde inte skapas.", is_temporary=False)


def _answer(error: Exception) -> tuple[int, str]:
    """The server's code and words; (0, "") when it did not answer."""
    code: int = 0
    words: bytes | str = b""
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    return max(code, 0), words.decode(errors="replace") if isinstance(words, bytes) else words


def _clipped(words: str, code: int, answer: str) -> str:
    return one_line(f"{words}: {code} {answer}")[:MAX_FAULT]
