import re
from datetime import date

import pytest
from django.urls import reverse

from governance.queries import root_unit
from rounds.enums import RoundStateName
from targets.models import Outcome
from tests.factories import make_round_state
from tests.targets.factories import make_indicator, make_outcome, make_place, row_key
from tests.targets.views.swap import cell, sent, swapped, tidy

HX = {"HX-Request": "true"}
HIDDEN = ["Redovisas inte (liten grupp)"]


@pytest.fixture
def url(round_state, before):
    return reverse("targets:entry_grid", args=[round_state.pk])


def text(response):
    return response.content.decode()


def test_anonymous_is_sent_to_login(client, url):
    response = client.get(url)

    assert response.status_code == 302
    assert response.url == f"/konto/logga-in/?next={url}"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("controller", 200),
        ("head", 200),
        ("chair", 200),
        ("reader", 200),
        ("case_officer", 404),
        ("secretary", 404),
        ("presiding", 404),
        ("member", 404),
        ("registrar", 404),
        ("outsider", 404),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_who_may_read(request, login, url, who, status):
    response = login(request.getfixturevalue(who)).get(url)

    assert response.status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 403), ("chair", 403), ("reader", 403), ("outsider", 404), ("stranger", 404)],
)
def test_who_may_not_write(request, login, url, row, who, status):
    response = login(request.getfixturevalue(who)).post(url, sent(row, "value", "6,94"), headers=HX)

    assert response.status_code == status
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


def test_page_shows_last_year_target_and_an_empty_input(login, controller, url, row):
    page = text(login(controller).get(url))

    assert cell(page, f"fact-{row}.status") == "Utfall saknas"
    assert cell(page, "grid-filled").startswith("0 av 1 ifyllda")
    assert cell(page, "submit-missing") == "0 av 1 är ifyllda. Övriga redovisas som saknade."
    assert "högst 7,0\u00a0%" in page
    assert "7,53" in page
    assert f'id="value-{row}.value" name="value-{row}.value" value=""' in page


def test_readers_page_has_no_inputs_and_says_why(login, chair, url, row):
    page = text(login(chair).get(url))

    assert f'id="value-{row}.value"' not in page
    assert "Lämna in" not in page
    assert "Nämndens controller fyller i dem." in page


def test_saved_cell_answers_with_status_and_change(login, controller, url, indicator, row):
    response = login(controller).post(url, sent(row, "value", "6,94"), headers=HX)

    answer = text(response)
    assert response.status_code == 200
    assert f'data-row="{row}" data-missing="0" data-asks=""' in answer
    assert f'data-cell="{row}.value" data-version="1" data-state="saved"' in answer
    assert 'data-saved="6,94" data-kind="number" data-was="6,94"' in answer
    assert cell(answer, f"fact-{row}.status") == "Når målet"
    assert cell(answer, f"fact-{row}.change") == "↓ned 0,59 bättre"
    assert 'aria-label="2 perioder, äldst först: 7,53; 6,94"' in answer
    assert cell(answer, f"error-{row}.value") == ""
    assert "<html" not in answer
    assert "HX-Request" in response["Vary"]


def test_page_after_the_swap_is_the_page_loaded_afresh(login, controller, url, org, plan, row):
    make_place(plan, make_indicator(org, "hme", unit="index"))
    browser = login(controller)
    page = text(browser.get(url))

    answer = text(browser.post(url, sent(row, "value", "6.94"), headers=HX))

    assert tidy(swapped(page, answer)) == tidy(text(browser.get(url)))


def test_page_after_an_emptied_cell_is_the_page_loaded_afresh(
    login, controller, url, indicator, committee, period, row
):
    make_outcome(indicator, committee, period, "6.94")
    browser = login(controller)
    page = text(browser.get(url))

    answer = text(browser.post(url, sent(row, "value", "", "1"), headers=HX))

    assert tidy(swapped(page, answer)) == tidy(text(browser.get(url)))


def test_not_a_number_keeps_what_was_saved(
    login, controller, url, indicator, committee, period, row
):
    make_outcome(indicator, committee, period, "6.94")

    response = login(controller).post(url, sent(row, "value", "ca 70", "1"), headers=HX)

    answer = text(response)
    assert response.status_code == 422
    assert 'data-version="1" data-state="invalid" data-saved="6,94"' in answer
    told = cell(answer, f"error-{row}.value")
    assert re.match(r"”ca 70” är inte ett tal\. Skriv till exempel 12,3\s%\. Spara som text", told)
    assert 'data-text="ca 70" data-kind="text">Spara som text' in answer
    assert cell(answer, f"fact-{row}.status") == "Når målet"


