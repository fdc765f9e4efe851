"""Opening, changing and locking a round, and who may take a body's round to which state."""

from datetime import date

import pytest

from governance.models import AuditEntry, Period
from governance.rules import Invalid, Refusal
from rounds.actions.rounds import NewPeriod, change_round, lock_round, open_round
from rounds.enums import RoundStateName
from rounds.models import ReportingRound, RoundState
from rounds.permissions import can_approve_figures, can_change_round, can_lead_rounds
from rounds.states import ROUND
from tests import factories
from tests.factories import TODAY

ACTORS = (
    "controller",
    "head",
    "chair",
    "reader",
    "case_officer",
    "secretary",
    "presiding",
    "member",
    "registrar",
    "outsider",
    "stranger",
    "administrator",
)
MAY = {
    "hand_in": {"controller"},
    "approve": {"head"},
    "return": {"head"},
    "lock": {"case_officer"},
    "reopen": {"case_officer"},
}


@pytest.mark.parametrize("act", MAY)
@pytest.mark.parametrize("who", ACTORS)
def test_who_may_take_which_act(who, act, request, round_state):
    user = request.getfixturevalue(who)

    assert can_change_round(user, round_state, act, TODAY) == (who in MAY[act])


def test_every_act_has_somebody_who_may_take_it():
    assert set(MAY) == {act.name for act in ROUND.transitions}


@pytest.mark.parametrize("who", ACTORS)
def test_who_leads_and_who_approves(who, request, org, committee):
    user = request.getfixturevalue(who)

    assert can_lead_rounds(user, org.pk, TODAY) == (who == "case_officer")
    assert can_approve_figures(user, committee, TODAY) == (who == "head")


def test_administrator_leads_nothing_even_with_a_mandate(administrator, org, board):
    factories.make_mandate(administrator.person, board, "case_officer")

    assert not can_lead_rounds(administrator, org.pk, TODAY)


@pytest.fixture
def opening(org, period, committee, case_officer):
    def opened(**changes) -> ReportingRound:
        values = {
            "organisation": org,
            "period": period,
            "name": "Årsrapport 2025",
            "cut_off_on": date(2025, 12, 31),
            "due_on": date(2026, 3, 12),
            "bodies": [committee],
            "by": case_officer,
        }
        return open_round(**(values | changes))

    return opened


def new_period(name="Helår 2026", *, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)):
    return NewPeriod(name=name, short_name="", starts_on=starts_on, ends_on=ends_on, previous=None)


def test_open_round_for_a_standing_period(opening, committee, other_committee, case_officer):
    opened = opening(bodies=[committee, other_committee])

    assert opened.key == "arsrapport-2025"
    assert {(s.body, s.state) for s in opened.states.select_related("body")} == {
        (committee, "open"),
        (other_committee, "open"),
    }
    assert AuditEntry.objects.filter(new="öppnad", actor=str(case_officer)).count() == 3


def test_open_round_follows_the_round_of_the_period_it_is_compared_with(
    opening, last_year, committee
):
    before = factories.make_round_state(last_year, committee).reporting_round

    assert opening().previous == before


def test_open_round_makes_the_new_period(opening, org):
    opened = opening(period=new_period(), due_on=date(2027, 2, 1), cut_off_on=date(2026, 12, 31))

    period = opened.period
    assert (period.organisation, period.key, period.short_name) == (org, "helar-2026", "Helår 2026")
    assert (period.starts_on, period.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))


def test_keys_are_never_used_twice(opening, period):
    first, second = opening(name="Uppföljning 1"), opening(name="Uppföljning: 1")
    third = opening(name="§§§")

    assert [first.key, second.key, third.key] == ["uppfoljning-1", "uppfoljning-1-2", "namnlos"]


@pytest.mark.parametrize(
    "changes",
    [
        {"bodies": []},
        {"due_on": date(2025, 12, 30)},
        {"cut_off_on": date(2024, 12, 31)},
        {"period": new_period("Helår 2025")},
        {"period": new_period(ends_on=date(2025, 12, 31))},
    ],
    ids=["nobody", "due before cut-off", "cut-off before period", "period stands", "backwards"],
)
def test_what_contradicts_itself_is_refused(changes, opening):
    periods = Period.objects.count()

    with pytest.raises(Invalid):
        opening(**changes)

    assert (Period.objects.count(), ReportingRound.objects.count()) == (periods, 0)


def test_the_same_name_twice_in_a_period_is_refused(opening):
    opening()

    with pytest.raises(Invalid):
        opening()


def test_change_round_asks_further_bodies_and_writes_what_changed(
    opening, committee, other_committee, case_officer
):
    opened = opening()

    change_round(
        reporting_round=opened,
        name="Årsrapport 2025",
        cut_off_on=date(2025, 12, 31),
        due_on=date(2026, 4, 1),
        bodies=[committee, other_committee],
        by=case_officer,
    )

    opened.refresh_from_db()
    assert opened.due_on == date(2026, 4, 1)
    assert opened.states.count() == 2
    changed = AuditEntry.objects.filter(object_type="rounds.ReportingRound").exclude(field="")
    assert [(e.field, e.old, e.new) for e in changed] == [("due_on", "2026-03-12", "2026-04-01")]


def make_states(period, bodies_and_states) -> ReportingRound:
    states = [factories.make_round_state(period, body, to) for body, to in bodies_and_states]
    return states[0].reporting_round


def test_lock_round_takes_the_approved_ones(period, committee, other_committee, case_officer):
    found = make_states(
        period,
        [(committee, RoundStateName.APPROVED), (other_committee, RoundStateName.SUBMITTED)],
    )
    act = {"reporting_round": found, "by": case_officer, "today": TODAY}

    assert lock_round(**act, only_approved=True) == 1
    assert RoundState.objects.get(body=other_committee).state == RoundStateName.SUBMITTED
    assert lock_round(**act, only_approved=False) == 1
    assert set(found.states.values_list("state", flat=True)) == {"locked"}
    with pytest.raises(Refusal):
        lock_round(**act, only_approved=False)
