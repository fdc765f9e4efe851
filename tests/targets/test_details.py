"""Details, restore and evidence: rows, versions, history, refusals."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from documents import files
from figures.enums import ValueKind, ValueScope
from governance.enums import ChangeKind
from governance.history import record as write_history
from governance.models import AuditEntry, Unit
from governance.queries import root_unit
from governance.rules import Stale
from rounds.actions.locks import PeriodLocked
from rounds.enums import RoundStateName
from rounds.models import RoundState
from targets.enums import RollUp
from targets.models import Evidence, Outcome
from targets.outcomes.actions.details import (
    NothingToCompute,
    NotRestorable,
    record_details,
    restore,
)
from targets.outcomes.actions.evidence import add_evidence, remove_evidence
from targets.outcomes.queries.value_history import details_of
from targets.outcomes.rules.details import Contradiction, Details
from targets.outcomes.rules.evidence import UnfitFile
from tests.factories import TODAY
from tests.targets.factories import make_outcome
from tests.targets.saving import record_outcome

NOW = datetime(2026, 10, 4, 8, 30, tzinfo=UTC)
SHARE = Details(numerator=Decimal(228), denominator=Decimal(413))


@pytest.fixture
def address(indicator, committee, period, round_state):
    unit = root_unit(committee)
    unit.body = committee
    return {"indicator": indicator, "unit": unit, "period": period}


@pytest.fixture
def detail(address, controller):
    def save(details, *, seen=0, compute=False, by=controller, unit=None):
        where = {**address, "unit": unit} if unit else address
        return record_details(
            **where, details=details, compute=compute, seen=seen, by=by, today=TODAY
        )

    return save


@pytest.fixture
def record(address, controller):
    def save(text, *, seen=0, kind=ValueKind.NUMBER):
        return record_outcome(
            **address, text=text, kind=kind, seen=seen, by=controller, today=TODAY
        )

    return save


@pytest.fixture
def bring_back(controller):
    """Restore what stood before the numbered change, 0 the first."""

    def again(number, *, seen):
        entry = AuditEntry.objects.order_by("id")[number]
        outcome = Outcome.objects.get(pk=entry.object_id)
        return restore(outcome=outcome, change=entry.pk, seen=seen, by=controller, today=TODAY)

    return again


def history():
    return list(AuditEntry.objects.order_by("id").values_list("field", "old", "new"))


def lock(state):
    RoundState.objects.filter(pk=state.pk).update(state=RoundStateName.SUBMITTED)


def test_details_of_a_value_nobody_has_entered_make_a_missing_row(detail):
    detail(Details(source="Heroma", group_size=42))

    kept = Outcome.objects.get()
    assert (kept.kind, kept.version, kept.source, kept.group_size) == ("missing", 1, "Heroma", 42)
    assert history() == [("group_size", "", "42"), ("source", "", "Heroma")]


def test_each_changed_field_is_one_history_row_in_one_version(detail):
    detail(Details(source="Heroma", measured_on=date(2025, 11, 3)))

    detail(
        Details(source="HRutan", measured_on=None, scope=ValueScope.REGION, is_stated=True),
        seen=1,
    )

    assert Outcome.objects.get().version == 2
    assert history()[2:] == [
        ("scope", "Den egna nämnden", "Hela regionen"),
        ("measured_on", "2025-11-03", ""),
        ("is_stated", "Nej", "Ja"),
        ("source", "Heroma", "HRutan"),
    ]


def test_same_details_again_write_nothing_whatever_was_seen(detail):
    detail(SHARE)

    detail(SHARE, seen=7)

    assert (Outcome.objects.get().version, len(history())) == (1, 2)


def test_nothing_said_of_nothing_makes_no_row(detail):
    assert detail(Details()) is None
    assert not Outcome.objects.exists()


def test_numerator_and_denominator_leave_the_value_alone_until_asked(detail):
    detail(SHARE)
    assert Outcome.objects.get().kind == ValueKind.MISSING

    detail(SHARE, seen=1, compute=True)

    kept = Outcome.objects.get()
    assert (kept.number, kept.decimals, kept.version) == (Decimal("55.205811"), 1, 2)
    assert history()[-1] == ("value", "", "55,2")


def test_computing_keeps_the_decimals_the_value_was_written_with(detail, record):
    record("55,19")

    detail(SHARE, seen=1, compute=True)

    assert ("value", "55,19", "55,21") in history()


def test_computing_without_numbers_is_refused(detail):
    with pytest.raises(NothingToCompute):
        detail(Details(numerator=Decimal(1)), compute=True)

    assert not Outcome.objects.exists()


def test_contradictions_are_refused(detail):
    with pytest.raises(Contradiction):
        detail(Details(numerator=Decimal(414), denominator=Decimal(413)))


def test_stale_details_say_who_was_first(detail, head):
    detail(Details(source="Heroma"))
    detail(Details(source="HRutan"), seen=1, by=head)

    with pytest.raises(Stale, match=r"Head ändrade källa kl\. .* Det du skrev står kvar"):
        detail(Details(source="Excel"), seen=1)

    assert Outcome.objects.get().source == "HRutan"


def test_locked_period_refuses_details_restore_and_files(
    detail, record, bring_back, address, controller, round_state
):
    record("6,94")
    record("6,90", seen=1)
    evidence = add_evidence(
        **address, name="a.pdf", data=b"%PDF-1", by=controller, today=TODAY, now=NOW
    )
    lock(round_state)

    with pytest.raises(PeriodLocked):
        detail(Details(source="x"), seen=2)
    with pytest.raises(PeriodLocked):
        bring_back(1, seen=2)
    with pytest.raises(PeriodLocked):
        add_evidence(**address, name="b.pdf", data=b"%PDF-2", by=controller, today=TODAY, now=NOW)
    with pytest.raises(PeriodLocked):
        remove_evidence(evidence=evidence, by=controller, today=TODAY)


def test_units_details_reach_the_whole(detail, address, committee, indicator):
    indicator.rollup = RollUp.RATIO
    indicator.save()
    unit = Unit.objects.create(body=committee, parent=address["unit"], key="norr", name="Norr")
    unit.body = committee

    detail(SHARE, compute=True, unit=unit)

    whole = Outcome.objects.get(unit=address["unit"])
    assert (whole.numerator, whole.denominator, whole.is_rolled_up) == (228, 413, True)
    assert whole.number == Decimal("55.205811")


def test_wholes_own_numbers_come_from_the_units_alone(
    detail, indicator, committee, period, address
):
    whole = make_outcome(indicator, committee, period, "5")
    whole.is_rolled_up = True
    whole.save()

    detail(replace(SHARE, source="Heroma"), seen=1)

    whole.refresh_from_db()
    assert (whole.numerator, whole.source) == (None, "Heroma")
    with pytest.raises(NothingToCompute):
        detail(SHARE, seen=2, compute=True)


def test_earlier_value_comes_back_as_a_new_change(record, bring_back):
    record("6,94")
    record("7,10", seen=1)

    assert bring_back(1, seen=2) == "6,94"

    kept = Outcome.objects.get()
    assert (kept.number, kept.decimals, kept.version) == (Decimal("6.94"), 2, 3)
    assert history()[-1] == ("value", "7,10", "6,94")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (">80 %", ValueKind.NUMBER),
        ("kartlagda", ValueKind.TEXT),
        ("", ValueKind.NOT_APPLICABLE),
        ("", ValueKind.SUPPRESSED),
    ],
)
def test_every_kind_of_value_comes_back(record, bring_back, text, kind):
    was = record(text, kind=kind)
    record("7,10", seen=1)

    bring_back(1, seen=2)

    kept = Outcome.objects.get()
    assert (kept.kind, kept.text, kept.number) == (was.kind, was.text, None)


def test_details_come_back_one_at_a_time(detail, bring_back):
    detail(Details(source="Heroma", restated_number=Decimal("7.10"), restated_decimals=2,
                   restated_note="Flyttat område"))  # fmt: skip
    detail(Details(source="HRutan", comment="Ny källa"), seen=1)
    restated = next(n for n, line in enumerate(history()) if line[1] == "7,10")
    source = next(n for n, line in enumerate(history()) if line[1] == "Heroma")

    bring_back(source, seen=2)
    with pytest.raises(Contradiction):
        bring_back(restated, seen=3)

    kept = details_of(Outcome.objects.get())
    assert (kept.source, kept.comment, kept.restated_number) == ("Heroma", "Ny källa", None)


def test_stale_restore_is_refused(record, bring_back):
    record("6,94")
    record("7,10", seen=1)

    with pytest.raises(Stale):
        bring_back(1, seen=1)


def test_what_nobody_typed_and_others_history_cannot_be_restored(
    record, address, controller, indicator, committee, last_year
):
    outcome = record("6,94")
    other = make_outcome(indicator, committee, last_year, "7.53")
    computed = {"value": ("6,94", "20,5")}
    write_history(row=outcome, told=computed, by=controller, kind=ChangeKind.COMPUTED)
    write_history(row=outcome, told={"value": ("20,5", "7,0")}, by=controller)
    typed, _computed, over_computed = AuditEntry.objects.order_by("id")

    for row, entry in ((other, typed), (outcome, over_computed)):
        with pytest.raises(NotRestorable):
            restore(outcome=row, change=entry.pk, seen=1, by=controller, today=TODAY)


def test_file_is_kept_under_its_hash_with_a_clean_name(address, controller):
    evidence = add_evidence(
        **address, name="../löner.exe", data=b"%PDF-1.7 x", by=controller, today=TODAY, now=NOW
    )

    assert (evidence.name, evidence.size, evidence.content_type, evidence.added_by) == (
        "löner.pdf",
        10,
        "application/pdf",
        "Controller",
    )
    assert files.read(evidence.sha256, ".pdf") == b"%PDF-1.7 x"
    assert Outcome.objects.get().kind == ValueKind.MISSING
    assert history() == [("evidence", "", "löner.pdf")]


def test_several_files_but_never_the_same_twice(address, controller):
    for number in range(2):
        add_evidence(
            **address, name="a.pdf", data=b"%%PDF-%d" % number, by=controller, today=TODAY, now=NOW
        )
    with pytest.raises(UnfitFile, match="finns redan"):
        add_evidence(**address, name="c.pdf", data=b"%PDF-1", by=controller, today=TODAY, now=NOW)

    assert Evidence.objects.count() == 2


def test_removed_file_is_logged_and_its_bytes_stay(address, controller):
    evidence = add_evidence(
        **address, name="a.pdf", data=b"%PDF-1", by=controller, today=TODAY, now=NOW
    )

    remove_evidence(evidence=evidence, by=controller, today=TODAY)

    assert not Evidence.objects.exists()
    assert history()[-1] == ("evidence", "a.pdf", "")
    assert files.read(evidence.sha256, ".pdf") == b"%PDF-1"
