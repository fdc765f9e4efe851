"""The page of a goal, an assignment and an activity, and what is reported there."""

import pytest
from django.urls import reverse

from governance.enums import Role
from rounds.enums import RoundStateName
from targets.enums import AssignmentStatus, Attainment, Nature
from targets.models import Activity, ActivityReport, AssignmentReport, Judgement
from tests.factories import TODAY, make_mandate, make_period, make_user
from tests.targets.factories import make_goal


@pytest.fixture
def goal(plan, round_state):
    return make_goal(plan)


@pytest.fixture
def assignment(plan, goal):
    return make_goal(plan, "uppdrag", parent=goal, nature=Nature.ASSIGNMENT)


@pytest.fixture
def activity(plan, goal):
    return Activity.objects.create(plan=plan, goal=goal, key="a", name="Öva", position=1)


@pytest.fixture
def urls(goal, assignment, activity, period):
    def to(name, row, *more):
        return reverse(f"targets:{name}", args=[row.pk, *more])

    return {
        "goal": to("goal_detail", goal),
        "judge": to("goal_judge", goal, period.pk),
        "history": to("goal_history", assignment),
        "assignment": to("goal_detail", assignment),
        "report": to("assignment_report", assignment, period.pk),
        "activity": to("activity_detail", activity),
        "done": to("activity_report", activity, period.pk),
        "activity_history": to("activity_history", activity),
    }


