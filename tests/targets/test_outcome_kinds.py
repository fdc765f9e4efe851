"""Recording every kind of outcome, comments, parts and units; and who was first, field by field."""

from decimal import Decimal

import pytest

from figures.actions import record as save_grid
from figures.enums import ValueKind
from figures.rules.grid import Typed
from figures.rules.key import CellKey, Key
from figures.rules.numbers import NotANumber, OutOfRange
from figures.rules.words import NotBlank, NotWords
from governance.models import AuditEntry, Unit
from governance.queries import root_unit
from governance.rules import Stale
from rounds.actions.hand_in import Blocked, hand_in
from targets.enums import Breakdown, Direction, RollUp
from targets.models import Category, Outcome
from targets.outcomes.grids import OutcomeGrid
from tests.factories import TODAY, make_user
from tests.targets.factories import make_indicator, make_outcome, make_place
from tests.targets.saving import record_outcome


@pytest.fixture
def record(indicator, committee, period, round_state, controller):
    """Record something of sick leave at the period."""

    def save(text=None, **said):
        if said.keys() & {"was", "was_comment", "comment"}:
            said = {"by": controller, "indicator": indicator} | said
            return in_the_grid(round_state, text=text, **said)
        said = {"seen": 0, "by": controller, "unit": root_unit(committee)} | said
        return record_outcome(
            **{"indicator": indicator, "period": period, "text": text, "today": TODAY} | said
        )

    return save


def in_the_grid(state, *, indicator, text, by, seen=0, comment=None, was=None, was_comment=None):
    """Raises the first refusal; returns the row as it stands then."""
    key = Key(what=indicator.pk, unit=root_unit(state.body).pk)
    sent = [("value", text, was), ("comment", comment, was_comment)]
    typed = [
        Typed(cell=CellKey(row=key, column=column), text=said, seen=seen, was=showed)
        for column, said, showed in sent
        if said is not None
    ]
    answers = save_grid(OutcomeGrid(state), typed, by=by, today=TODAY)
    for refusal in filter(None, answers.values()):
        raise refusal
    return Outcome.objects.filter(indicator=indicator).first()


def history():
    return list(AuditEntry.objects.order_by("id").values_list("field", "old", "new"))


@pytest.mark.parametrize(
    ("text", "kind", "stored", "words"),
    [
        ("0", ValueKind.NUMBER, ("number", Decimal(0), ""), "0"),
        (">80 %", ValueKind.NUMBER, ("inequality", None, ">80 %"), ">80 %"),
        ("kartlagda", ValueKind.TEXT, ("text", None, "kartlagda"), "kartlagda"),
        ("", ValueKind.SUPPRESSED, ("suppressed", None, ""), "Redovisas inte (liten grupp)"),
        ("", ValueKind.NOT_APPLICABLE, ("not_applicable", None, ""), "Ej tillämpligt"),
    ],
)
def test_each_kind_is_stored_and_told_in_words(record, text, kind, stored, words):
    record("6,94")

    kept = record(text, kind=kind, seen=1)

    assert (kept.kind, kept.number, kept.text) == stored
    assert history() == [("value", "", "6,94"), ("value", "6,94", words)]


@pytest.mark.parametrize("kind", [ValueKind.SUPPRESSED, ValueKind.NOT_APPLICABLE])
def test_chosen_blank_as_the_first_value_is_a_row(record, kind):
    assert record("", kind=kind).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "error"),
    [
        ("kartlagda", ValueKind.NUMBER, NotANumber),
        ("77", ValueKind.TEXT, NotWords),
        ("77", ValueKind.NOT_APPLICABLE, NotBlank),
        ("> 180 %", ValueKind.NUMBER, OutOfRange),
    ],
)
def test_kind_that_does_not_fit_loses_nothing(record, text, kind, error):
    record("6,94")

    with pytest.raises(error):
        record(text, kind=kind, seen=1)

    assert Outcome.objects.get().number == Decimal("6.94")


def test_fraction_keeps_its_terms_and_a_plain_number_drops_them(record):
    kept = record("228 av 413")
    assert (kept.number, kept.decimals) == (Decimal("55.205811"), 1)
    assert (kept.numerator, kept.denominator) == (228, 413)

    same = record("228 av 413", seen=1)
    assert same.version == 1

    plain = record("56", seen=1)
    assert (plain.numerator, plain.denominator) == (None, None)
    assert history()[-3:] == [
        ("value", "55,2", "56"),
        ("numerator", "228", ""),
        ("denominator", "413", ""),
    ]


def test_value_typed_over_a_fetched_one_is_not_fetched_any_longer(
    record, indicator, committee, period
):
    fetched = make_outcome(indicator, committee, period, "6.94")
    fetched.origin_model, fetched.origin_id, fetched.origin_version = "x.Row", 7, 1
    fetched.origin_label = "Ekonomi, helår 2025"
    fetched.save()

    kept = record("7", seen=1)

    assert (kept.origin_model, kept.origin_id, kept.origin_label) == ("", None, "")
    assert ("origin_label", "Ekonomi, helår 2025", "") in history()


