"""A mail is sent once, whatever happens to the worker, and what a fault of the server means."""

import smtplib
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail as post
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from documents import jobs, running, tasks
from documents.enums import State
from documents.models import Mail
from documents.rules import ATTEMPTS, LEASE, SKEW, TRY_AGAIN_AFTER, LostLease
from documents.sending import MAX_FAULT, fault_of
from governance.models import AuditEntry
from tests.documents import factories
from tests.documents.post_office import open_post_office

NOW = timezone.now()


@pytest.fixture
def mail(org, secretary) -> Mail:
    return factories.mail(org, secretary)


@pytest.fixture
def post_office(settings):
    with open_post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


def claim(mail: Mail, now=NOW) -> jobs.Claim | None:
    return jobs.claim(Mail, mail.pk, "tests", now)


def run(mail: Mail, now=NOW) -> Mail:
    held = claim(mail, now)
    assert held is not None
    running.run(held)
    mail.refresh_from_db()
    return mail


def log_of(mail: Mail) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="documents.Mail", object_id=mail.pk)
    return [entry.new for entry in rows.order_by("id")]


def test_it_is_sent_once_and_noted(mail):
    tasks.run_job("documents.Mail", mail.pk)
    tasks.run_job("documents.Mail", mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.attempt) == (State.READY, 1)
    assert mail.finished_at is not None
    assert log_of(mail) == ["beställd", "skickat"]
    (message,) = post.outbox
    assert (message.to, message.subject, message.body) == (
        ["karin@example.se"],
        "Påminnelse: utfall för Helår 2025, Bcc: alla@example.se",
        "Hej Karin!\n",
    )
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert message.message()["Bcc"] is None


def test_a_real_mail_server_gets_the_letter(mail, post_office, settings):
    settings.SITE_URL = "https://uppsikt.example.se/"

    run(mail)

    ((recipient, raw),) = post_office.mails
    message = message_from_bytes(raw.encode(), policy=policy.default)
    assert (recipient, message["To"]) == ("karin@example.se", "karin@example.se")
    assert message["Subject"].strip() == mail.subject  # folded before its first word
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    assert message["Message-ID"] == f"<{mail.message_id}@uppsikt.example.se>"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == mail.text
    assert mail.is_ready


def test_refusal_for_good_is_logged_and_not_tried_again(mail, post_office):
    post_office.refuses["karin@example.se"] = "550 No such user"

    run(mail)

    assert mail.error == "E-postservern tog inte emot mejlet: 550 No such user"
    assert (mail.state, mail.attempt) == (State.FAILED, 1)
    assert claim(mail, NOW + timedelta(days=1)) is None
    assert post_office.mails == []


def test_refusal_for_now_is_tried_again_by_itself(mail, post_office):
    post_office.refuses["karin@example.se"] = "451 Later"
    run(mail)
    assert (mail.state, mail.error) == (State.QUEUED, "")
    assert mail.postponed_until is not None
    early = mail.postponed_until - timedelta(seconds=1)
    assert jobs.unattended(Mail, early) == []
    assert claim(mail, early) is None

    post_office.refuses.clear()
    assert jobs.unattended(Mail, mail.postponed_until) == [mail]
    run(mail, mail.postponed_until)

    assert (mail.state, len(post_office.mails)) == (State.READY, 1)


def test_no_server_at_all_fails_in_words_after_the_last_attempt(mail, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    for number in range(ATTEMPTS):
        run(mail, timezone.now() + number * (TRY_AGAIN_AFTER + SKEW))

    assert (mail.error, mail.attempt) == ("Ingen kontakt med e-postservern.", ATTEMPTS)


def test_killed_between_claim_and_sending_is_sent_once_after_the_lease(mail):
    claim(mail)  # and the worker is gone
    later = NOW + LEASE + timedelta(seconds=1)
    assert jobs.unattended(Mail, NOW + LEASE) == []
    assert jobs.unattended(Mail, later) == [mail]

    run(mail, later)

    assert (mail.is_ready, len(post.outbox)) == (True, 1)
    assert claim(mail, later + 10 * LEASE) is None


def test_a_mail_that_went_has_gone_although_the_lease_was_lost(mail):
    slow = claim(mail)
    taken = claim(mail, NOW + LEASE * 2)

    running.run(slow)
    mail.refresh_from_db()
    assert (mail.state, log_of(mail)) == (State.READY, ["beställd", "skickat"])
    with pytest.raises(LostLease):
        jobs.renew(taken, NOW)


def test_one_that_kills_every_worker_is_given_up(mail):
    now = NOW
    for _attempt in range(ATTEMPTS):
        assert claim(mail, now) is not None
        now += LEASE + timedelta(seconds=1)

    assert jobs.give_up(Mail, now) == 1

    mail.refresh_from_db()
    assert mail.error == (
        "Utskicket avbröts flera gånger och har stoppats. "
        "Försök igen, eller kontakta den som sköter systemet."
    )
    assert claim(mail, now) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_mail SET text = 'annat'",
        "UPDATE documents_mail SET state = 'queued', finished_at = NULL",
        "UPDATE documents_mail SET subject = 'annat', about = '/'",
        "DELETE FROM documents_mail",
    ],
)
def test_what_was_sent_cannot_be_changed_or_deleted(statement, mail):
    run(mail)

    with (
        pytest.raises(DatabaseError, match="uppsikt: documents_mail is sealed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("error", "words", "is_temporary"),
    [
        (
            smtplib.SMTPRecipientsRefused({"a@b.se": (550, b"No such user\r\nhere")}),
            "E-postservern tog inte emot mejlet: 550 No such user here",
            False,
        ),
        (
            smtplib.SMTPRecipientsRefused({"a@b.se": (451, b"Greylisted")}),
            "E-postservern tog inte emot mejlet: 451 Greylisted",
            True,
        ),
        (smtplib.SMTPServerDisconnected("bye"), "Ingen kontakt med e-postservern.", True),
        (ConnectionRefusedError(), "Ingen kontakt med e-postservern.", True),
        (
            smtplib.SMTPAuthenticationError(535, b"Bad"),
            "E-postservern godtog inte systemets inloggning: 535 Bad",
            False,
        ),
        (
            smtplib.SMTPDataError(552, "Full"),
            "E-postservern tog inte emot mejlet: 552 Full",
            False,
        ),
        (smtplib.SMTPRecipientsRefused({}), "Ingen kontakt med e-postservern.", True),
        (ValueError("x"), "Mejlet kunde inte skapas.", False),
    ],
)
def test_fault_of(error, words, is_temporary):
    fault = fault_of(error)

    assert (fault.words, fault.is_temporary) == (words, is_temporary)


def test_a_long_answer_is_clipped_to_its_column():
    assert len(fault_of(smtplib.SMTPDataError(554, b"x" * 5000)).words) == MAX_FAULT
