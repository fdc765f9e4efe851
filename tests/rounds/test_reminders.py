"""A reminder is ordered once, sent once and logged, whatever happens to the worker."""

from datetime import timedelta
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from governance.enums import BodyKind, Role
from governance.models import AuditEntry, Body, Period, Person, User
from rounds.enums import RoundStateName
from rounds.models import Reminder, ReportingRound, RoundState
from rounds.rules.reminders import ATTEMPTS, GIVEN_UP, LEASE, TRY_AGAIN_AFTER
from targets import actions, queries, tasks
from tests import factories
from tests.factories import TODAY
from tests.rounds.post_office import open_post_office

NOW = timezone.now()


@pytest.fixture
def addressed(controller: User) -> User:
    set_address(controller, "karin@example.se")
    return controller


@pytest.fixture
def reporting_round(round_state: RoundState) -> ReportingRound:
    return round_state.reporting_round


@pytest.fixture
def order(reporting_round, case_officer, addressed):
    """Order reminders, by default to the controller."""

    def ordered(*persons: Person, again: bool = False, now=NOW) -> list[Reminder]:
        return actions.order_reminders(
            reporting_round=reporting_round,
            persons=[person.pk for person in persons or [addressed.person]],
            again=[addressed.person_id] if again else [],
            by=case_officer,
            today=TODAY,
            now=now,
        )

    return ordered


def set_address(user: User, address: str) -> None:
    Person.objects.filter(pk=user.person_id).update(email=address)
    user.person.refresh_from_db()


def log_of(reminder: Reminder) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="rounds.Reminder", object_id=reminder.pk)
    return [entry.new for entry in rows.order_by("id")]


def test_order_writes_the_letter_and_the_log(order, case_officer, addressed, reporting_round):
    (reminder,) = order()

    reminder.refresh_from_db()
    assert (reminder.address, reminder.asked_by) == ("karin@example.se", str(case_officer))
    assert reminder.person == addressed.person
    assert reminder.sent_at is None
    assert log_of(reminder) == ["beställd"]
    assert queries.reminder_log(reporting_round) == [reminder]
    assert mail.outbox == []


def test_link_leads_straight_to_the_place(order, round_state, login, addressed, settings):
    settings.SITE_URL = "https://uppsikt.example.se/"
    (reminder,) = order()

    link = next(line for line in reminder.text.splitlines() if line.startswith("https://"))
    assert link == f"https://uppsikt.example.se/mal/rapportera/{round_state.pk}/"
    assert login(addressed).get(urlsplit(link).path).status_code == 200


def test_one_mail_collects_all_bodies_and_open_rounds(
    order, addressed, other_committee, period, last_year, reporting_round
):
    factories.make_mandate(addressed.person, other_committee, Role.CONTROLLER)
    factories.make_round_state(period, other_committee)
    factories.make_round_state(last_year, other_committee, RoundStateName.RETURNED)

    (reminder,) = order()

    assert reminder.subject == "Påminnelse: 3 perioder att lämna in utfall för"
    assert reminder.text.count("/mal/rapportera/") == 3
    assert "Helår 2024 (Årsrapport 2024)" in reminder.text


def test_what_is_handed_in_or_has_not_begun_is_not_reminded_of(
    order, org, addressed, other_committee, committee, period, last_year
):
    factories.make_mandate(addressed.person, other_committee, Role.CONTROLLER)
    factories.make_round_state(period, other_committee, RoundStateName.SUBMITTED)
    factories.make_round_state(last_year, committee, RoundStateName.LOCKED)
    factories.make_round_state(factories.make_period(org, 2027), committee)

    (reminder,) = order()

    assert reminder.text.count("/mal/rapportera/") == 1


def test_nobody_is_reminded_when_all_have_handed_in(order, round_state):
    RoundState.objects.update(state=RoundStateName.SUBMITTED)

    with pytest.raises(actions.NobodyToRemind):
        order()

    assert not Reminder.objects.exists()