@pytest.mark.parametrize(
    ("typed", "asked", "choices"),
    [
        ("9.999", "”9.999” kan vara 9,999 eller 9 999. Vilket menas?", ["9,999", "9\xa0999"]),
        (
            "–",
            "”–” är inte ett tal. Vad menas?",
            ["Utfall saknas", "Ej tillämpligt", *HIDDEN, "Noll"],
        ),
        (
            "I.U.",
            "”I.U.” är inte ett tal. Vad menas?",
            ["Utfall saknas", "Ej tillämpligt", *HIDDEN, "Noll"],
        ),
        (
            "e.t.",
            "”e.t.” är inte ett tal. Vad menas?",
            ["Ej tillämpligt", "Utfall saknas", *HIDDEN, "Noll"],
        ),
        ("0 av 0", "0 av 0 är inget tal", ["Ej tillämpligt", "Utfall saknas"]),
    ],
)
def test_what_may_mean_several_things_is_asked_about(
    typed, asked, choices, login, controller, url, row, round_state
):
    response = login(controller).post(url, sent(row, "value", typed), headers=HX)

    answer = text(response)
    assert response.status_code == 422
    assert asked in cell(answer, f"error-{row}.value")
    offered = re.findall(rf'data-grid-write="{row}.value"[^>]*>([^<]*)<', answer)
    assert offered == choices
    assert not Outcome.objects.filter(period=round_state.reporting_round.period).exists()


def test_hostile_text_is_shown_as_text(login, controller, url, row):
    response = login(controller).post(url, sent(row, "value", "<script>x</script>"), headers=HX)

    assert response.status_code == 422
    assert "<script>x" not in text(response)
    assert "&lt;script&gt;x" in text(response)


def test_conflict_shows_both_values_and_the_choice(login, controller, url, row):
    browser = login(controller)
    cells = sent(row, "value", "6,94")
    browser.post(url, cells, headers=HX)

    response = browser.post(url, cells | {f"value-{row}.value": "7,10"}, headers=HX)

    answer = text(response)
    assert response.status_code == 409
    assert 'data-version="1" data-state="conflict" data-saved="6,94"' in answer
    assert re.search(
        r"Du, i ett annat fönster, skrev 6,94 kl\. \d\d\.\d\d\. Du skrev 7,10\.",
        cell(answer, f"error-{row}.value"),
    )
    assert f'data-grid-keep="{row}.value"' in answer
    assert "Behåll 6,94" in answer


def test_same_post_twice_writes_once(login, controller, url, row):
    browser = login(controller)
    cells = sent(row, "value", "6,94")

    statuses = [browser.post(url, cells, headers=HX).status_code for _ in range(2)]

    assert statuses == [200, 200]
    assert Outcome.objects.get(period__key="helar-2025").version == 1


def test_one_bad_cell_does_not_stop_the_others(login, controller, url, org, plan, committee, row):
    hme = make_indicator(org, "hme", unit="index")
    make_place(plan, hme)

    response = login(controller).post(
        url,
        sent(row, "value", "694") | sent(row_key(hme, committee), "value", "76"),
        headers=HX,
    )

    assert response.status_code == 422
    assert Outcome.objects.get(indicator=hme).number == 76
    assert "694 % går inte." in cell(text(response), f"error-{row}.value")


def test_plain_form_saves_touched_rows_and_redirects(
    login, controller, url, org, plan, indicator, committee, period, row
):
    hme = make_indicator(org, "hme", unit="index")
    make_place(plan, hme)
    kept = make_outcome(hme, committee, period, "76")
    kept.version = 7
    kept.save()

    response = login(controller).post(
        url,
        sent(row, "value", "6,94", was="")
        | sent(row_key(hme, committee), "value", "75", "6", was="75"),
    )

    assert (response.status_code, response.url) == (302, url)
    kept.refresh_from_db()
    assert (kept.number, kept.version) == (76, 7)
    assert Outcome.objects.get(indicator=indicator, period=period).decimals == 2


def test_plain_form_with_a_bad_value_is_the_page_with_the_text_kept(login, controller, url, row):
    response = login(controller).post(
        url,
        sent(row, "value", "ca 70", was=""),
    )

    page = text(response)
    assert response.status_code == 422
    assert 'value="ca 70"' in page
    assert 'aria-invalid="true"' in page
    assert "1 värde kunde inte sparas." in page


def test_plain_form_after_a_conflict_can_be_sent_again(login, controller, url, row):
    browser = login(controller)
    browser.post(url, sent(row, "value", "6,94"), headers=HX)

    refused = browser.post(url, sent(row, "value", "7,1", was=""))
    seen = re.search(rf'name="version-{row}.value" value="(\d+)"', text(refused))[1]
    again = browser.post(url, sent(row, "value", "7,1", seen, was="6,94"))

    assert (refused.status_code, seen, again.status_code) == (409, "1", 302)
    assert Outcome.objects.get(period__key="helar-2025").version == 2


def test_locked_period_is_text_with_the_reason(
    login, controller, url, indicator, round_state, committee, period, row
):
    make_outcome(indicator, committee, period, "6.94")
    lock(round_state)

    page = text(login(controller).get(url))

    assert "Låst: inlämnad 2026-02-10 av Karin Lund." in page
    assert 'method="post"' not in page.partition("<main")[2]
    assert f'id="value-{row}.value"' not in page
    assert "<textarea" not in page
    assert "6,94" in page


