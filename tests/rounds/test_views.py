"""The pages of a reporting round: who sees what, who does what."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from documents import jobs
from documents.models import Mail
from governance.enums import BodyKind, Role
from governance.models import AuditEntry, Period, Person
from rounds.enums import HANDED_IN, RoundStateName
from rounds.models import Reminder, ReportingRound, RoundState
from rounds.states import ROUND
from tests import factories
from tests.targets.factories import make_outcome

REASON = "Sjukfrånvaron är hämtad ur fel månad."


def url(name: str, pk: int | None = None) -> str:
    return reverse(f"rounds:{name}", args=[pk] if pk else [])


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def waiting_elsewhere(period, round_state, other_committee) -> RoundState:
    """Another committee in the same round."""
    return factories.make_round_state(period, other_committee)


@pytest.fixture
def round_pk(round_state) -> int:
    return round_state.reporting_round_id


def put(state: RoundState, to: RoundStateName) -> None:
    RoundState.objects.filter(pk=state.pk).update(state=to)
    if to in HANDED_IN:
        factories.keep(state)


def answer(state: RoundState, act: str, reason: str = REASON) -> dict[str, object]:
    """What the page would send: the version and the bytes that it showed."""
    kept = state.hand_ins.order_by("-pk").first()
    return {
        "act": act,
        "version": 1,
        "reason": reason,
        "sha256": kept.sha256 if kept else "",
    }


PAGES = ("round_detail", "round_edit", "round_remind", "round_state")


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_sent_to_login(name, client, round_state):
    pk = round_state.pk if name == "round_state" else round_state.reporting_round_id

    assert client.get(url(name, pk)).url.startswith("/konto/logga-in/")


#                    detail edit remind state
READS = {
    "case_officer": (200, 200, 200, 200),
    "controller": (200, 403, 403, 200),
    "head": (200, 403, 403, 200),
    "chair": (200, 403, 403, 200),
    "reader": (200, 403, 403, 200),
    "outsider": (404, 404, 404, 404),
    "secretary": (404, 404, 404, 404),
    "registrar": (404, 404, 404, 404),
    "member": (404, 404, 404, 404),
    "stranger": (404, 404, 404, 404),
    "administrator": (404, 404, 404, 404),
}


@pytest.mark.parametrize("who", sorted(READS))
def test_who_reads_what(who, request, login, round_state):
    client = login(request.getfixturevalue(who))

    answers = tuple(
        client.get(
            url(name, round_state.pk if name == "round_state" else round_state.reporting_round_id)
        ).status_code
        for name in PAGES
    )

    assert answers == READS[who]


@pytest.mark.parametrize("who", sorted(set(READS) - {"case_officer"}))
def test_nobody_else_opens_locks_or_retries(who, request, login, round_state):
    client = login(request.getfixturevalue(who))
    hidden = 403 if READS[who][0] == 200 else 404

    assert client.get(url("round_create")).status_code == 403
    assert client.post(url("round_create"), {}).status_code == 403
    lock = client.post(url("round_lock", round_state.reporting_round_id), {"which": "all"})
    assert lock.status_code == hidden
    round_state.refresh_from_db()
    assert round_state.state == RoundStateName.OPEN


def test_list_shows_the_office_all_and_a_committee_its_own(
    login, case_officer, controller, outsider, last_year, round_state, other_committee
):
    factories.make_round_state(last_year, other_committee)

    lists = {
        who: [row.period for row in login(who).get(url("round_list")).context["rounds"]]
        for who in (case_officer, controller, outsider)
    }

    assert lists == {
        case_officer: ["Helår 2025", "Helår 2024"],
        controller: ["Helår 2025"],
        outsider: ["Helår 2024"],
    }


def test_counts_in_the_list_are_of_the_bodies_one_follows(
    login, case_officer, controller, round_state, waiting_elsewhere
):
    put(waiting_elsewhere, RoundStateName.SUBMITTED)

    (office,) = login(case_officer).get(url("round_list")).context["rounds"]
    (own,) = login(controller).get(url("round_list")).context["rounds"]

    assert ((office.handed_in, office.bodies), (own.handed_in, own.bodies)) == ((1, 2), (0, 1))


def test_the_office_sees_no_counts_of_a_draft(
    login, case_officer, round_state, round_pk, indicator
):
    before = login(case_officer).get(url("round_detail", round_pk)).context["page"].lines
    put(round_state, RoundStateName.SUBMITTED)
    after = login(case_officer).get(url("round_detail", round_pk)).context["page"].lines

    assert [(line.word, line.lacks) for line in before] == [("Ej inlämnat", "–")]
    assert [(line.word, line.lacks) for line in after] == [("Inlämnad", "1 utfall")]


def test_the_committee_sees_its_own_draft_and_nobody_elses(
    login, controller, round_pk, indicator, committee, period, waiting_elsewhere
):
    make_outcome(indicator, committee, period, "9.9")

    page = login(controller).get(url("round_detail", round_pk)).context["page"]

    assert [(line.body, line.lacks) for line in page.lines] == [("DN Regionservice", "1 kommentar")]


def test_state_page_hides_a_draft_and_an_internal_reason_from_the_office(
    login, case_officer, head, controller, round_state, indicator
):
    put(round_state, RoundStateName.SUBMITTED)
    login(head).post(url("round_change", round_state.pk), answer(round_state, "return"))

    office = login(case_officer).get(url("round_state", round_state.pk))
    own = login(controller).get(url("round_state", round_state.pk))

    assert REASON not in text(office)
    assert "Saknas:" not in text(office)
    assert office.context["page"].steps[0].word == "Skickad tillbaka"
    assert text(own).count(REASON) == 2
    assert "Saknas: 1 utfall" in text(own)


def test_lateness_is_said_in_words(login, case_officer, round_pk):
    ReportingRound.objects.update(due_on=date(2026, 3, 7))

    response = login(case_officer).get(url("round_detail", round_pk))

    assert "Försenad 3 dagar, sista dag var 2026-03-07" in text(response)


def test_only_those_who_have_not_handed_in(
    login, case_officer, round_state, round_pk, waiting_elsewhere
):
    put(round_state, RoundStateName.SUBMITTED)

    response = login(case_officer).get(url("round_detail", round_pk) + "?visa=ej-inlamnat")

    assert [line.body for line in response.context["page"].lines] == ["DN Närsjukvård"]
    assert "1 av 2 har lämnat in" in text(response)


@pytest.mark.parametrize(
    ("who", "old", "act", "status"),
    [
        ("head", "submitted", "approve", 302),
        ("head", "submitted", "return", 302),
        ("head", "open", "approve", 409),
        ("head", "approved", "return", 409),
        ("head", "approved", "lock", 403),
        ("head", "locked", "reopen", 403),
        ("controller", "submitted", "approve", 403),
        ("chair", "submitted", "approve", 403),
        ("case_officer", "approved", "lock", 302),
        ("case_officer", "open", "lock", 302),
        ("case_officer", "locked", "reopen", 302),
        ("case_officer", "submitted", "approve", 403),
        ("case_officer", "submitted", "return", 403),
        ("outsider", "submitted", "approve", 404),
        ("stranger", "locked", "reopen", 404),
        ("administrator", "locked", "reopen", 404),
        ("head", "open", "hand_in", 404),
        ("controller", "open", "hand_in", 404),
        ("head", "submitted", "", 404),
        ("head", "submitted", "deleted", 404),
    ],
)
def test_round_change(who, old, act, status, request, login, round_state):
    put(round_state, RoundStateName(old))
    client = login(request.getfixturevalue(who))

    response = client.post(url("round_change", round_state.pk), answer(round_state, act))

    round_state.refresh_from_db()
    target = ROUND.named(act).target if status == 302 else old
    assert (response.status_code, round_state.state) == (status, target)


@pytest.mark.parametrize(
    "data",
    [
        {"version": 1, "reason": ""},
        {"version": 1, "reason": "  "},
        {"version": "ett", "reason": REASON},
        {"version": 1, "reason": "x" * 2001},
        {"version": 1, "reason": "\x00"},
        {"reason": REASON},
    ],
)
def test_reopening_without_a_proper_reason_changes_nothing(data, login, case_officer, round_state):
    put(round_state, RoundStateName.LOCKED)

    response = login(case_officer).post(
        url("round_change", round_state.pk), {"act": "reopen", **data}
    )

    round_state.refresh_from_db()
    assert (response.status_code, round_state.state) == (422, RoundStateName.LOCKED)


def test_reopening_is_logged_with_its_reason(login, case_officer, controller, round_state):
    put(round_state, RoundStateName.LOCKED)

    login(case_officer).post(url("round_change", round_state.pk), answer(round_state, "reopen"))

    round_state.refresh_from_db()
    assert (round_state.state, round_state.reason) == (RoundStateName.OPEN, REASON)
    logged = AuditEntry.objects.filter(object_id=round_state.pk).order_by("id")
    assert [(entry.field, entry.new, entry.actor) for entry in logged] == [
        ("state", "open", str(case_officer)),
        ("reason", REASON, str(case_officer)),
    ]
    (step,) = login(controller).get(url("round_state", round_state.pk)).context["page"].steps
    assert (step.word, step.reason) == ("Öppnad igen", REASON)


def test_stale_form_changes_nothing(login, head, round_state):
    put(round_state, RoundStateName.SUBMITTED)
    RoundState.objects.update(version=4)

    response = login(head).post(
        url("round_change", round_state.pk), {"act": "approve", "version": 3}
    )

    assert response.status_code == 409
    assert RoundState.objects.get().state == RoundStateName.SUBMITTED


def test_a_refused_act_keeps_the_reason_that_was_typed(login, head, round_state):
    put(round_state, RoundStateName.SUBMITTED)
    RoundState.objects.update(version=4)

    response = login(head).post(url("round_change", round_state.pk), answer(round_state, "return"))

    assert response.status_code == 409
    assert f">{REASON}</textarea>" in response.content.decode()
    assert "Någon annan har ändrat" in response.content.decode()


def test_reopening_says_when_another_round_still_locks_the_period(
    login, case_officer, period, committee, round_state
):
    other = ReportingRound.objects.create(
        period=period,
        key="bokslut",
        name="Bokslut",
        cut_off_on=period.ends_on,
        due_on=date(2026, 3, 31),
    )
    RoundState.objects.create(reporting_round=other, body=committee, state=RoundStateName.LOCKED)
    put(round_state, RoundStateName.LOCKED)

    response = login(case_officer).post(
        url("round_change", round_state.pk), answer(round_state, "reopen"), follow=True
    )

    assert "är öppen igen, men uppgifterna är inte det" in text(response)


def test_lock_all(login, case_officer, round_state, round_pk, waiting_elsewhere):
    put(round_state, RoundStateName.APPROVED)
    client = login(case_officer)

    client.post(url("round_lock", round_pk), {"which": "approved"})
    assert sorted(RoundState.objects.values_list("state", flat=True)) == ["locked", "open"]
    client.post(url("round_lock", round_pk), {"which": "all"})

    assert set(RoundState.objects.values_list("state", flat=True)) == {"locked"}


def opening(period: Period | None, *bodies, **changes) -> dict[str, object]:
    return {
        "period": period.pk if period else "ny",
        "name": "Årsrapport 2025",
        "cut_off_on": "2025-12-31",
        "due_on": "2026-03-12",
        "bodies": [body.pk for body in bodies],
        **changes,
    }


def test_open_a_round_for_a_standing_period(login, case_officer, period, committee):
    response = login(case_officer).post(url("round_create"), opening(period, committee))

    made = ReportingRound.objects.get()
    assert response.url == url("round_detail", made.pk)
    assert [state.body for state in made.states.select_related("body")] == [committee]


def test_open_a_round_for_a_new_period(login, case_officer, period, committee):
    data = opening(
        None,
        committee,
        period_name="Helår 2026",
        starts_on="2026-01-01",
        ends_on="2026-12-31",
        previous=period.pk,
        cut_off_on="2026-12-31",
        due_on="2027-02-01",
    )

    assert login(case_officer).post(url("round_create"), data).status_code == 302

    made = ReportingRound.objects.get().period
    assert (made.name, made.previous, made.organisation) == (
        "Helår 2026",
        period,
        period.organisation,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"due_on": "i mars"},
        {"due_on": "2025-12-01"},
        {"bodies": []},
        {"bodies": ["x"]},
        {"period": "999999"},
        {"period": ""},
        {"period": "ny"},
        {"period": "ny", "period_name": "Helår 2025", "starts_on": "2025-01-01"},
        {"name": "x" * 81},
    ],
)
def test_a_wrong_form_is_shown_again_with_what_is_wrong(
    changes, login, case_officer, period, committee
):
    response = login(case_officer).post(
        url("round_create"), {**opening(period, committee), **changes}
    )

    assert response.status_code == 422
    assert response.context["form"].errors or response.context["refusal"].message
    assert not ReportingRound.objects.exists()


def test_another_regions_period_and_bodies_are_not_offered(
    login, case_officer, other_org, period, committee
):
    theirs, body = factories.make_period(other_org, 2023), factories.make_body(other_org)
    client = login(case_officer)

    page = client.get(url("round_create"))
    with_period = client.post(url("round_create"), opening(theirs, committee))
    with_body = client.post(url("round_create"), opening(period, body))

    assert "Helår 2023" not in text(page)
    assert (with_period.status_code, with_body.status_code) == (422, 422)
    assert not ReportingRound.objects.exists()


def test_council_and_working_committee_are_not_asked(
    login, case_officer, org, board, working_committee, committee
):
    factories.make_body(org, "rf", kind=BodyKind.COUNCIL, short_name="RF")

    offered = login(case_officer).get(url("round_create")).context["form"].fields["bodies"].queryset

    assert set(offered) == {board, committee}


def test_edit_moves_the_day_and_adds_a_body(
    login, case_officer, round_state, round_pk, other_committee
):
    data = {
        "name": "Årsrapport 2025",
        "cut_off_on": "2025-12-31",
        "due_on": "2026-04-15",
        "bodies": [other_committee.pk],
    }

    response = login(case_officer).post(url("round_edit", round_pk), data)

    found = ReportingRound.objects.get()
    assert response.url == url("round_detail", round_pk)
    assert (found.due_on, found.states.count()) == (date(2026, 4, 15), 2)


def test_edit_shows_a_wrong_day_again(login, case_officer, round_pk):
    data = {"name": "Årsrapport", "cut_off_on": "2025-12-31", "due_on": "2025-01-01"}

    response = login(case_officer).post(url("round_edit", round_pk), data)

    assert response.status_code == 422
    assert "ligger före brytdagen" in text(response)


@pytest.fixture
def addressed(controller):
    Person.objects.filter(pk=controller.person_id).update(email="karin@example.se")
    return controller


def test_preview_shows_who_gets_what_and_sends_nothing(
    login, case_officer, addressed, outsider, waiting_elsewhere, round_pk
):
    response = login(case_officer).get(url("round_remind", round_pk))

    assert "karin@example.se" in text(response)
    assert "De här utfallen är inte inlämnade ännu" in text(response)
    assert f"får inget mejl:</strong> {outsider}." in text(response)
    assert not Reminder.objects.exists()


def test_send_from_the_page(
    login, case_officer, addressed, round_pk, django_capture_on_commit_callbacks, settings
):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    client = login(case_officer)

    with django_capture_on_commit_callbacks() as callbacks:
        response = client.post(url("round_remind", round_pk), {"person": addressed.person_id})

    reminder = Reminder.objects.get()
    assert response.url == url("round_detail", round_pk)
    assert (len(callbacks), mail.outbox) == (1, [])
    assert reminder.person_id == addressed.person_id
    page = text(client.get(url("round_detail", round_pk)))
    assert "Skickas" in page
    assert f"av {case_officer}" in page


@pytest.mark.parametrize("person", ["", "x", "-1", "9" * 40, "²"])
def test_hostile_choice_of_persons_sends_nothing(person, login, case_officer, addressed, round_pk):
    response = login(case_officer).post(url("round_remind", round_pk), {"person": person})

    assert response.status_code == 409
    assert not Reminder.objects.exists()


def test_second_reminder_the_same_day_is_chosen_on_purpose(
    login, case_officer, addressed, round_pk
):
    client, data = login(case_officer), {"person": addressed.person_id}
    client.post(url("round_remind", round_pk), data)

    page = text(client.get(url("round_remind", round_pk)))
    again = client.post(url("round_remind", round_pk), data)
    chosen = client.post(url("round_remind", round_pk), {"again": addressed.person_id})

    assert "Har redan fått en påminnelse i dag" in page
    assert (again.status_code, chosen.status_code) == (409, 302)
    assert Reminder.objects.count() == 2


def test_failed_one_is_sent_again_from_the_log(
    login, case_officer, controller, stranger, addressed, round_pk
):
    client = login(case_officer)
    client.post(url("round_remind", round_pk), {"person": addressed.person_id})
    reminder = Reminder.objects.get()
    jobs.fail(
        jobs.claim(Mail, reminder.mail_id, "tests", timezone.now()),
        error="E-postservern tog inte emot mejlet: 550 Nej",
    )
    assert "550 Nej" in text(client.get(url("round_detail", round_pk)))

    refused = [
        login(user).post(url("reminder_retry", reminder.pk)).status_code
        for user in (controller, stranger)
    ]
    response = client.post(url("reminder_retry", reminder.pk))
    again = client.post(url("reminder_retry", reminder.pk))

    reminder.mail.refresh_from_db()
    assert refused == [403, 404]
    assert (response.status_code, again.status_code, reminder.mail.error) == (302, 409, "")


def test_the_log_is_the_offices_own(login, case_officer, controller, addressed, round_pk):
    login(case_officer).post(url("round_remind", round_pk), {"person": addressed.person_id})

    assert "Skickade påminnelser" in text(login(case_officer).get(url("round_detail", round_pk)))
    assert "Skickade påminnelser" not in text(login(controller).get(url("round_detail", round_pk)))


def test_a_case_officer_who_is_controller_too_sees_that_draft_alone(
    login, org, board, committee, round_state, waiting_elsewhere, indicator, round_pk
):
    both = factories.make_user(
        org, "both", roles={Role.CASE_OFFICER: board, Role.CONTROLLER: committee}
    )

    page = login(both).get(url("round_detail", round_pk)).context["page"]

    assert {line.body: line.lacks for line in page.lines} == {
        "DN Regionservice": "1 utfall",
        "DN Närsjukvård": "–",
    }
