from datetime import date
from decimal import Decimal

import pytest

from figures.actions import record as save_grid
from figures.enums import ValueKind
from figures.rules.grid import Typed
from figures.rules.key import CellKey, Key
from figures.rules.numbers import Doubtful, NotANumber, OutOfRange
from governance.models import AuditEntry
from governance.queries import root_unit
from governance.rules import Refusal, Stale
from rounds.actions.hand_in import hand_in
from rounds.actions.locks import PeriodLocked, PeriodNotOpen
from rounds.enums import RoundStateName
from targets.models import Outcome
from targets.outcomes.grids import OutcomeGrid
from tests.factories import TODAY, make_period, make_round_state, make_user
from tests.targets.factories import make_indicator, make_outcome, make_place
from tests.targets.saving import record_outcome


@pytest.fixture
def record(indicator, committee, period, round_state, controller):
    """Record sick leave of the period."""

    def save(text, *, seen=0, by=controller, today=TODAY):
        return record_outcome(
            indicator=indicator,
            unit=root_unit(committee),
            period=period,
            text=text,
            seen=seen,
            by=by,
            today=today,
        )

    return save


def typed(indicator, body, text):
    key = Key(what=indicator.pk, unit=root_unit(body).pk)
    return Typed(cell=CellKey(row=key, column="value"), text=text, seen=0)


def history():
    return list(AuditEntry.objects.order_by("id").values_list("actor", "field", "old", "new"))


def test_first_value_is_version_1_with_a_history_row(record, committee, controller):
    outcome = record("6,94")

    kept = Outcome.objects.get()
    assert outcome.pk == kept.pk
    assert (kept.kind, kept.number, kept.decimals) == ("number", Decimal("6.94"), 2)
    assert kept.version == 1
    assert history() == [("Controller", "value", "", "6,94")]
    entry = AuditEntry.objects.get()
    assert (entry.object_type, entry.object_id) == ("targets.Outcome", kept.pk)
    assert (entry.body_id, entry.actor_id) == (committee.pk, controller.pk)


def test_changed_value_raises_the_version(record):
    record("6,94")

    record("6,9", seen=1)

    kept = Outcome.objects.get()
    assert (kept.number, kept.decimals, kept.version) == (Decimal("6.9"), 1, 2)
    assert history()[1:] == [("Controller", "value", "6,94", "6,9")]


def test_same_value_again_writes_nothing(record):
    record("6,94")

    record("6.94", seen=0)
    record(" 6,94 % ", seen=1)

    assert Outcome.objects.get().version == 1
    assert len(history()) == 1


def test_another_way_of_writing_is_a_change(record):
    record("3,3")

    record("3,30", seen=1)

    assert history()[1:] == [("Controller", "value", "3,3", "3,30")]


def test_emptied_value_is_missing_and_keeps_its_row(record):
    record("6,94")

    record("", seen=1)

    kept = Outcome.objects.get()
    assert (kept.kind, kept.number, kept.version) == (ValueKind.MISSING, None, 2)
    assert history()[1:] == [("Controller", "value", "6,94", "")]


def test_nothing_typed_in_an_empty_row_writes_nothing(record):
    assert record("  ") is None

    assert Outcome.objects.count() == 0
    assert history() == []


@pytest.mark.parametrize(
    ("text", "error"), [("ca 70", NotANumber), ("694", OutOfRange), ("1" * 5000, OutOfRange)]
)
def test_bad_value_loses_nothing(record, text, error):
    record("6,94")

    with pytest.raises(error):
        record(text, seen=1)

    kept = Outcome.objects.get()
    assert (kept.number, kept.version) == (Decimal("6.94"), 1)


def test_stale_version_carries_both_values(record, org, committee):
    anna = make_user(org, "anna", name="Anna Berg")
    record("92,1")
    record("93,0", seen=1, by=anna)

    with pytest.raises(Stale) as refused:
        record("92,5", seen=1)

    stale = refused.value
    assert (stale.typed, stale.theirs, stale.version) == ("92,5", "93,0", 2)
    assert stale.message.startswith("Anna Berg ändrade 92,1 till 93,0 kl. ")
    assert stale.message.endswith(". Du skrev 92,5.")
    assert Outcome.objects.get().number == Decimal("93.0")


