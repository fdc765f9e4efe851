"""A reminder is ordered once for everybody who has not handed in; the queue sends it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from documents import jobs, tasks
from documents.enums import State
from documents.models import Mail
from documents.rules import NotRetryable
from governance.enums import BodyKind, Role
from governance.models import AuditEntry, Body, Period, Person, User
from rounds.actions.reminders import NobodyToRemind, order_reminders, retry_reminder
from rounds.enums import RoundStateName
from rounds.models import Reminder, ReportingRound, RoundState
from rounds.queries.reminders import reminder_log, reminder_page
from rounds.queries.rounds import leads_rounds
from tests import factories
from tests.factories import TODAY

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
        return order_reminders(
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


def fail(reminder: Reminder) -> None:
    claim = jobs.claim(Mail, reminder.mail_id, "tests", NOW)
    assert claim is not None
    jobs.fail(claim, error="E-postservern tog inte emot mejlet.")
    reminder.mail.refresh_from_db()


def log_of(reminder: Reminder) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="rounds.Reminder", object_id=reminder.pk)
    return [entry.new for entry in rows.order_by("id")]


def test_order_writes_the_letter_and_the_log(order, case_officer, addressed, reporting_round):
    (reminder,) = order()

    reminder.refresh_from_db()
    assert (reminder.mail.to, reminder.asked_by) == ("karin@example.se", str(case_officer))
    assert reminder.mail.about == f"/rapporteringar/{reporting_round.pk}/"
    assert reminder.person == addressed.person
    assert reminder.mail.state == State.QUEUED
    assert log_of(reminder) == ["beställd"]
    assert reminder_log(reporting_round) == [reminder]
    assert mail.outbox == []


def test_link_leads_straight_to_the_place(order, round_state, login, addressed, settings):
    settings.SITE_URL = "https://uppsikt.example.se/"
    (reminder,) = order()

    link = next(line for line in reminder.mail.text.splitlines() if line.startswith("https://"))
    assert link == f"https://uppsikt.example.se/mal/rapportera/{round_state.pk}/"
    assert login(addressed).get(urlsplit(link).path).status_code == 200


def test_one_mail_collects_all_bodies_and_open_rounds(
    order, addressed, other_committee, period, last_year, reporting_round
):
    factories.make_mandate(addressed.person, other_committee, Role.CONTROLLER)
    factories.make_round_state(period, other_committee)
    factories.make_round_state(last_year, other_committee, RoundStateName.RETURNED)

    (reminder,) = order()

    assert reminder.mail.subject == "Påminnelse: 3 perioder att lämna in utfall för"
    assert reminder.mail.text.count("/mal/rapportera/") == 3
    assert "Helår 2024 (Årsrapport 2024)" in reminder.mail.text


def test_what_is_handed_in_or_has_not_begun_is_not_reminded_of(
    order, org, addressed, other_committee, committee, period, last_year
):
    factories.make_mandate(addressed.person, other_committee, Role.CONTROLLER)
    factories.make_round_state(period, other_committee, RoundStateName.SUBMITTED)
    factories.make_round_state(last_year, committee, RoundStateName.LOCKED)
    factories.make_round_state(factories.make_period(org, 2027), committee)

    (reminder,) = order()

    assert reminder.mail.text.count("/mal/rapportera/") == 1


def test_nobody_is_reminded_when_all_have_handed_in(order, round_state):
    RoundState.objects.update(state=RoundStateName.SUBMITTED)

    with pytest.raises(NobodyToRemind):
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

    page = reminder_page(case_officer, reporting_round, today=TODAY, now=NOW)
    with pytest.raises(NobodyToRemind):
        order()

    assert page.mailing.without_address == (addressed.person.name,)
    assert page.mailing.letters == ()


def test_body_without_a_controller_is_named(period, other_committee, reporting_round, case_officer):
    factories.make_round_state(period, other_committee)

    page = reminder_page(case_officer, reporting_round, today=TODAY, now=NOW)

    assert set(page.without_controller) == {"DN Närsjukvård", "DN Regionservice"}


def test_nobody_is_reminded_twice_a_day_unless_chosen_again(order):
    order()

    with pytest.raises(NobodyToRemind):
        order()
    order(again=True)
    order(now=NOW + timedelta(days=1))

    assert Reminder.objects.count() == 3


def test_failed_one_does_not_count_as_reminded(order):
    order()
    fail(Reminder.objects.get())

    order()

    assert Reminder.objects.count() == 2


def test_a_reminder_is_sent_once_by_the_queue(order):
    (reminder,) = order()

    tasks.run_job("documents.Mail", reminder.mail_id)
    tasks.run_job("documents.Mail", reminder.mail_id)

    reminder.mail.refresh_from_db()
    assert reminder.mail.is_ready
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (
        ["karin@example.se"],
        reminder.mail.subject,
        reminder.mail.text,
    )


def test_failed_one_is_sent_again_by_hand_and_only_once(order, case_officer):
    (reminder,) = order()
    fail(reminder)

    retry_reminder(reminder=reminder, by=case_officer, now=NOW)
    with pytest.raises(NotRetryable):
        retry_reminder(reminder=reminder, by=case_officer, now=NOW)
    tasks.run_job("documents.Mail", reminder.mail_id)
    with pytest.raises(NotRetryable):
        retry_reminder(reminder=reminder, by=case_officer, now=NOW)

    assert len(mail.outbox) == 1


def test_hostile_names_stay_in_the_text(order, committee, addressed, org):
    Body.objects.update(short_name="DN\r\nBcc: alla@example.se")
    Person.objects.filter(pk=addressed.person_id).update(name="Karin\nTo: alla@example.se")

    (reminder,) = order()
    tasks.run_job("documents.Mail", reminder.mail_id)

    (message,) = mail.outbox
    assert message.recipients() == ["karin@example.se"]
    assert message.message()["Bcc"] is None
    assert "\n" not in message.subject


def test_the_regional_office_is_the_boards(db, org, committee):
    """A case officer of a committee leads nothing: the role counts at the board alone."""
    officer = factories.make_user(org, "officer", roles={Role.CASE_OFFICER: committee})

    assert not leads_rounds(officer, TODAY)
    Body.objects.filter(pk=committee.pk).update(kind=BodyKind.BOARD)
    assert leads_rounds(User.objects.get(pk=officer.pk), TODAY)
    assert Period.objects.count() == 0
