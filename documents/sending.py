"""Sending a claimed mail through Django's mail backend, and what a fault of the transport means."""

from dataclasses import dataclass
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException
from typing import Final
from urllib.parse import urlsplit

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from documents import actions, jobs
from documents.jobs import Claim
from documents.models import Event, Mail
from documents.queries import is_still_told, usable_address
from documents.rules import NotSent, TryLater, one_line

MAX_FAULT: Final = 300
PERMANENT_FROM: Final = 500


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a mail was not taken; a temporary fault is tried again by itself."""

    words: str
    is_temporary: bool


def send(mail: Mail, claim: Claim) -> None:
    """Send the mail and note that it went.

    A worker that dies after the server took the mail and before the note is the one case in
    which a mail may go twice; both copies then carry the same Message-ID.
    """
    if not is_still_told(mail):
        raise NotSent("Mottagaren har inte längre rätt att öppna ärendet. Inget är skickat.")
    try:
        message_of(mail).send()
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:  # any fault of the transport; the row says which
        fault = fault_of(error)
        raise (TryLater if fault.is_temporary else NotSent)(fault.words) from error
    jobs.finish(claim, now=timezone.now(), told="skickat", even_if_lost=True)


def spread(event: Event, claim: Claim) -> None:
    """Tell those whom the event waits for."""
    actions.deliver(event, claim, now=timezone.now())


def message_of(mail: Mail) -> EmailMessage:
    """An answer goes to who did what the mail is about, else to the address it comes from."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    person = mail.requested_by.person
    answers = usable_address(person.email) if person else ""
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        reply_to=[answers or settings.DEFAULT_FROM_EMAIL],
        headers={"Message-ID": f"<{mail.message_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )


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
