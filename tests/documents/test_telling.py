"""An act that waits for somebody is told once, to those who may open it when it is sent."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail as post
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from documents import jobs, running
from documents.enums import State
from documents.models import Delivery, Event, Mail
from governance.enums import Role
from governance.models import Mandate, Person, User
from rounds.models import RoundState
from tests import factories
from tests.documents import factories as documents
from tests.factories import take

REASON = "Sjukfrånvaron 6,94 är hämtad ur fel månad."
NOW = timezone.now()
PERIOD = "Helår 2025"


@pytest.fixture(autouse=True)
def addresses(controller: User, head: User, case_officer: User) -> None:
    for user in (controller, head, case_officer):
        Person.objects.filter(pk=user.person_id).update(email=f"{user.person.key}@example.se")


def work(kind=Event, now=None) -> None:
    """What the worker does with everything that waits."""
    for job in kind.objects.filter(state=State.QUEUED).order_by("pk"):
        claim = jobs.claim(kind, job.pk, "tests", now or timezone.now())
        assert claim is not None
        running.run(claim)


def told() -> list[tuple[str, str]]:
    rows = Delivery.objects.order_by("pk").values_list("event__what", "person__key")
    return [(what, key) for what, key in rows]


def test_a_hand_in_is_mailed_to_the_head_and_says_nothing_of_it(
    round_state, controller, head, reader, settings
):
    settings.SITE_URL = "https://uppsikt.example.se/"

    take(round_state, "hand_in", by=controller)
    work()
    work(Mail)

    (message,) = post.outbox
    page = reverse("rounds:round_state", args=[round_state.pk])
    assert (message.to, message.reply_to) == (["head@example.se"], ["controller@example.se"])
    assert message.subject == f"Perioden är inlämnad ({PERIOD}): DN Regionservice"
    assert message.body == (
        f"Hej Head!\n\nPerioden är inlämnad ({PERIOD}).\n\nNämnd: DN Regionservice\n"
        f"https://uppsikt.example.se{page}\n\nHälsningar\nUppsikt\nRegion Test\n"
    )
    assert told() == [(f"Perioden är inlämnad ({PERIOD})", "head")]


def test_each_act_goes_to_whom_it_waits_for_and_no_reason_goes_along(
    round_state, controller, head, case_officer
):
    take(round_state, "hand_in", by=controller)
    take(round_state, "return", by=head, reason=REASON)
    take(round_state, "hand_in", by=controller)
    take(round_state, "approve", by=head)
    take(round_state, "reopen", by=case_officer, reason=REASON)
    work()
    work(Mail)

    assert told() == [
        (f"Perioden är inlämnad ({PERIOD})", "head"),
        (f"Perioden är skickad tillbaka ({PERIOD})", "controller"),
        (f"Perioden är inlämnad ({PERIOD})", "head"),
        (f"Perioden är godkänd ({PERIOD})", "case-officer"),
        (f"Perioden är godkänd ({PERIOD})", "controller"),
        (f"Perioden är öppnad igen ({PERIOD})", "controller"),
    ]
    said = "".join(message.message().as_string() + message.body for message in post.outbox)
    assert not [word for word in REASON.split() if len(word) > 3 and word in said]


def test_one_mail_of_a_matter_in_an_hour(round_state, controller, head):
    def hand_in_again() -> None:
        take(round_state, "hand_in", by=controller)
        take(round_state, "return", by=head, reason=REASON)
        work()

    hand_in_again()
    hand_in_again()
    assert Delivery.objects.filter(person=head.person).count() == 2
    assert Mail.objects.filter(to="head@example.se").count() == 1
    Mail.objects.update(requested_at=NOW - timedelta(minutes=61))

    hand_in_again()

    assert Mail.objects.filter(to="head@example.se").count() == 2


def test_a_mail_that_failed_does_not_count(round_state, controller, head):
    take(round_state, "hand_in", by=controller)
    work()
    jobs.fail(jobs.claim(Mail, Mail.objects.get().pk, "tests", NOW), error="Nej.")
    take(round_state, "return", by=head, reason=REASON)
    take(round_state, "hand_in", by=controller)

    work()

    assert Mail.objects.filter(to="head@example.se").count() == 2


def test_who_is_told_is_found_when_it_is_sent(round_state, controller, head, org, committee):
    take(round_state, "hand_in", by=controller)
    Mandate.objects.filter(person=head.person).delete()
    factories.make_user(org, "new-head", roles={Role.HEAD_OF_ADMINISTRATION: committee})

    work()

    assert told() == [(f"Perioden är inlämnad ({PERIOD})", "new-head")]


def test_a_mail_that_waited_is_not_sent_to_who_has_lost_the_right(round_state, controller, head):
    take(round_state, "hand_in", by=controller)
    work()
    Mandate.objects.filter(person=head.person).delete()

    work(Mail)

    assert post.outbox == []
    assert Mail.objects.get().error == (
        "Mottagaren har inte längre rätt att öppna ärendet. Inget är skickat."
    )


@pytest.mark.parametrize("address", ["", "karin", "a@b.se\nBcc: c@d.se"])
def test_without_an_address_it_stands_on_the_page(address, round_state, controller, head):
    Person.objects.filter(pk=head.person_id).update(email=address)
    take(round_state, "hand_in", by=controller)

    work()

    assert told() == [(f"Perioden är inlämnad ({PERIOD})", "head")]
    assert not Mail.objects.exists()


def test_a_worker_that_dies_while_telling_has_told_nobody(round_state, controller, head):
    take(round_state, "hand_in", by=controller)
    event = Event.objects.get()
    lost = jobs.claim(Event, event.pk, "tests", NOW)
    taken = jobs.claim(Event, event.pk, "tests", NOW + timedelta(minutes=2))

    running.run(lost)
    assert told() == []
    running.run(taken)

    assert told() == [(f"Perioden är inlämnad ({PERIOD})", "head")]


def test_a_message_id_is_not_given_again_after_a_restore(org, secretary):
    first = documents.mail(org, secretary)
    before = first.message_id
    assert Mail.objects.get(pk=first.pk).message_id == before
    first.delete()

    again = documents.mail(org, secretary)
    again.pk = first.pk

    assert again.message_id != before


def test_an_answer_without_a_persons_address_goes_to_the_sender(org, secretary, settings):
    documents.mail(org, secretary)

    work(Mail)

    assert post.outbox[0].reply_to == [settings.DEFAULT_FROM_EMAIL]


def test_mail_in_files_is_read_by_a_mail_program(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "config.mail_files.EmailBackend", tmp_path
    for name in ("ett", "två"):
        EmailMessage(
            subject=f"Räksmörgås {name}", body=f"Hej {name}!\n", to=["a@example.se"]
        ).send()

    found = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in tmp_path.iterdir()
    ]

    assert {path.suffix for path in tmp_path.iterdir()} == {".eml"}
    assert {(each["Subject"], each.get_content()) for each in found} == {
        ("Räksmörgås ett", "Hej ett!\n"),
        ("Räksmörgås två", "Hej två!\n"),
    }


# The page.


@pytest.fixture
def delivered(round_state: RoundState, controller: User, head: User) -> Delivery:
    take(round_state, "hand_in", by=controller)
    work()
    return Delivery.objects.get()


def test_unread_is_marked_in_the_menu_until_it_is_opened(login, head, delivered, round_state):
    client = login(head)

    def mark() -> tuple[int | None, bool]:
        response = client.get(reverse("desk:event_list"))
        (item,) = (each for each in response.context["nav"] if each.label == "Händelser")
        return item.count, "Oläst" in response.content.decode()

    before = mark()
    answer = client.post(reverse("desk:event_open", args=[delivered.pk]))

    assert answer.url == reverse("rounds:round_state", args=[round_state.pk])
    assert (before, mark()) == ((1, True), (None, False))


def test_an_act_on_the_matter_reads_what_its_doer_was_told(round_state, head, delivered):
    take(round_state, "return", by=head, reason=REASON)

    assert not Delivery.objects.filter(read_at=None).exists()


def test_all_are_marked_as_read_but_nobody_elses(login, head, controller, delivered, round_state):
    take(round_state, "return", by=head, reason=REASON)
    work()

    login(head).post(reverse("desk:events_read"))

    assert set(Delivery.objects.filter(read_at=None).values_list("person", flat=True)) == {
        controller.person_id
    }


def test_what_another_was_told_is_not_found(login, controller, delivered):
    assert (
        login(controller).post(reverse("desk:event_open", args=[delivered.pk])).status_code == 404
    )
    assert Delivery.objects.get().read_at is None


def test_an_act_that_nobody_waits_for_is_not_told(round_state, case_officer):
    take(round_state, "lock", by=case_officer)

    assert not Event.objects.exists()