def test_only_the_rounds_own_controllers_get_a_letter(order, outsider, head, stranger, addressed):
    for user in (outsider, head, stranger):
        set_address(user, f"{user.username}@example.se")

    ordered = order(addressed.person, outsider.person, head.person, stranger.person)

    assert [one.person for one in ordered] == [addressed.person]


@pytest.mark.parametrize("address", ["", "karin", "a@b.se\nBcc: c@d.se", "a@b.se, c@d.se"])
def test_person_without_a_usable_address_is_named(
    address, order, addressed, reporting_round, case_officer
):
    set_address(addressed, address)

    page = queries.reminder_page(case_officer, reporting_round, today=TODAY, now=NOW)
    with pytest.raises(actions.NobodyToRemind):
        order()

    assert page.mailing.without_address == (addressed.person.name,)
    assert page.mailing.letters == ()


def test_body_without_a_controller_is_named(period, other_committee, reporting_round, case_officer):
    factories.make_round_state(period, other_committee)

    page = queries.reminder_page(case_officer, reporting_round, today=TODAY, now=NOW)

    assert set(page.without_controller) == {"DN Närsjukvård", "DN Regionservice"}


def test_nobody_is_reminded_twice_a_day_unless_chosen_again(order):
    order()

    with pytest.raises(actions.NobodyToRemind):
        order()
    order(again=True)
    order(now=NOW + timedelta(days=1))

    assert Reminder.objects.count() == 3


def test_failed_one_does_not_count_as_reminded(order):
    order()
    Reminder.objects.update(error="E-postservern tog inte emot mejlet.")

    order()

    assert Reminder.objects.count() == 2


def test_task_sends_once_and_notes_it(order):
    (reminder,) = order()

    tasks.send_reminder(reminder.pk)
    tasks.send_reminder(reminder.pk)

    reminder.refresh_from_db()
    assert reminder.sent_at is not None
    assert log_of(reminder) == ["beställd", "skickad"]
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (
        ["karin@example.se"],
        reminder.subject,
        reminder.text,
    )
    assert message.message()["Auto-Submitted"] == "auto-generated"


def test_a_claimed_one_is_nobody_elses_until_the_lease_ends(order):
    (reminder,) = order()

    first = actions.claim_reminder(reminder.pk, NOW)
    second = actions.claim_reminder(reminder.pk, NOW + LEASE)
    third = actions.claim_reminder(reminder.pk, NOW + LEASE + timedelta(seconds=1))

    assert first is not None
    assert second is None
    assert third is not None
    assert third.attempt == 2


def test_killed_between_claim_and_sending_is_sent_once_after_the_lease(order):
    (reminder,) = order()
    actions.claim_reminder(reminder.pk, NOW)  # and the worker is gone
    later = NOW + LEASE + timedelta(seconds=1)
    assert queries.unattended_reminders(NOW + LEASE) == []
    assert queries.unattended_reminders(later) == [reminder.pk]

    claim = actions.claim_reminder(reminder.pk, later)
    assert claim is not None
    actions.send_claimed(claim, later)

    assert actions.claim_reminder(reminder.pk, later + 10 * LEASE) is None
    assert queries.unattended_reminders(later + 10 * LEASE) == []
    assert len(mail.outbox) == 1


def test_the_sweep_takes_what_the_bell_forgot(order):
    (reminder,) = order()

    assert queries.unattended_reminders(NOW) == []
    assert queries.unattended_reminders(NOW + timedelta(seconds=6)) == [reminder.pk]


def test_one_that_kills_every_worker_is_given_up(order):
    (reminder,) = order()
    now = NOW
    for _attempt in range(ATTEMPTS):
        assert actions.claim_reminder(reminder.pk, now) is not None
        now += LEASE + timedelta(seconds=1)

    assert actions.give_up_reminders(now) == 1

    reminder.refresh_from_db()
    assert (reminder.error, reminder.sent_at) == (GIVEN_UP, None)
    assert actions.claim_reminder(reminder.pk, now) is None