def test_comment_is_saved_beside_the_value(record):
    record("7,2")

    kept = record(comment=" Influensan\r\nkom sent. ", seen=1)

    assert (kept.comment, kept.number, kept.version) == (
        "Influensan\nkom sent.",
        Decimal("7.2"),
        2,
    )
    assert history()[1:] == [("comment", "", "Influensan\nkom sent.")]


def test_comment_without_a_value_leaves_the_outcome_missing(record):
    kept = record(comment="Mäts först i vår.")

    assert (kept.kind, kept.comment, kept.version) == (ValueKind.MISSING, "Mäts först i vår.", 1)
    assert record(comment="Mäts först i vår.", seen=0).version == 1


def test_empty_comment_of_an_empty_row_writes_nothing(record):
    assert record(comment=" ") is None
    assert Outcome.objects.count() == 0


def test_two_who_change_different_fields_do_not_conflict(record, org):
    anna = make_user(org, "anna", name="Anna Berg")
    record("7,2")

    record(comment="Influensa.", seen=1, was_comment="", by=anna)
    kept = record("7,3", seen=1, was="7,2")

    assert (kept.number, kept.comment, kept.version) == (Decimal("7.3"), "Influensa.", 3)


def test_value_changed_by_somebody_else_conflicts_whatever_the_version(record, org):
    anna = make_user(org, "anna", name="Anna Berg")
    record("7,2")
    record("7,5", seen=1, by=anna)

    with pytest.raises(Stale) as refused:
        record("7,3", seen=2, was="7,2")

    assert refused.value.message.startswith("Anna Berg ändrade 7,2 till 7,5 kl. ")
    assert refused.value.message.endswith(" Du skrev 7,3.")


def test_blank_chosen_by_somebody_else_conflicts(record, org):
    anna = make_user(org, "anna", name="Anna Berg")
    record("", kind=ValueKind.NOT_APPLICABLE, by=anna)

    with pytest.raises(Stale) as refused:
        record("7,3", was="")

    assert refused.value.message.startswith("Anna Berg skrev Ej tillämpligt kl. ")


def test_comment_changed_by_somebody_else_shows_both(record, org):
    anna = make_user(org, "anna", name="Anna Berg")
    record(comment="Deras.", by=anna)

    with pytest.raises(Stale) as refused:
        record(comment="Min.", was_comment="")

    assert refused.value.message.startswith("Anna Berg ändrade kommentaren till ”Deras.” kl. ")
    assert refused.value.message.endswith(" Du skrev ”Min.”.")
    assert Outcome.objects.get().comment == "Deras."


def test_comment_loaded_from_a_file_names_nobody(record, indicator, committee, period):
    outcome = make_outcome(indicator, committee, period, "7")
    outcome.comment = "Ur filen."
    outcome.save()

    with pytest.raises(Stale) as refused:
        record(comment="", seen=0)

    assert refused.value.message == (
        "Kommentaren har ändrats till ”Ur filen.” sedan du öppnade sidan. Du skrev ingen kommentar."
    )


def test_each_part_is_a_row_of_its_own(record, indicator):
    category = Category.objects.create(indicator=indicator, key="a", name="Sjukhus", position=0)

    record("7")
    record("8", breakdown=Breakdown.WOMEN)
    record("6", breakdown=Breakdown.MEN)
    record("5", breakdown=Breakdown.CATEGORY, category=category)
    record("4", breakdown=Breakdown.CATEGORY, category=category, seen=1)

    assert sorted(Outcome.objects.values_list("breakdown", "number")) == [
        ("category", 4),
        ("men", 6),
        ("total", 7),
        ("women", 8),
    ]


def test_units_make_the_whole(record, indicator, committee):
    indicator.unit_label, indicator.rollup = "antal", RollUp.SUM
    indicator.save()
    root = root_unit(committee)
    it, food = (
        Unit.objects.create(body=committee, parent=root, key=key, name=key) for key in ("it", "mat")
    )
    record("34", unit=it)
    assert not Outcome.objects.filter(unit=root).exists()

    record("40", unit=food)

    whole = Outcome.objects.get(unit=root)
    assert (whole.number, whole.is_rolled_up) == (74, True)


def test_missing_comment_stops_submission_and_an_answer_opens_it(
    record, org, plan, indicator, committee, period, round_state, controller
):
    indicator.tolerance = Decimal("0.5")
    indicator.save()
    hme = make_indicator(org, "hme", unit="index", direction=Direction.HIGHER)
    make_place(plan, hme, target="minst 79")
    make_outcome(hme, committee, period, "70")
    record("7,2")

    with pytest.raises(Blocked) as refused:
        hand_in(state=round_state, by=controller, today=TODAY, seen=1)

    assert refused.value.status == 422
    assert [each.words.partition(",")[0] for each in refused.value.hindrances] == [
        "Kommentera avvikelsen för Indikatorn sjukfranvaro-r12",
        "Kommentera avvikelsen för Indikatorn hme",
    ]
    round_state.refresh_from_db()
    assert (round_state.state, round_state.version) == ("open", 1)

    record(comment="Se kommentar i bilagan.", seen=1)
    record(comment="Enkäten gjordes om.", indicator=hme, seen=1)
    hand_in(state=round_state, by=controller, today=TODAY, seen=1)
    round_state.refresh_from_db()
    assert round_state.state == "submitted"