def test_a_window_that_is_come_back_to_is_told_of_the_lock(login, controller, url, round_state):
    client = login(controller)
    open_ = client.post(url, {}, headers=HX)
    lock(round_state)
    closed = client.post(url, {}, headers=HX)

    assert (open_.status_code, text(open_)) == (200, "")
    assert (closed.status_code, text(closed)) == (409, "Låst: inlämnad 2026-02-10 av Karin Lund.")


def test_period_locked_meanwhile_refuses_the_save(login, controller, url, row, round_state):
    lock(round_state)

    response = login(controller).post(url, sent(row, "value", "6,94"), headers=HX)

    assert response.status_code == 409
    assert cell(text(response), f"error-{row}.value") == (
        "Låst: inlämnad 2026-02-10 av Karin Lund."
    )
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


def lock(round_state):
    round_state.state = RoundStateName.SUBMITTED
    round_state.changed_on, round_state.changed_by = date(2026, 2, 10), "Karin Lund"
    round_state.save()


@pytest.mark.parametrize("where", ["other_committee", "other_org", "nowhere", "nonsense"])
def test_forged_row_is_not_found(
    request, login, controller, url, org, other_org, committee, other_committee, where
):
    unit = root_unit(committee)
    forged = {
        "other_committee": lambda: row_key(
            make_indicator(org, "annans", body=other_committee), unit
        ),
        "other_org": lambda: row_key(make_indicator(other_org, "annans"), unit),
        "nowhere": lambda: f"999999u{unit.pk}",
        "nonsense": lambda: f"1e3u{unit.pk}",
    }[where]()

    response = login(controller).post(url, sent(forged, "value", "1"), headers=HX)

    assert response.status_code == 404
    assert Outcome.objects.filter(period__key="helar-2025").count() == 0


def test_forged_round_of_another_committee_and_region_is_not_found(
    login, controller, row, other_committee, period, url
):
    other = make_round_state(period, other_committee)

    response = login(controller).post(
        reverse("targets:entry_grid", args=[other.pk]), sent(row, "value", "1"), headers=HX
    )

    assert response.status_code == 404


def test_forged_version_is_a_conflict_not_a_fault(
    login, controller, url, indicator, committee, period, row
):
    make_outcome(indicator, committee, period, "6.94")

    response = login(controller).post(url, sent(row, "value", "7", "9" * 500), headers=HX)

    assert response.status_code == 409


def test_empty_plan_says_what_will_be_here(login, controller, round_state, committee):
    page = text(login(controller).get(reverse("targets:entry_grid", args=[round_state.pk])))

    assert "Inget att fylla i" in page


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_the_same_queries(
    login, controller, org, plan, committee, period, round_state, count, django_assert_num_queries
):
    for number in range(count):
        indicator = make_indicator(org, f"indikator-{number}")
        make_place(plan, indicator, target="högst 7")
        make_outcome(indicator, committee, period, "6")
    browser = login(controller)
    url = reverse("targets:entry_grid", args=[round_state.pk])
    browser.get(url)

    with django_assert_num_queries(QUERIES):
        page = text(browser.get(url))

    assert page.count("<textarea") == count


# Session; user with mandates; round state with its siblings; words; places with targets and definitions,
# root, outcomes; whether internal control has anything to fill in.
QUERIES = 9


def test_paste_is_previewed_by_the_rules_of_a_save_and_nothing_is_written(
    login, controller, url, row, round_state, org, plan, committee
):
    other = make_indicator(org, "hme", unit="index")
    make_place(plan, other)
    cells = {
        f"value-{row}.value": "107",
        f"value-{row}.comment": "Ny\nrad",
        f"value-{row_key(other, committee)}.value": "Ej tillämpligt",
        "preview": "1",
    }

    response = login(controller).post(url, cells, headers=HX)

    answer = text(response)
    assert response.status_code == 200
    told = dict(re.findall(r'data-cell="([^"]+)"[^>]*data-why="([^"]*)"', answer))
    assert "ligger mellan 0 och 100" in told[f"{row}.value"]
    assert re.search(rf'data-cell="{row}.comment" data-text="Ny\nrad"', answer)
    assert (
        'data-text="" data-kind="not_applicable" data-says="Ej tillämpligt" data-why=""' in answer
    )
    assert not Outcome.objects.filter(period=round_state.reporting_round.period).exists()


def test_paste_that_changes_nothing_is_told_as_nothing(
    login, controller, url, indicator, committee, period, row
):
    make_outcome(indicator, committee, period, "6.94")
    cells = {f"value-{row}.value": "6,94 %", "preview": "1"}

    assert text(login(controller).post(url, cells, headers=HX)).strip() == ""


def test_paste_into_a_closed_period_is_refused_with_the_reason(
    login, controller, url, row, round_state
):
    round_state.state = RoundStateName.SUBMITTED
    round_state.save()
    cells = {f"value-{row}.value": "6,94", "preview": "1"}

    assert 'data-why=""' not in text(login(controller).post(url, cells, headers=HX))