def test_failed_one_is_sent_again_by_hand_and_only_once(order, case_officer):
    (reminder,) = order()
    Reminder.objects.update(error=GIVEN_UP, attempts=ATTEMPTS)

    actions.retry_reminder(reminder=reminder, by=case_officer)
    with pytest.raises(actions.NotRetryable):
        actions.retry_reminder(reminder=reminder, by=case_officer)
    tasks.send_reminder(reminder.pk)
    with pytest.raises(actions.NotRetryable):
        actions.retry_reminder(reminder=reminder, by=case_officer)

    assert len(mail.outbox) == 1
    assert log_of(reminder) == ["beställd", "skickas igen", "skickad"]


def test_hostile_names_stay_in_the_text(order, committee, addressed, org):
    Body.objects.update(short_name="DN\r\nBcc: alla@example.se")
    Person.objects.filter(pk=addressed.person_id).update(name="Karin\nTo: alla@example.se")

    (reminder,) = order()
    tasks.send_reminder(reminder.pk)

    (message,) = mail.outbox
    assert message.recipients() == ["karin@example.se"]
    assert message.message()["Bcc"] is None
    assert "\n" not in message.subject


@pytest.fixture
def post_office(settings):
    with open_post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


def test_a_real_mail_server_gets_the_letter(order, post_office, settings):
    settings.SITE_URL = "https://uppsikt.example.se/"
    (reminder,) = order()

    tasks.send_reminder(reminder.pk)

    ((recipient, raw),) = post_office.mails
    message = message_from_bytes(raw.encode(), policy=policy.default)
    assert (recipient, message["To"]) == ("karin@example.se", "karin@example.se")
    assert message["Subject"].strip() == reminder.subject  # folded before its first word
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    assert message["Message-ID"] == f"<paminnelse-{reminder.pk}@uppsikt.example.se>"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == reminder.text
    reminder.refresh_from_db()
    assert reminder.sent_at is not None


def test_refusal_for_good_is_logged_and_not_tried_again(order, post_office):
    post_office.refuses["karin@example.se"] = "550 No such user"
    (reminder,) = order()

    tasks.send_reminder(reminder.pk)
    tasks.send_reminder(reminder.pk)

    reminder.refresh_from_db()
    assert reminder.error == "E-postservern tog inte emot mejlet: 550 No such user"
    assert (reminder.attempts, reminder.sent_at) == (1, None)
    assert post_office.mails == []


def test_refusal_for_now_is_tried_again_by_itself(order, post_office):
    post_office.refuses["karin@example.se"] = "451 Later"
    (reminder,) = order()
    claim = actions.claim_reminder(reminder.pk, NOW)
    assert claim is not None
    actions.send_claimed(claim, NOW)
    reminder.refresh_from_db()
    assert (reminder.error, reminder.claimed_until) == ("", NOW + TRY_AGAIN_AFTER)

    post_office.refuses.clear()
    later = NOW + TRY_AGAIN_AFTER + timedelta(seconds=1)
    claim = actions.claim_reminder(reminder.pk, later)
    assert claim is not None
    actions.send_claimed(claim, later)

    reminder.refresh_from_db()
    assert reminder.sent_at == later
    assert len(post_office.mails) == 1


def test_no_server_at_all_fails_in_words_after_the_last_attempt(order, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    (reminder,) = order()
    now = NOW
    for _attempt in range(ATTEMPTS):
        claim = actions.claim_reminder(reminder.pk, now)
        assert claim is not None
        actions.send_claimed(claim, now)
        now += LEASE

    reminder.refresh_from_db()
    assert (reminder.error, reminder.attempts) == ("Ingen kontakt med e-postservern.", ATTEMPTS)


def test_the_regional_office_is_the_boards(db, org, committee):
    """A case officer of a committee leads nothing: the role counts at the board alone."""
    officer = factories.make_user(org, "officer", roles={Role.CASE_OFFICER: committee})

    assert not queries.leads_rounds(officer, TODAY)
    Body.objects.filter(pk=committee.pk).update(kind=BodyKind.BOARD)
    assert queries.leads_rounds(officer, TODAY)
    assert Period.objects.count() == 0
