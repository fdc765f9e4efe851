"""The entry grid's parts, units, kinds and comments; and what somebody could forge."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from figures.enums import ValueKind
from governance.models import Unit
from governance.queries import root_unit
from rounds.enums import RoundStateName
from rounds.models import RoundState
from targets.enums import Breakdown, Dimension, RollUp
from targets.models import Category, Outcome
from tests.factories import make_body
from tests.targets.factories import make_indicator, make_outcome, make_place, row_key
from tests.targets.views.swap import attributes, cell, element, sent, swapped, tidy

HX = {"HX-Request": "true"}


@pytest.fixture
def url(round_state, before):
    return reverse("targets:entry_grid", args=[round_state.pk])


@pytest.fixture
def save(login, controller, url):
    browser = login(controller)

    def post(*cells, **fields):
        data = {name: text for cell in cells for name, text in cell.items()}
        return browser.post(url, data | fields, headers=HX)

    return post


@pytest.fixture
def divided(indicator):
    indicator.dimension = Dimension.SEX
    indicator.save()
    return indicator


@pytest.fixture
def units(committee):
    root = root_unit(committee)
    return [
        Unit.objects.create(body=committee, parent=root, key=key, name=f"Område {key}")
        for key in ("it", "mat")
    ]


@pytest.fixture
def summed(indicator, units):
    indicator.unit_label, indicator.rollup = "antal", RollUp.SUM
    indicator.save()
    return indicator


def text(response):
    return response.content.decode()


def rows(page):
    return re.findall(r'<tr id="row-\w+" data-entry="(\w+)"', page)


def test_women_and_men_stand_under_the_whole(login, controller, url, divided, row):
    page = text(login(controller).get(url))

    assert rows(page) == [row, f"{row}w", f"{row}m"]
    assert cell(page, f"name-{row}w") == "Kvinnor"
    assert f'id="value-{row}w.value"' in page
    assert f'aria-labelledby="name-{row} name-{row}w col-value"' in page


def test_categories_stand_under_the_whole(login, controller, url, indicator, row):
    indicator.dimension = Dimension.CATEGORIES
    indicator.save()
    category = Category.objects.create(indicator=indicator, key="a", name="Sjukhus", position=0)

    page = text(login(controller).get(url))

    assert rows(page) == [row, f"{row}c{category.pk}"]


def test_units_stand_under_a_computed_whole(login, controller, url, summed, units, period, row):
    unit, other = units
    Unit.objects.create(
        body=unit.body, parent=unit.parent, key="slut", name="Slut", valid_to=date(2024, 12, 31)
    )
    Outcome.objects.create(indicator=summed, unit=unit, period=period, number=34, decimals=0)

    page = text(login(controller).get(url))

    assert rows(page) == [row, row_key(summed, unit), row_key(summed, other)]
    assert f'id="value-{row}.value"' not in page
    assert f'id="value-{row}.comment"' in page
    assert cell(page, f"note-{row}") == (
        "Beräknas av enheterna: 1 av 2 har rapporterat. Saknas: Område mat."
    )
    assert cell(page, f"fact-{row_key(summed, unit)}.status") == "Bedöms inte"


def test_units_of_an_entered_whole_are_not_asked(login, controller, url, row, units):
    assert rows(text(login(controller).get(url))) == [row]


def test_units_have_their_own_parts(login, controller, url, divided, units, row):
    divided.rollup = RollUp.MEAN
    divided.save()

    page = text(login(controller).get(url))

    own = row_key(divided, units[0])
    assert rows(page)[3:6] == [own, f"{own}w", f"{own}m"]
    assert f'aria-labelledby="name-{row} name-{own} name-{own}w col-value"' in page


@pytest.mark.parametrize("part", ["", "w", "m"])
def test_page_after_a_part_is_saved_is_the_page_loaded_afresh(
    login, controller, url, divided, committee, period, row, part
):
    browser = login(controller)
    make_outcome(divided, committee, period, "9.0")
    for sex, number in (("women", "5.0"), ("men", "4.0")):
        Outcome.objects.create(
            indicator=divided, unit=root_unit(committee), period=period, breakdown=sex,
            number=Decimal(number), decimals=1,
        )  # fmt: skip
    page = text(browser.get(url))
    assert "Totalt 9,0 ligger inte mellan delarna" in cell(page, f"note-{row}")

    answer = text(browser.post(url, sent(f"{row}{part}", "value", "4,5", "1"), headers=HX))

    assert tidy(swapped(page, answer)) == tidy(text(browser.get(url)))


def test_page_after_a_unit_is_saved_is_the_page_loaded_afresh(
    login, controller, url, summed, units, period, row
):
    browser = login(controller)
    unit, other = units
    Outcome.objects.create(indicator=summed, unit=unit, period=period, number=34, decimals=0)
    page = text(browser.get(url))

    answer = text(browser.post(url, sent(row_key(summed, other), "value", "40"), headers=HX))

    assert cell(answer, f"shown-{row}.value") == "74"
    after = swapped(page, answer)
    assert cell(after, "submit-missing") == "Allt är ifyllt."
    assert tidy(after) == tidy(text(browser.get(url)))


@pytest.mark.parametrize(
    ("kind", "value"), [("text", "kartlagda"), ("suppressed", ""), ("not_applicable", "")]
)
def test_page_after_a_kind_is_saved_is_the_page_loaded_afresh(
    login, controller, url, row, kind, value
):
    browser = login(controller)
    page = text(browser.get(url))

    answer = text(browser.post(url, sent(row, "value", value, kind=kind), headers=HX))

    assert Outcome.objects.get(period__key="helar-2025").kind == kind
    assert tidy(swapped(page, answer)) == tidy(text(browser.get(url)))


def test_page_after_a_comment_is_saved_is_the_page_loaded_afresh(
    login, controller, url, indicator, committee, period, row
):
    make_outcome(indicator, committee, period, "9")
    browser = login(controller)
    page = text(browser.get(url))
    assert attributes(page, f"value-{row}.comment")["placeholder"] == "Kommentera avvikelsen"
    assert attributes(page, f"row-{row}")["data-asks"] == indicator.name

    answer = text(browser.post(url, sent(row, "comment", "Influensan.", "1"), headers=HX))

    assert f'data-row="{row}" data-missing="0" data-asks=""' in answer
    assert tidy(swapped(page, answer)) == tidy(text(browser.get(url)))


@pytest.mark.parametrize("comment", ["Vakanser.", "Vakanser. " * 20])
def test_last_comment_stands_whole_in_the_rows_menu(login, controller, url, before, row, comment):
    before.comment = comment
    before.save()

    page = text(login(controller).get(url))

    assert f"Föregående kommentar{comment.strip()}" in cell(page, f"more-{row}")


def test_conflict_over_a_comment_shows_both_and_the_choice(save, row):
    save(sent(row, "comment", "Deras.", was=""))

    response = save(sent(row, "comment", "Min.", was=""))

    answer = text(response)
    assert response.status_code == 409
    conflict = f'data-cell="{row}.comment" data-version="1" data-state="conflict"'
    assert f'{conflict} data-saved="Deras."' in answer
    assert "Du, i ett annat fönster, ändrade kommentaren till ”Deras.” kl. " in cell(
        answer, f"error-{row}.comment"
    )
    assert f'data-grid-keep="{row}.comment"' in answer


def test_bad_value_does_not_stop_the_comment_beside_it(save, row):
    response = save(sent(row, "value", "ca 7"), sent(row, "comment", "Osäkert."))

    answer = text(response)
    assert response.status_code == 422
    assert f'data-cell="{row}.value" data-version="1" data-state="invalid"' in answer
    said = f'data-cell="{row}.comment" data-version="1" data-state="saved"'
    assert f'{said} data-saved="Osäkert."' in answer
    assert Outcome.objects.get(period__key="helar-2025").comment == "Osäkert."


def test_value_and_comment_of_a_new_row_are_saved_together(save, row):
    """One write of the row, so one version: they were two before a row was written once a save."""
    response = save(sent(row, "value", "7,2"), sent(row, "comment", "Influensa."))

    kept = Outcome.objects.get(period__key="helar-2025")
    assert response.status_code == 200
    assert (kept.number, kept.comment, kept.version) == (Decimal("7.2"), "Influensa.", 1)


def test_hostile_comment_is_shown_as_text(login, controller, url, save, row):
    save(sent(row, "comment", "</textarea><script>x</script>"))

    page = text(login(controller).get(url))

    assert "<script>x" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;x" in page


def test_plain_form_saves_parts_kinds_and_comments(login, controller, url, divided, row):
    form = {}
    for part in (row, f"{row}w", f"{row}m"):
        form |= sent(part, "value", "", kind="number", was="") | sent(part, "comment", "", was="")
    form |= {
        f"value-{row}.value": "7",
        f"kind-{row}w.value": "not_applicable",
        f"value-{row}m.comment": "Två\r\nrader",
    }

    response = login(controller).post(url, form)

    assert response.status_code == 302
    kept = Outcome.objects.filter(period__key="helar-2025").values_list(
        "breakdown", "kind", "comment"
    )
    assert sorted(kept) == [
        ("men", "missing", "Två\nrader"),
        ("total", "number", ""),
        ("women", "not_applicable", ""),
    ]


def test_plain_form_skips_a_blank_and_a_comment_nobody_touched(
    login, controller, url, indicator, committee, period, row
):
    kept = Outcome.objects.create(
        indicator=indicator, unit=root_unit(committee), period=period,
        kind=ValueKind.NOT_APPLICABLE, comment="Två\nrader", version=7,
    )  # fmt: skip

    login(controller).post(
        url,
        sent(row, "value", "", "3", kind="not_applicable", was="not_applicable")
        | sent(row, "comment", "Två\r\nrader", "3", was="Två\r\nrader"),
    )

    kept.refresh_from_db()
    assert (kept.kind, kept.version) == ("not_applicable", 7)


def test_plain_form_with_a_bad_kind_keeps_what_was_chosen(login, controller, url, row):
    response = login(controller).post(url, sent(row, "value", "77", kind="text", was=""))

    page = text(response)
    assert response.status_code == 422
    assert "”77” är ett tal. Välj ”Tal eller olikhet” i stället för ”Text”." in page
    assert '<option value="text" selected>' in element(page, f"kind-{row}.value")


@pytest.mark.parametrize("column", ["value", "comment"])
@pytest.mark.parametrize(
    "where", ["w", "m", "c1", "u1", "u999999", "wm", "u", "x", "c0", "'", "u1e3", "p1"]
)
def test_forged_part_is_not_found(save, row, units, column, where):
    response = save(sent(f"{row}{where}", column, "1"))

    assert response.status_code == 404
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


HOSTILE_CELLS = [
    "", ".", ".value", "{row}", "{row}.", "{row}.kind", "{row}.version", "{row}.__class__",
    "{row}.value.value", "{row}.VALUE", "{row}.värde", " {row}.value",
    "{row}.' OR 1=1 --", "{row}.<script>", "{row}.\x00", "{row}." + "a" * 400,
    "9223372036854775808u1.value", "1u9223372036854775808.value", "9223372036854775807u1.value",
    "{row}c9223372036854775808.value", "{row}c9223372036854775807.value",
    "{row}p9223372036854775808.value", "{row}p1.value", "١u١.value", "-1u1.value", "1e3u1.value",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_CELLS, ids=[ascii(name)[:40] for name in HOSTILE_CELLS])
@pytest.mark.parametrize("headers", [HX, {}], ids=["script", "form"])
def test_hostile_cell_is_not_found(login, controller, url, row, name, headers):
    cell_name = name.replace("{row}", row)
    data = {f"value-{cell_name}": "1", f"version-{cell_name}": "0", f"was-{cell_name}": "0"}

    response = login(controller).post(url, data, headers=headers)

    assert response.status_code == 404
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"version": str(2**63)}, 409),
        ({"version": "-1"}, 409),
        ({"version": "١"}, 409),
        ({"kind": "computed"}, 200),
        ({"kind": "missing"}, 200),
        ({"kind": "text"}, 422),
        ({"kind": "suppressed"}, 422),
        ({"was": "x" * 100_000}, 409),
    ],
)
def test_hostile_field_beside_a_value_is_no_fault(
    save, row, indicator, committee, period, more, status
):
    make_outcome(indicator, committee, period, "6.94")

    response = save(sent(row, "value", "7", **{"version": "1"} | more))

    assert response.status_code == status
    assert Outcome.objects.get(period=period).number == (7 if status == 200 else Decimal("6.94"))


def test_locked_period_refuses_every_cell_in_its_own_words(save, row, divided, round_state):
    RoundState.objects.update(state=RoundStateName.SUBMITTED, changed_by="Karin Lund")

    response = save(
        sent(row, "value", "7"),
        sent(row, "comment", "Nytt."),
        sent(f"{row}w", "value", "ca 8"),
    )

    answer = text(response)
    assert response.status_code == 409
    for name in (f"{row}.value", f"{row}.comment", f"{row}w.value"):
        assert cell(answer, f"error-{name}").startswith("Låst: inlämnad")
        assert f'data-cell="{name}" data-version="0" data-state="invalid"' in answer
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


def test_refused_cells_stop_no_others_whatever_they_are_refused_for(
    save, summed, divided, units, row, period
):
    """A text that is no number, a conflict and a computed whole beside one that is good."""
    unit, other = units
    Outcome.objects.create(indicator=summed, unit=other, period=period, number=4, decimals=0)

    response = save(
        sent(row, "value", "9"),
        sent(row_key(summed, unit), "value", "3"),
        sent(row_key(summed, other), "value", "5", "0", was=""),
        sent(row_key(summed, unit, "w"), "value", "ca 2"),
    )

    answer = text(response)
    assert response.status_code == 422
    assert cell(answer, f"error-{row_key(summed, unit)}.value") == ""
    assert "är inte ett tal" in cell(answer, f"error-{row_key(summed, unit, 'w')}.value")
    assert "Du skrev 5." in cell(answer, f"error-{row_key(summed, other)}.value")
    whole = Outcome.objects.get(period=period, unit=unit.parent)
    assert (whole.number, whole.is_rolled_up) == (7, True)


def test_category_and_unit_of_others_are_not_found(
    save, org, summed, other_committee, other_org, row
):
    foreign = make_indicator(org, "annan")
    category = Category.objects.create(indicator=foreign, key="a", name="A", position=0)
    strangers = make_body(other_org)
    units = [
        root_unit(other_committee),
        root_unit(strangers),
        Unit.objects.create(
            body=other_committee, parent=root_unit(other_committee), key="o", name="O"
        ),
    ]

    statuses = [save(sent(f"{row}c{category.pk}", "value", "1")).status_code]
    statuses += [save(sent(row_key(summed, unit), "value", "1")).status_code for unit in units]

    assert statuses == [404] * 4
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


def test_computed_whole_takes_a_comment_and_no_value(save, summed, row):
    """The cell is there and says why it is closed; it was 404 while the row had no such field."""
    forced = save(sent(row, "value", "1"))
    commented = save(sent(row, "comment", "Två områden är kvar."))

    assert (forced.status_code, commented.status_code) == (409, 200)
    assert Outcome.objects.get(period__key="helar-2025").number is None


def test_one_forged_row_stops_the_whole_save(save, row):
    response = save(sent(row, "value", "7"), sent("999999", "value", "1"))

    assert response.status_code == 404
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


def test_only_rows_without_an_outcome_and_what_they_are_parts_of(
    login, controller, url, org, plan, divided, committee, period, row
):
    hme = make_indicator(org, "hme", unit="index")
    make_place(plan, hme)
    make_outcome(hme, committee, period, "76")
    make_outcome(divided, committee, period, "6.9")
    Outcome.objects.create(
        indicator=divided, unit=root_unit(committee), period=period, breakdown=Breakdown.WOMEN,
        number=Decimal(7), decimals=0,
    )  # fmt: skip

    page = text(login(controller).get(url, {"saknade": "1"}))

    hidden = re.findall(r'<tr id="row-(\w+)" [^>]* hidden>', page)
    assert hidden == [f"{row}w", row_key(hme, committee)]
    assert 'name="saknade" value="1" data-grid-filter checked' in page


def test_small_group_is_held_back_from_readers_and_typed_by_the_controller(
    login, controller, reader, url, divided, committee, period
):
    divided.hides_small_groups = True
    divided.save()
    make_outcome(divided, committee, period, "6.9")
    Outcome.objects.create(
        indicator=divided, unit=root_unit(committee), period=period, breakdown=Breakdown.WOMEN,
        number=Decimal("33.3"), decimals=1, group_size=3,
    )  # fmt: skip

    written = text(login(controller).get(url))
    read = text(login(reader).get(url))

    assert 'value="33,3"' in written
    assert "33,3" not in read


def test_returned_period_says_why(login, controller, url):
    RoundState.objects.update(
        state=RoundStateName.RETURNED,
        changed_on=date(2026, 2, 11),
        changed_by="Karin Lund",
        reason="Förklara sjukfrånvaron.",
    )

    page = text(login(controller).get(url))

    assert "Skickad tillbaka 2026-02-11 av Karin Lund: Förklara sjukfrånvaron." in page


def test_uncommented_rows_stop_submission_with_links(
    login, controller, url, indicator, committee, period, round_state, row
):
    make_outcome(indicator, committee, period, "9")
    browser = login(controller)
    asked = text(browser.get(url))

    response = browser.post(reverse("rounds:hand_in", args=[round_state.pk]), {"version": "1"})

    page = text(response)
    assert f'href="#row-{row}"' in element(asked, "submit-comments")
    assert response.status_code == 422
    assert "Perioden är inte inlämnad." in page
    assert "Kommentera avvikelsen för Indikatorn sjukfranvaro-r12, eller skriv" in page
    assert f'<a class="ds-link" href="{url}#value-{row}.comment">' in page
    round_state.refresh_from_db()
    assert round_state.state == "open"
