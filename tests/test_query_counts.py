"""A list of thirty costs as many queries as a list of one, and who asks is read once a request."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import documents.actions
from dialogues.enums import ParagraphState
from dialogues.models import Dialogue, DialogueRound, Meeting, Paragraph
from governance.enums import Role
from governance.models import Body, Period
from internal_control.models import ControlPlan
from reports.models import Report, ReportVersion, VersionHandling
from rounds.enums import RoundStateName
from rounds.models import Reminder, ReportingRound, RoundState
from targets.models import Activity, AssignmentReport, Goal, Indicator, Plan, PlannedIndicator
from tests import factories, world
from tests.economy.factories import make_amount, make_line, make_scope
from tests.internal_control.factories import make_area, make_result
from tests.pages import ENTRIES, address
from tests.world import World

ONE, REST = range(1), range(1, 30)


@pytest.fixture
def region(walked_world, db) -> World:
    return world.read_again(walked_world)


def more_rounds(w: World, numbers: range) -> None:
    for n in numbers:
        period = Period.objects.create(
            organisation=w.organisation,
            key=f"period-{n}",
            name=f"Period {n}",
            short_name=f"P {n}",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 1, 31),
        )
        occasion = ReportingRound.objects.create(
            period=period,
            key="r",
            name=f"Omgång {n}",
            cut_off_on=date(2026, 1, 31),
            due_on=date(2026, 3, 1),
        )
        RoundState.objects.create(reporting_round=occasion, body=w.body("dnrgs"))


def more_committees(w: World, numbers: range) -> None:
    """Each in the same reporting round with a controller, every other one handed in."""
    occasion = first_round(w)
    for n in numbers:
        body = factories.make_body(w.organisation, f"ny-namnd-{n}", short_name=f"Ny {n}")
        user = factories.make_user(
            w.organisation, f"ny-controller-{n}", roles={Role.CONTROLLER: body}
        )
        assert user.person is not None
        user.person.email = f"ny-{n}@example.se"
        user.person.save(update_fields=["email"])
        state = RoundStateName.OPEN if n % 2 else RoundStateName.SUBMITTED
        RoundState.objects.create(reporting_round=occasion, body=body, state=state)


def more_handed_in(w: World, numbers: range) -> None:
    more_rounds(w, numbers)
    RoundState.objects.filter(body=w.body("dnrgs")).update(state=RoundStateName.SUBMITTED)


def more_reminders(w: World, numbers: range) -> None:
    person = w.users["controller"].person
    for _n in numbers:
        Reminder.objects.create(
            reporting_round=first_round(w),
            person=person,
            mail=documents.actions.request_mail(
                organisation=w.organisation,
                to="controller@example.se",
                subject="Påminnelse",
                text="Hej!",
                about="/",
                by=w.users["handlaggare"],
                now=timezone.now(),
            ),
            asked_by="Sofia Nyberg",
            asked_at=timezone.now(),
        )


def first_round(w: World) -> ReportingRound:
    return ReportingRound.objects.get(period__organisation=w.organisation, key="arsrapport-2025")


def who_has_not(w: World) -> str:
    return reverse("rounds:round_detail", args=[first_round(w).pk])


def remind_page(w: World) -> str:
    return reverse("rounds:round_remind", args=[first_round(w).pk])


def more_packs(w: World, numbers: range) -> None:
    """Drafts to write, and versions handed over."""
    template = world.pack_of(w).template
    for n in numbers:
        report = Report.objects.create(
            body=w.body("dnrgs"),
            template=template,
            key=f"pack-{n}",
            name=f"Underlag {n}",
            year=2026,
        )
        frozen(report)


def frozen(report: Report) -> None:
    version = ReportVersion.objects.exclude(report=report).first()
    assert version is not None
    version.pk, version.report = None, report
    version.save(force_insert=True)
    VersionHandling.objects.create(report_version=version)


def more_dialogues(w: World, numbers: range) -> None:
    """Each with a committee and a handed-over pack of its own."""
    occasion = DialogueRound.objects.get(board=w.body("rs"))
    template = world.pack_of(w).template
    for n in numbers:
        body = factories.make_body(w.organisation, f"namnd-{n}", short_name=f"N {n}")
        report = Report.objects.create(
            body=body, template=template, key="pack", name=f"Underlag {n}", year=2026
        )
        frozen(report)
        make_dialogue(occasion, body, w.body("rsau"), report)


def make_dialogue(
    occasion: DialogueRound, body: Body, receiving: Body, report: Report | None
) -> Dialogue:
    return Dialogue.objects.create(
        round=occasion,
        committee=body,
        receiving_body=receiving,
        key=body.key,
        held_on=date(2026, 3, 20),
        pack=report,
        pack_due_on=date(2026, 3, 12),
        proposal_due_on=date(2026, 3, 12),
    )


def more_dialogue_rounds(w: World, numbers: range) -> None:
    for n in numbers:
        occasion = DialogueRound.objects.create(
            board=w.body("rs"), key=f"omgang-{n}", name=f"Omgång {n}", opens_on=date(2026, 1, 1)
        )
        make_dialogue(occasion, w.body("dnrgs"), w.body("rsau"), None)


def more_meetings(w: World, numbers: range) -> None:
    """Each with a paragraph to write and one verified."""
    first = world.meeting_of(w)
    for n in numbers:
        meeting = Meeting.objects.create(
            body=first.body,
            key=f"mote-{n}",
            held_on=date(2026, 2, 1),
            presiding=first.presiding,
            secretary=first.secretary,
            verifier=first.verifier,
        )
        for number, state in ((200 + n, ParagraphState.DRAFT), (300 + n, ParagraphState.VERIFIED)):
            Paragraph.objects.create(
                meeting=meeting,
                key=f"p-{number}",
                number=number,
                year=2026,
                heading=f"Ärende {number}",
                state=state,
            )


def more_indicators(w: World, numbers: range) -> None:
    plan = Plan.objects.get(body=w.body("dnrgs"), year=2025)
    for n in numbers:
        indicator = Indicator.objects.create(
            organisation=w.organisation, key=f"matt-{n}", name=f"Mått {n}", unit_label="%"
        )
        PlannedIndicator.objects.create(
            plan=plan, indicator=indicator, key=f"matt-{n}", group="Mått", position=100 + n
        )


def more_goals(w: World, numbers: range) -> None:
    """Each with an assignment reported beneath it, an activity and an indicator."""
    plan = Plan.objects.get(body=w.body("dnrgs"), year=2025)
    goal = plan.goals.get(name="Trygg service")
    report = AssignmentReport.objects.filter(goal__parent=goal).earliest("pk")
    for n in numbers:
        node = Goal.objects.create(
            plan=plan,
            level=report.goal.level,
            parent=goal,
            key=f"n-{n}",
            name=f"Nod {n}",
            position=n,
        )
        AssignmentReport.objects.create(goal=node, period=report.period, status=report.status)
        Activity.objects.create(plan=plan, goal=node, key=f"a-{n}", name=f"A {n}", position=n)
    more_indicators(w, numbers)
    plan.planned_indicators.filter(key__startswith="matt-").update(goal=goal)


def of_2025(url: str, **where: object) -> Callable[[World], str]:
    def address(w: World) -> str:
        rows = Goal.objects.filter(plan__body=w.body("dnrgs"), plan__year=2025, **where)
        goal = rows.earliest("pk")
        return reverse(url, args=[goal.pk if url.endswith("goal_detail") else goal.plan_id])

    return address


def grid(w: World) -> str:
    return reverse("targets:entry_grid", args=[RoundState.objects.get(body=w.body("dnrgs")).pk])


def economy_grid(w: World) -> str:
    return reverse("economy:entry_grid", args=[RoundState.objects.get(body=w.body("dnrgs")).pk])


def more_lines(w: World, numbers: range) -> None:
    body, period = (
        w.body("dnrgs"),
        Period.objects.get(organisation=w.organisation, key="helar-2025"),
    )
    for n in numbers:
        make_amount(make_line(body, f"rad-{n}", scope=make_scope(body, f"s-{n}")), period, "1")


def control_grid(w: World) -> str:
    state = RoundState.objects.get(body=w.body("dnrgs"))
    return reverse("internal_control:entry_grid", args=[state.pk])


def more_areas(w: World, numbers: range) -> None:
    plan = ControlPlan.objects.get(body=w.body("dnrgs"))
    period = Period.objects.get(organisation=w.organisation, key="helar-2025")
    for n in numbers:
        make_result(make_area(plan, f"omrade-{n}"), period, None)


def round_page(w: World) -> str:
    pk = (
        DialogueRound.objects.filter(board=w.body("rs")).order_by("pk").values_list("pk", flat=True)
    )
    return reverse("dialogues:round_detail", args=[pk[0]])


Case = tuple[str, str | Callable[[World], str], Callable[[World, range], None]]
LISTS: tuple[Case, ...] = (
    ("controller", "desk:todo", more_rounds),
    ("handlaggare", "desk:todo", more_rounds),
    ("forvaltningschef", "desk:todo", more_handed_in),
    ("controller", "rounds:round_list", more_rounds),
    ("handlaggare", "rounds:round_list", more_rounds),
    ("handlaggare", who_has_not, more_committees),
    ("handlaggare", who_has_not, more_reminders),
    ("handlaggare", remind_page, more_committees),
    ("controller", "desk:todo", more_packs),
    ("handlaggare", "desk:todo", more_dialogues),
    ("ledamot", "desk:todo", more_dialogues),
    ("sekreterare", "desk:todo", more_meetings),
    ("registrator", "desk:todo", more_meetings),
    ("controller", "desk:reporting", more_rounds),
    ("controller", "reports:pack_list", more_packs),
    ("handlaggare", "dialogues:round_list", more_dialogue_rounds),
    ("handlaggare", round_page, more_dialogues),
    ("sekreterare", "dialogues:meeting_list", more_meetings),
    ("registrator", "dialogues:paragraph_list", more_meetings),
    ("controller", grid, more_indicators),
    ("controller", economy_grid, more_lines),
    ("controller", control_grid, more_areas),
    ("controller", of_2025("targets:plan_detail"), more_goals),
    ("controller", of_2025("targets:plan_edit"), more_goals),
    ("controller", of_2025("targets:plan_open_next"), more_goals),
    ("controller", of_2025("targets:goal_detail", name="Trygg service"), more_goals),
)


def queries_of(w: World, account: str, url: str) -> list[str]:
    client = Client()
    client.force_login(w.users[account])
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize(("account", "page", "grow"), LISTS)
def test_thirty_rows_cost_no_more_than_one(account, page, grow, region):
    url = page(region) if callable(page) else reverse(page)
    grow(region, ONE)
    few = queries_of(region, account, url)

    grow(region, REST)

    many = queries_of(region, account, url)
    extra = many[len(few) :][:3] if len(many) > len(few) else []
    assert (len(many), extra) == (len(few), [])


WHO_ASKS = {
    "session": 'FROM "django_session" WHERE',
    "user, person, organisation and mandates": 'FROM "governance_user" LEFT OUTER JOIN',
}
LEADS_ON = {"dialogues:paragraph_edit", "reports:pack_detail", "targets:indicator_index"}
OPENED = sorted({name for name, entry in ENTRIES.items() if entry.by and entry.html} - LEADS_ON)


@pytest.mark.parametrize("name", OPENED)
def test_who_asks_is_read_once(name, region):
    user = region.users[ENTRIES[name].by]

    asked = queries_of(region, ENTRIES[name].by, address(name, region.organisation))

    again = (
        f'"governance_mandate"."person_id" = {user.person_id})',
        f'"is_demo" FROM "governance_user" WHERE "governance_user"."id" = {user.pk} ',
        f'FROM "governance_person" WHERE "governance_person"."id" = {user.person_id} ',
        f'WHERE "governance_organisation"."id" = {region.organisation.pk} ',
    )
    times = {what: sum(sql in each for each in asked) for what, sql in WHO_ASKS.items()}
    assert times == dict.fromkeys(WHO_ASKS, 1)
    assert [each for each in asked if any(sql in each for sql in again)] == []


# At most; all of it the everyday page of one who has something to do there.
ANSWERED_AT_ONCE = (
    ("controller", "desk:todo", 7),
    ("handlaggare", "desk:todo", 7),
    ("ledamot", "desk:overview", 9),
    ("controller", "targets:indicator_detail", 9),
)


@pytest.mark.parametrize(("account", "name", "queries"), ANSWERED_AT_ONCE)
def test_pages_that_answer_at_once(account, name, queries, region):
    url = address(name, region.organisation)
    queries_of(region, account, url)  # what is handed in is read once, and remembered

    assert len(queries_of(region, account, url)) == queries