def test_value_that_came_while_the_form_was_empty_is_a_conflict(record):
    record("6,94")

    with pytest.raises(Stale) as refused:
        record("7,1", seen=0)

    assert refused.value.message.startswith("Controller skrev 6,94 kl. ")


def test_value_loaded_from_a_file_names_nobody(record, indicator, committee, period):
    make_outcome(indicator, committee, period, "6.94")

    with pytest.raises(Stale) as refused:
        record("7,1", seen=0)

    assert refused.value.message == (
        "Värdet har ändrats till 6,94 sedan du öppnade sidan. Du skrev 7,1."
    )


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (RoundStateName.SUBMITTED, "Låst: inlämnad 2026-02-10 av Karin Lund."),
        (RoundStateName.APPROVED, "Låst: godkänd 2026-02-10 av Karin Lund."),
        (RoundStateName.LOCKED, "Låst 2026-02-10 av Karin Lund."),
    ],
)
def test_locked_period_is_refused_with_the_reason(record, round_state, state, reason):
    round_state.state, round_state.changed_on = state, date(2026, 2, 10)
    round_state.changed_by = "Karin Lund"
    round_state.save()

    with pytest.raises(PeriodLocked) as refused:
        record("6,94")

    assert refused.value.message == reason
    assert Outcome.objects.count() == 0


def test_returned_period_is_open_again(record, round_state):
    round_state.state = RoundStateName.RETURNED
    round_state.save()

    assert record("6,94").version == 1


def test_period_without_a_round_for_the_body_is_refused(
    indicator, committee, last_year, controller
):
    with pytest.raises(PeriodNotOpen) as refused:
        record_outcome(
            indicator=indicator,
            unit=root_unit(committee),
            period=last_year,
            text="1",
            seen=0,
            by=controller,
            today=TODAY,
        )

    assert refused.value.message == "Helår 2024 är inte öppen för rapportering."


def test_period_that_has_not_begun_is_refused(org, indicator, committee, controller):
    future = make_period(org, 2027)
    make_round_state(future, committee)

    with pytest.raises(PeriodNotOpen) as refused:
        record_outcome(
            indicator=indicator,
            unit=root_unit(committee),
            period=future,
            text="1",
            seen=0,
            by=controller,
            today=TODAY,
        )

    assert refused.value.message == "Helår 2027 börjar först 2027-01-01."


def test_grid_saves_the_good_cells_and_answers_each(
    org, plan, indicator, committee, period, round_state, controller
):
    hme = make_indicator(org, "hme", unit="index")

    make_place(plan, hme)
    bad, good = typed(indicator, committee, "ca 7"), typed(hme, committee, "76")

    answers = save_grid(OutcomeGrid(round_state), [bad, good], by=controller, today=TODAY)

    assert isinstance(answers[bad], Doubtful)
    assert answers[good] is None
    assert Outcome.objects.get().number == 76


def test_submitted_round_locks_and_is_refused_twice(round_state, controller, record):
    hand_in(state=round_state, by=controller, today=TODAY, seen=1)

    with pytest.raises(Refusal) as twice:
        hand_in(state=round_state, by=controller, today=TODAY, seen=1)
    with pytest.raises(PeriodLocked):
        record("1")

    round_state.refresh_from_db()
    assert (round_state.state, round_state.changed_by) == ("submitted", "Controller")
    assert twice.value.message == "Perioden är inlämnad och kan inte lämnas in."


class LooksTooEarly(OutcomeGrid):
    """Sees nothing the first time: the row is made by another in that moment."""

    looks = 0

    def _read(self, keys, *, lock):
        super()._read(keys, lock=lock)
        self.looks += 1
        if self.looks == 1:
            self._rows = []


def test_two_first_values_in_the_same_moment_are_one_row_and_a_conflict(
    plan, indicator, committee, period, round_state, controller
):
    make_outcome(indicator, committee, period, "7.1")
    mine = typed(indicator, committee, "6")

    answers = save_grid(LooksTooEarly(round_state), [mine], by=controller, today=TODAY)

    assert isinstance(answers[mine], Stale)
    assert Outcome.objects.get().number == Decimal("7.1")