READ = ("goal", "assignment", "activity", "history", "activity_history")
WRITE = ("judge", "report", "done", "history", "activity_history")


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("chair", 200, 403),
        ("reader", 200, 403),
        ("outsider", 404, 404),
        ("stranger", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_reads_and_who_is_refused(request, login, urls, who, reads, writes):
    client = login(request.getfixturevalue(who))

    assert {client.get(urls[name]).status_code for name in READ} == {reads}
    assert {client.post(urls[name]).status_code for name in WRITE} == {writes}


def test_anonymous_is_sent_to_login(client, urls):
    assert {client.get(urls[name]).status_code for name in READ} == {302}
    assert {client.post(urls[name]).status_code for name in WRITE} == {302}


def test_a_status_is_reported_and_read_back(login, controller, urls, period):
    client = login(controller)

    saved = client.post(
        urls["report"], {"status": "year_part_done", "comment": "Två övningar.", "version": 0}
    )

    assert saved.url == f"{urls['assignment']}?period={period.pk}"
    page = client.get(saved.url).content.decode()
    assert "uppdragets del av innevarande år har genomförts" in page
    assert 'value="year_part_done" selected' in page
    assert 'name="version" value="1"' in page


@pytest.mark.parametrize(
    "typed", [{}, {"status": "klart"}, {"status": "done", "comment": "x" * 4001}]
)
def test_a_status_that_is_none_is_said(login, controller, urls, typed):
    response = login(controller).post(urls["report"], {"version": 0, **typed})

    assert (response.status_code, AssignmentReport.objects.count()) == (422, 0)
    assert "Det gick inte att spara" in response.content.decode()


def test_a_conflict_shows_both_and_lets_one_choose(login, controller, urls):
    client = login(controller)
    client.post(urls["report"], {"status": "done", "comment": "Deras", "version": 0})
    client.post(urls["report"], {"status": "done", "comment": "Deras andra", "version": 1})

    late = client.post(urls["report"], {"status": "done", "comment": "Min", "version": 1})

    page = late.content.decode()
    assert late.status_code == 409
    assert "Deras andra" in page
    assert ">\nMin</textarea>" in page
    assert 'name="version" value="2"' in page


def test_a_judgement_shows_rule_proposal_departure_and_author(
    login, controller, urls, assignment, period
):
    AssignmentReport.objects.create(goal=assignment, period=period, status=AssignmentStatus.DONE)
    client = login(controller)
    typed = {"result": "partly", "proposal": "achieved", "comment": "Nästan.", "version": 0}

    refused = client.post(urls["judge"], typed)
    saved = client.post(urls["judge"], {**typed, "reason": "Styrtalet saknas."})

    assert refused.status_code == 422
    assert "Skriv varför bedömningen avviker" in refused.content.decode()
    page = client.get(saved.url).content.decode()
    for words in (
        "Bedömningen är att målet delvis har uppnåtts.",
        "Har uppnåtts",
        "Styrtalet saknas.",
        f"{controller}, 2026-03-10",
        "Uppnått när alla bedömda indikatorer når målet",
        "1 grund är bedömd",
    ):
        assert words in page
    assert "Underlaget har ändrats" not in page


def test_nothing_is_chosen_for_whoever_judges(login, controller, urls, assignment, period):
    client = login(controller)
    AssignmentReport.objects.create(goal=assignment, period=period, status=AssignmentStatus.DONE)
    page = client.get(urls["goal"])
    typed = {"result": "partly", "proposal": "achieved", "reason": "Nästan.", "version": 0}
    client.post(urls["judge"], typed)
    judged = client.get(urls["goal"]).context["form"]["result"].value()

    assert "Regeln föreslår <strong>Har uppnåtts" in page.content.decode()
    assert (page.context["form"]["result"].value(), judged) == ("", "partly")


def test_a_comment_alone_judges_nothing(login, controller, urls, goal):
    typed = {"comment": "Mitt i en mening", "reason": "", "proposal": "not_judged", "version": 0}

    answer = login(controller).post(urls["judge"], typed, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "Välj en bedömning, så sparas den och kommentaren." in answer.content.decode()
    assert not goal.judgements.exists()


def test_a_comment_typed_beside_a_judgement_leaves_it_its_author_and_grounds(
    login, org, controller, committee, urls, goal, assignment, period
):
    client = login(controller)
    typed = {"result": "achieved", "proposal": "not_judged", "reason": "", "comment": ""}
    client.post(urls["judge"], {**typed, "version": 0})
    AssignmentReport.objects.create(goal=assignment, period=period, status=AssignmentStatus.DONE)
    other = login(make_user(org, "annan", roles={Role.CONTROLLER: committee}))

    answer = other.post(
        urls["judge"], {**typed, "comment": "Ny.", "version": 1}, headers={"HX-Request": "true"}
    )

    kept = goal.judgements.get()
    assert (answer.status_code, kept.comment) == (200, "Ny.")
    assert (kept.judged_by, kept.proposal) == (str(controller), "not_judged")
    other.post(urls["judge"], {**typed, "proposal": "achieved", "comment": "Ny.", "version": 2})
    kept.refresh_from_db()
    assert (kept.judged_by, kept.proposal) == ("Annan", "achieved")


def test_a_window_that_is_come_back_to_is_told_of_the_lock(login, controller, urls, round_state):
    client = login(controller)

    def answers():
        found = [client.post(urls[name], headers={"HX-Request": "true"}) for name in WRITE[:3]]
        return {(each.status_code, each.content.decode()) for each in found}

    assert answers() == {(200, "")}
    round_state.state = RoundStateName.SUBMITTED
    round_state.save()
    [(status, words)] = answers()
    assert (status, "inlämnad" in words) == (409, True)


def test_grounds_that_changed_afterwards_are_told_on_the_page(
    login, chair, goal, assignment, period, urls
):
    AssignmentReport.objects.create(
        goal=assignment, period=period, status=AssignmentStatus.NOT_DONE
    )
    Judgement.objects.create(
        goal=goal, period=period, rule="En regel.", proposal=Attainment.ACHIEVED,
        result=Attainment.ACHIEVED,
    )  # fmt: skip

    page = login(chair).get(urls["goal"]).content.decode()

    assert "regeln föreslår nu ”Har inte uppnåtts”" in page


@pytest.mark.parametrize(
    "typed",
    [
        {"result": "achieved"},
        {"result": "bra", "proposal": "not_judged"},
        {"proposal": "not_judged"},
        {"result": "achieved", "proposal": "bra"},
    ],
)
def test_a_judgement_that_is_none_is_refused(login, controller, urls, typed):
    response = login(controller).post(urls["judge"], {"version": 0, **typed})

    assert (response.status_code, Judgement.objects.count()) == (422, 0)


def test_an_activity_is_reported(login, controller, urls):
    client = login(controller)

    client.post(urls["done"], {"status": "done_continues", "comment": "", "version": 0})

    assert ActivityReport.objects.get().status == "done_continues"
    assert "Genomförd och fortsätter" in client.get(urls["activity"]).content.decode()
    assert client.post(urls["done"], {"version": 1}).status_code == 422


def test_a_period_outside_the_plan_is_not_found(
    login, controller, goal, last_year, other_org, assignment
):
    client = login(controller)
    for period in (last_year, make_period(other_org, 2025)):
        for name, row in (("goal_judge", goal), ("assignment_report", assignment)):
            url = reverse(f"targets:{name}", args=[row.pk, period.pk])
            assert client.post(url, {"version": 0}).status_code == 404


def test_a_locked_period_is_text_with_the_reason(login, controller, urls, round_state):
    round_state.state, round_state.changed_by = RoundStateName.SUBMITTED, "Karin Lund"
    round_state.save()
    client = login(controller)

    for name in ("goal", "assignment", "activity"):
        page = client.get(urls[name]).content.decode()
        assert "Låst: inlämnad av Karin Lund." in page
        assert "<textarea" not in page
    refused = client.post(urls["report"], {"status": "done", "version": 0})
    assert refused.status_code == 409
    assert "Låst: inlämnad" in refused.content.decode()


def test_an_earlier_text_is_restored_from_the_history(login, controller, chair, urls):
    client = login(controller)
    client.post(urls["report"], {"status": "done", "comment": "Den långa texten", "version": 0})
    client.post(urls["report"], {"status": "done", "comment": "", "version": 1})
    assert "Återställ" not in login(chair).get(urls["history"]).content.decode()
    page = client.get(urls["history"]).content.decode()
    assert f'<time datetime="{TODAY.isoformat()}T' in page  # the organisation's own day
    entry = page.split('name="entry" value="')[1].split('"')[0]

    client.post(urls["history"], {"entry": entry})

    assert AssignmentReport.objects.get().comment == "Den långa texten"


@pytest.mark.parametrize("entry", ["", "0", "x", "999999", "9" * 40])
def test_a_line_that_is_none_of_the_rows_is_not_found(login, controller, urls, entry):
    assert login(controller).post(urls["history"], {"entry": entry}).status_code == 404


def test_a_member_reads_no_history(login, org, committee, urls):
    user = make_user(org, "ledamot")
    make_mandate(user.person, committee, Role.MEMBER)
    client = login(user)

    assert client.get(urls["assignment"]).status_code == 200
    assert client.get(urls["history"]).status_code == 404


def test_an_activity_without_history_says_so(login, controller, urls):
    assert "Inga ändringar ännu" in login(controller).get(urls["activity_history"]).content.decode()


def test_what_is_reported_saves_itself(login, controller, urls):
    client = login(controller)
    htmx = {"HX-Request": "true"}

    first, invalid, stale, moved, judged = (
        client.post(urls[name], typed, headers=htmx)
        for name, typed in (
            ("report", {"status": "done", "comment": "Först.", "version": 0}),
            ("report", {"status": "", "comment": "Först.", "version": 1}),
            ("report", {"status": "year_part_done", "comment": "Sent.", "version": 0}),
            ("judge", {"result": "partly", "proposal": "partly", "version": 0}),
            ("judge", {"result": "achieved", "proposal": "achieved", "version": 0}),
        )
    )

    assert '<span data-version="1">Sparat kl.' in first.content.decode()
    assert (invalid.status_code, "Status:" in invalid.content.decode()) == (422, True)
    html = stale.content.decode()
    assert (stale.status_code, html.count("data-theirs")) == (409, 2)
    assert 'data-theirs="status" data-text="done"' in html
    assert "<del>done" not in html
    assert moved.status_code == 409
    assert "regeln föreslår nu" in moved.content.decode()
    assert '<span data-version="1">Sparat kl.' in judged.content.decode()
