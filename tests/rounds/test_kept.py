"""What was handed in is kept, and is all that those outside the committee read."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from economy.enums import AmountKind
from economy.models import Amount
from governance.models import Body, Period
from governance.queries import root_unit
from governance.rules import Invalid
from rounds.actions.hand_in import keep_what_came_locked
from rounds.actions.locks import PeriodLocked, PeriodNotOpen
from rounds.actions.rounds import open_round
from rounds.enums import RoundStateName
from rounds.models import HandIn, ReportingRound, RoundState
from rounds.queries.hand_ins import kept_of, outward, parts_of
from rounds.queries.states import lock_of
from targets.enums import PART
from tests import factories
from tests.economy.factories import make_line
from tests.factories import TODAY, take
from tests.targets.factories import make_indicator, make_place
from tests.targets.saving import record_outcome

REASON = "Fel månad."


@pytest.fixture
def figure(org, plan, committee, period, controller):
    """The one figure that asks for no comment; write it anew, read it as the board does."""
    indicator = make_indicator(org, "vardplatser", unit="st")
    make_place(plan, indicator)

    def write(text: str) -> None:
        outcome = indicator.outcomes.first()
        record_outcome(
            indicator=indicator,
            unit=root_unit(committee),
            period=period,
            text=text,
            seen=outcome.version if outcome else 0,
            by=controller,
            today=TODAY,
        )

    write.indicator = indicator
    return write


@pytest.fixture
def board_reads(login, case_officer, committee, period, figure):
    client = login(case_officer)
    url = reverse("desk:overview_figure", args=[period.pk, committee.pk, figure.indicator.pk])

    def read() -> str:
        response = client.get(url)
        return response.context["found"].row.value if response.status_code == 200 else ""

    return read


def test_board_reads_what_was_handed_in_while_a_reopened_committee_works_on(
    round_state, controller, head, case_officer, figure, board_reads
):
    read = [board_reads()]
    figure("12")
    read.append(board_reads())
    take(round_state, "hand_in", by=controller)
    read.append(board_reads())
    take(round_state, "approve", by=head)
    take(round_state, "lock", by=case_officer)
    take(round_state, "reopen", by=case_officer, reason=REASON)
    figure("13")
    read.append(board_reads())
    take(round_state, "hand_in", by=controller)
    read.append(board_reads())

    assert read == ["", "", "12", "12", "13"]


def test_an_approved_period_is_opened_again_and_says_so_alike_everywhere(
    login, round_state, controller, head, case_officer, figure, board_reads
):
    figure("12")
    take(round_state, "hand_in", by=controller)
    take(round_state, "approve", by=head)

    take(round_state, "reopen", by=case_officer, reason=REASON)

    client, ended = login(case_officer), f"Öppnad igen 2026-03-10: {REASON}"
    detail = reverse("rounds:round_detail", args=[round_state.reporting_round_id])
    (line,) = client.get(detail).context["page"].lines
    own = client.get(reverse("rounds:round_state", args=[round_state.pk])).context["page"]
    period, body = round_state.reporting_round.period_id, round_state.body_id
    found = client.get(reverse("desk:overview_committee", args=[period, body])).context["found"]
    assert board_reads() == "12"
    assert (line.word, own.word, line.is_handed_in) == ("Öppnad igen", "Öppnad igen", False)
    assert found.committee.words == f"{own.reason_title} {own.reason}" == ended
    figure("13")
    take(round_state, "hand_in", by=controller)
    assert board_reads() == "13"


def test_what_is_sent_back_is_taken_back_to_what_was_read_before(
    round_state, controller, head, case_officer, figure, board_reads
):
    figure("12")
    take(round_state, "hand_in", by=controller)
    take(round_state, "return", by=head, reason=REASON)
    read = [board_reads()]
    take(round_state, "hand_in", by=controller)
    take(round_state, "lock", by=case_officer)
    take(round_state, "reopen", by=case_officer, reason=REASON)
    figure("13")
    take(round_state, "hand_in", by=controller)
    read.append(board_reads())
    take(round_state, "return", by=head, reason=REASON)
    read.append(board_reads())
    figure("14")
    take(round_state, "hand_in", by=controller)
    read.append(board_reads())

    assert read == ["", "13", "12", "14"]


def test_locked_without_being_handed_in_keeps_the_figures_as_they_are(
    round_state, case_officer, figure, board_reads
):
    figure("12")

    take(round_state, "lock", by=case_officer)

    assert board_reads() == "12"
    assert HandIn.objects.get().made_by == str(case_officer)


def test_locking_what_was_handed_in_keeps_nothing_more(
    round_state, controller, case_officer, figure
):
    take(round_state, "hand_in", by=controller)

    take(round_state, "lock", by=case_officer)

    assert HandIn.objects.count() == 1


def test_what_a_file_loaded_as_locked_is_kept_once(org, period, committee, figure, board_reads):
    figure_state = factories.make_round_state(period, committee, RoundStateName.OPEN)
    figure("12")
    RoundState.objects.update(state=RoundStateName.LOCKED)
    before = board_reads()

    assert [keep_what_came_locked([org.pk]) for _twice in range(2)] == [1, 0]
    assert (before, board_reads()) == ("", "12")
    assert outward(figure_state).made_by == ""


def test_the_same_figures_are_the_same_bytes(round_state, controller, head, figure):
    figure("12")
    take(round_state, "hand_in", by=controller)
    take(round_state, "return", by=head, reason=REASON)
    take(round_state, "hand_in", by=controller)

    first, second = HandIn.objects.order_by("pk")
    assert (bytes(first.content), first.sha256) == (bytes(second.content), second.sha256)


def test_the_approver_sees_what_is_kept(login, round_state, controller, head, figure):
    figure("12")
    take(round_state, "hand_in", by=controller)
    page = login(head).get(reverse("rounds:round_state", args=[round_state.pk])).context["page"]

    (targets, *_others) = page.parts
    assert page.sha256 == HandIn.objects.get().sha256
    assert [(row.name, row.value) for row in targets.rows] == [("Indikatorn vardplatser", "12 st")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rounds_handin SET sha256 = 'x'",
        "DELETE FROM rounds_handin",
        "UPDATE rounds_handin SET content = NULL",
    ],
)
def test_the_database_keeps_what_was_handed_in(statement, round_state, controller):
    take(round_state, "hand_in", by=controller)

    with pytest.raises(IntegrityError, match="is sealed"), transaction.atomic():
        connection.cursor().execute(statement)

    assert HandIn.objects.count() == 1


# Parts.


@pytest.fixture
def month(org, period, committee, case_officer) -> RoundState:
    """A month that ends with the year and asks for the economy alone."""
    december = Period.objects.create(
        organisation=org,
        key="december",
        name="December 2025",
        short_name="Dec",
        starts_on=date(2025, 12, 1),
        ends_on=period.ends_on,
    )
    return of_round(december, committee, case_officer, "Månadsrapport", ["economy"])


def of_round(period: Period, body: Body, by, name: str, parts: list[str]) -> RoundState:
    opened = open_round(
        organisation=period.organisation,
        period=period,
        name=name,
        cut_off_on=period.ends_on,
        due_on=date(2026, 3, 12),
        bodies=[body],
        parts=parts,
        by=by,
    )
    return opened.states.select_related("body", "reporting_round__period").get()


def test_month_asks_for_the_economy_alone(month, committee, controller):
    line = make_line(committee)
    period = month.reporting_round.period
    Amount.objects.create(line=line, period=period, kind=AmountKind.OUTCOME, value="1500000")

    take(month, "hand_in", by=controller)

    assert list(parts_of(bytes(HandIn.objects.get().content))) == ["economy"]
    assert lock_of(period, committee, "economy").startswith("Låst: inlämnad")
    assert lock_of(period, committee, PART) == "December 2025 är inte öppen för rapportering."


def test_controller_is_told_to_hand_in_a_month_and_led_to_its_economy(
    login, month, committee, controller
):
    make_line(committee)
    client = login(controller)

    (task,) = client.get(reverse("desk:todo")).context["todo"].now
    (line,) = client.get(reverse("desk:reporting")).context["rounds"]

    found = task.task.what, task.task.url_name, task.task.pk
    assert found == ("Lämna in: ekonomi", "rounds:round_state", month.pk)
    assert (line.missing, line.url) == (None, reverse("economy:entry_grid", args=[month.pk]))


def test_rounds_of_one_period_lock_what_they_ask_for(
    period, committee, case_officer, controller, figure, round_state
):
    economy = of_round(period, committee, case_officer, "Bara ekonomi", ["economy"])

    take(economy, "hand_in", by=controller)
    figure("12")
    take(round_state, "hand_in", by=controller)

    with pytest.raises(PeriodLocked):
        figure("13")
    kept = kept_of([committee.pk], [period.pk])[committee.pk, period.pk]
    assert sorted(kept.parts) == ["economy", "internal_control", "targets"]


def test_nobody_is_asked_for_outcomes_in_a_round_of_the_economy(
    month, committee, controller, indicator
):
    with pytest.raises(PeriodNotOpen):
        record_outcome(
            indicator=indicator,
            unit=root_unit(committee),
            period=month.reporting_round.period,
            text="7",
            seen=0,
            by=controller,
            today=TODAY,
        )


def test_round_is_compared_with_one_of_the_same_parts(period, last_year, committee, case_officer):
    whole = of_round(last_year, committee, case_officer, "Årsrapport", [])
    economy = of_round(last_year, committee, case_officer, "Bara ekonomi", ["economy"])

    found = [
        of_round(period, committee, case_officer, name, parts).reporting_round.previous
        for name, parts in (("Årsrapport", []), ("Bara ekonomi", ["economy"]))
    ]

    assert found == [whole.reporting_round, economy.reporting_round]


def test_unknown_part_is_refused(period, committee, case_officer):
    with pytest.raises(Invalid):
        of_round(period, committee, case_officer, "Något", ["personal"])

    assert not ReportingRound.objects.exists()


def test_the_other_parts_are_read_by_the_board(
    login, round_state, committee, period, case_officer, controller
):
    line = make_line(committee)
    amount = Amount.objects.create(
        line=line, period=period, kind=AmountKind.OUTCOME, value="1500000"
    )
    take(round_state, "hand_in", by=controller)
    amount.value = "9900000"
    amount.save()

    url = reverse("desk:overview_committee", args=[period.pk, committee.pk])
    found = login(case_officer).get(url).context["found"]

    assert [(part.label, [row.value for row in part.rows]) for part in found.others] == [
        ("Ekonomi", ["+1,5 mnkr"])
    ]
