"""The board's overview: only what is handed in, whatever is asked for."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from figures.enums import ValueKind
from governance.enums import Light, Role
from governance.models import Period
from governance.queries import root_unit
from governance.rules import parse_swedish
from rounds.enums import RoundStateName
from rounds.models import ReportingRound, RoundState
from targets.enums import Attainment, Breakdown
from targets.models import Outcome, Plan
from targets.outcomes.rules.lights import MEANING
from tests import factories
from tests.desk.overview_facts import SECRET, keep_again, report, standing
from tests.internal_control.factories import make_area
from tests.internal_control.factories import make_plan as make_control_plan
from tests.targets.factories import make_goal, make_indicator, make_outcome, make_place, make_plan

URL = "/namndoversikt/"
EXCEL = f"{URL}excel/"
OPEN, RETURNED = RoundStateName.OPEN, RoundStateName.RETURNED
HANDED_IN = (RoundStateName.SUBMITTED, RoundStateName.APPROVED, RoundStateName.LOCKED)
MODES = ("omraden", "indikatorer")


@pytest.fixture
def sick_leave(org):
    return make_indicator(org, tolerance=Decimal("0.5"))


@pytest.fixture
def handed_in(committee, period, last_year, sick_leave):
    """DN Regionservice has handed in 6,94, last year 7,53."""
    make_outcome(sick_leave, committee, last_year, "7.53")
    standing(period, committee, RoundStateName.SUBMITTED)
    return report(
        committee,
        period,
        sick_leave,
        "6.94",
        judged=Attainment.PARTLY,
        comment="Fler chefer följer rutinen.",
    )


@pytest.fixture
def draft(org, other_committee, period, sick_leave):
    """DN Närsjukvård has its round open, and nothing in it yet."""
    standing(period, other_committee, OPEN)
    return other_committee


def fill_in_secrets(body, period, sick_leave, org):
    """Everything a committee works on before it hands in."""
    report(
        body,
        period,
        sick_leave,
        "66.66",
        area=SECRET,
        target="högst 66",
        judged=Attainment.NOT_ACHIEVED,
        comment=SECRET,
    )
    own = make_indicator(org, SECRET.lower(), body=body)
    make_place(body_plan(body, period), own)
    make_outcome(own, body, period, "55.55")


def body_plan(body, period):
    return Plan.objects.get(body=body, year=period.ends_on.year)


def figure_url(period, body, indicator) -> str:
    return reverse("desk:overview_figure", args=[period.pk, body.pk, indicator.pk])


def committee_url(period, body) -> str:
    return reverse("desk:overview_committee", args=[period.pk, body.pk])


def without_token(response) -> str:
    return re.sub(r'csrf-token" content="\w+"|csrfmiddlewaretoken" value="\w+"', "", response.text)


def every_view(draft) -> list[str]:
    return [
        f"{URL}?visning={mode}&namnd={body}&status={light}"
        for mode in MODES
        for body in ("", draft.pk)
        for light in ("", "missed", "no_outcome")
    ]


def cells_of(client, mode: str, more: str = ""):
    return client.get(f"{URL}?visning={mode}{more}").context["page"]


# Who.


def test_anonymous_is_sent_to_login(client, db):
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize("actor", ["case_officer", "secretary", "presiding", "member", "registrar"])
def test_everyone_of_the_board_reads(
    actor, request, login, handed_in, period, committee, sick_leave
):
    client = login(request.getfixturevalue(actor))

    found = [
        client.get(url).status_code
        for url in (
            URL,
            EXCEL,
            committee_url(period, committee),
            figure_url(period, committee, sick_leave),
        )
    ]

    assert found == [200, 200, 200, 200]


@pytest.mark.parametrize(
    "actor", ["controller", "head", "chair", "reader", "outsider", "stranger", "administrator"]
)
def test_nobody_else_is_told_of_it(actor, request, login, handed_in, period, committee, sick_leave):
    client = login(request.getfixturevalue(actor))

    found = [
        client.get(url).status_code
        for url in (
            URL,
            EXCEL,
            committee_url(period, committee),
            figure_url(period, committee, sick_leave),
        )
    ]

    assert found == [404, 404, 404, 404]


def test_administrator_with_a_mandate_in_the_board_sees_nothing(login, administrator, board):
    factories.make_mandate(administrator.person, board, Role.CHAIR)

    assert login(administrator).get(URL).status_code == 404


def test_mandate_that_has_ended_opens_nothing(login, org, board, period):
    user = factories.make_user(org, "former")
    mandate = factories.make_mandate(user.person, board, Role.MEMBER)
    mandate.valid_to = factories.TODAY.replace(day=9)
    mandate.save()

    assert login(user).get(URL).status_code == 404


# Only what is handed in.


@pytest.mark.parametrize("state", [OPEN, RETURNED])
def test_draft_changes_nothing_of_what_the_board_is_answered(
    state, login, member, handed_in, draft, period, sick_leave, org
):
    """The page, its filters, its counts and its queries are the same with the draft as without."""
    client = login(member)
    client.get(URL)  # the session's own first query
    before = {url: without_token(client.get(url)) for url in every_view(draft)}
    with CaptureQueriesContext(connection) as asked_before:
        client.get(f"{URL}?visning=indikatorer")

    fill_in_secrets(draft, period, sick_leave, org)
    RoundState.objects.filter(body=draft).update(state=state)

    after = {url: without_token(client.get(url)) for url in every_view(draft)}
    with CaptureQueriesContext(connection) as asked_after:
        client.get(f"{URL}?visning=indikatorer")
    assert after == before
    assert len(asked_after) == len(asked_before)
    assert not any(SECRET in page or "66,66" in page for page in after.values())


@pytest.mark.parametrize("mode", MODES)
def test_draft_is_not_in_the_workbook(
    mode, login, member, handed_in, draft, period, sick_leave, org
):
    fill_in_secrets(draft, period, sick_leave, org)

    data = login(member).get(f"{EXCEL}?visning={mode}").content

    values = [
        str(cell.value)
        for sheet in load_workbook(BytesIO(data))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [value for value in values if SECRET in value or "66" in value or "55" in value]
    assert "DN Närsjukvård" in values
    assert "Ej inlämnat, sista dag 2026-03-31" in values


@pytest.mark.parametrize("state", [None, OPEN, RETURNED])
def test_draft_cannot_be_drilled_down_to(
    state, login, member, other_committee, period, sick_leave, org
):
    if state:
        standing(period, other_committee, state)
    fill_in_secrets(other_committee, period, sick_leave, org)
    client = login(member)

    urls = [
        committee_url(period, other_committee),
        figure_url(period, other_committee, sick_leave),
        f"{committee_url(period, other_committee)}?omrade={SECRET}",
    ]
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]


@pytest.mark.parametrize("state", HANDED_IN)
def test_every_handed_in_state_is_read(state, login, member, committee, period, sick_leave):
    standing(period, committee, state)
    report(committee, period, sick_leave, "6.94")

    assert login(member).get(figure_url(period, committee, sick_leave)).status_code == 200


@pytest.mark.parametrize(
    ("state", "previous"), [(None, "7,53"), (OPEN, ""), (RETURNED, ""), (HANDED_IN[0], "7,53")]
)
def test_earlier_value_is_shown_unless_it_is_a_draft(
    state, previous, login, member, handed_in, committee, period, last_year, sick_leave
):
    if state:
        standing(last_year, committee, state)
    client = login(member)

    row = client.get(figure_url(period, committee, sick_leave)).context["found"].row
    (line,) = cells_of(client, "indikatorer").indicator_lines
    figure = line.cells[0].figure

    assert (row.previous, figure.previous) == (previous, previous)
    assert (row.change is None, figure.change is None) == (not previous, not previous)


def test_one_word_for_one_cause():
    """The legend says of each word what it means, and no word has two meanings."""
    assert len({*MEANING.values()}) == len({each.label for each in Light}) == len(Light)
    assert not any(
        other.label.lower() in says.lower()
        for light, says in MEANING.items()
        for other in Light
        if other != light
    )


@pytest.mark.parametrize(("state", "light"), [(OPEN, Light.NOT_JUDGED), (None, Light.MET)])
def test_base_years_draft_is_not_given_away_by_the_target(
    state, light, login, member, handed_in, committee, period, org, sick_leave
):
    base = factories.make_period(org, 2021)
    make_outcome(sick_leave, committee, base, "13.5")
    if state:
        standing(base, committee, state)
    target = handed_in.indicator.places.get().targets.get()
    target.text = "minskning med 6 procentenheter, basår 2021"
    target.save()
    keep_again(committee)
    client = login(member)

    (line,) = cells_of(client, "indikatorer").indicator_lines
    row = client.get(figure_url(period, committee, sick_leave)).context["found"].row

    assert (line.cells[0].figure.light, row.light) == (light, light)
    assert ("7,5" in row.target_words) == (state is None)


def test_small_group_is_held_back_in_both_places(
    login, member, handed_in, committee, period, sick_leave
):
    sick_leave.hides_small_groups = True
    sick_leave.dimension = "sex"
    sick_leave.save()
    Outcome.objects.create(
        indicator=sick_leave,
        unit=root_unit(committee),
        period=period,
        breakdown=Breakdown.WOMEN,
        number=Decimal("6.94"),
        decimals=2,
        group_size=4,
    )
    keep_again(committee)
    client = login(member)

    (line,) = cells_of(client, "indikatorer").indicator_lines
    page = client.get(figure_url(period, committee, sick_leave)).context["found"]

    assert line.cells[0].figure.light == page.row.light == Light.SUPPRESSED
    assert (line.cells[0].figure.value, page.row.value) == ("", "")


def test_another_regions_committees_and_ids_do_not_exist(
    login, member, handed_in, other_org, period, sick_leave
):
    theirs = factories.make_body(other_org, short_name=SECRET)
    their_period = factories.make_period(other_org, 2025)
    standing(their_period, theirs, RoundStateName.LOCKED)
    their_indicator = make_indicator(other_org)
    report(theirs, their_period, their_indicator, "66.66")
    client = login(member)

    asked_for = f"{URL}?period={their_period.pk}&namnd={theirs.pk}&visning=indikatorer"
    assert SECRET not in client.get(asked_for).text
    urls = [
        committee_url(their_period, theirs),
        committee_url(period, theirs),
        figure_url(their_period, theirs, their_indicator),
        figure_url(period, theirs, sick_leave),
    ]
    assert [client.get(url).status_code for url in urls] == [404] * 4


# What is shown.


def test_area_cell_counts_lights_and_judgements(login, member, handed_in, draft):
    page = cells_of(login(member), "omraden")

    lines = {line.committee.name: line for line in page.committee_lines}
    (cell,) = lines["DN Regionservice"].cells
    assert [(each.word, each.number) for each in cell.lights] == [("Når målet", 1)]
    assert [(each.word, each.number) for each in cell.judgements] == [("Har delvis uppnåtts", 1)]
    assert lines["DN Närsjukvård"].cells == ()
    assert page.areas == ("Området fokus-1",)


def test_indicator_cell_holds_value_light_and_change(login, member, handed_in, draft):
    (line,) = cells_of(login(member), "indikatorer").indicator_lines

    cells = {cell.committee.name: cell for cell in line.cells}
    figure = cells["DN Regionservice"].figure
    assert (figure.value, figure.light, figure.change_text) == (
        "6,94",
        Light.MET,
        "−0,59 procentenheter",
    )
    assert (cells["DN Närsjukvård"].figure, cells["DN Närsjukvård"].committee.is_handed_in) == (
        None,
        False,
    )


@pytest.mark.parametrize(
    ("kind", "target", "word"),
    [
        (None, "högst 7", "Utfall saknas"),
        (ValueKind.MISSING, "högst 7", "Utfall saknas"),
        (ValueKind.SUPPRESSED, "högst 7", "Redovisas inte (liten grupp)"),
        (ValueKind.NOT_APPLICABLE, "högst 7", "Ej tillämpligt"),
        (ValueKind.NUMBER, "", "Målvärde saknas"),
    ],
)
def test_every_blank_has_its_own_word(
    kind, target, word, login, member, committee, period, sick_leave
):
    standing(period, committee, RoundStateName.SUBMITTED)
    make_place(make_plan(committee), sick_leave, target=target)
    if kind == ValueKind.NUMBER:
        make_outcome(sick_leave, committee, period, "7")
    elif kind:
        Outcome.objects.create(
            indicator=sick_leave, unit=root_unit(committee), period=period, kind=kind
        )

    keep_again(committee)

    (line,) = cells_of(login(member), "indikatorer").indicator_lines

    assert line.cells[0].figure.light_word == word


def test_indicator_outside_a_plan_is_not_a_missing_outcome(
    login, member, handed_in, other_committee, period
):
    standing(period, other_committee, RoundStateName.SUBMITTED)

    response = login(member).get(f"{URL}?visning=indikatorer")

    (line,) = response.context["page"].indicator_lines
    assert {cell.committee.name: cell.figure is None for cell in line.cells} == {
        "DN Närsjukvård": True,
        "DN Regionservice": False,
    }
    assert "Ingår inte i nämndens plan" in response.text
    assert "Utfall saknas</span>" not in response.text.partition("</table>")[0]


def test_own_indicators_are_reached_by_choosing_the_committee(
    login, member, handed_in, committee, period, org
):
    own = make_indicator(org, "egen", body=committee)
    make_place(body_plan(committee, period), own)
    keep_again(committee)
    client = login(member)

    everyone = cells_of(client, "indikatorer")
    one = cells_of(client, "indikatorer", f"&namnd={committee.pk}")

    assert [line.indicator.key for line in everyone.indicator_lines] == ["sjukfranvaro-r12"]
    assert everyone.own_indicators == 1
    assert [(line.indicator.key, line.area) for line in one.indicator_lines] == [
        ("sjukfranvaro-r12", "Området fokus-1"),
        ("egen", "Övrigt"),
    ]


def test_goal_below_another_stands_in_its_focus_area(login, member, handed_in, committee, period):
    plan = body_plan(committee, period)
    below = make_goal(plan, "delmal", parent=plan.goals.get())
    make_place(plan, make_indicator(plan.body.organisation, "hme", unit="index"), goal=below)
    keep_again(committee)

    page = cells_of(login(member), "omraden")

    (line,) = page.committee_lines
    assert page.areas == ("Området fokus-1",)
    assert sum(count.number for count in line.cells[0].lights) == 2


def test_standing_tells_who_is_missing_and_late(
    login, member, handed_in, draft, period, org, committee
):
    late = factories.make_body(org, "sen", short_name="DN Sen")
    standing(period, late, RETURNED)
    occasion = ReportingRound.objects.get(period=period)
    occasion.due_on = factories.TODAY.replace(day=7)
    occasion.save()

    page = cells_of(login(member), "omraden")

    assert (len(page.ground.handed_in), len(page.ground.committees), page.ground.late) == (1, 3, 2)
    assert [(each.name, each.words) for each in page.ground.missing] == [
        ("DN Närsjukvård", "Ej inlämnat, 3 dagar sen (sista dag var 2026-03-07)"),
        ("DN Sen", "Ej inlämnat, 3 dagar sen (sista dag var 2026-03-07)"),
    ]


def test_what_was_missing_at_the_hand_in_is_said(login, member, handed_in, period, committee):
    make_area(make_control_plan(committee))
    keep_again(committee)

    page = cells_of(login(member), "omraden")
    detail = login(member).get(committee_url(period, committee)).content.decode()

    assert [(each.name, each.lacks) for each in page.ground.lacking] == [
        ("DN Regionservice", "1 resultat")
    ]
    assert "1 resultat saknas" in detail


# The filter.


@pytest.mark.parametrize(
    ("query", "period_name", "light"),
    [
        ("", "Helår 2025", None),
        ("?ar=2024", "Helår 2024", None),
        ("?ar=2024&period={this}", "Helår 2024", None),
        ("?period={last}", "Helår 2024", None),
        ("?ar=1999", "Helår 2025", None),
        ("?period=99999999999999999999&ar=abc&namnd=-1&status=x&visning=x", "Helår 2025", None),
        ("?period=%00&namnd=%27%3B--&ar=٢٠٢٤", "Helår 2025", None),
        ("?status=met", "Helår 2025", Light.MET),
    ],
)
def test_filter_answers_every_address(
    query, period_name, light, login, member, handed_in, period, last_year
):
    response = login(member).get(URL + query.format(this=period.pk, last=last_year.pk))

    page = response.context["page"]
    assert response.status_code == 200
    assert (page.ground.period.name, page.asked.light) == (period_name, light)


@pytest.mark.parametrize(("light", "shown"), [("met", 1), ("missed", 0)])
@pytest.mark.parametrize("mode", MODES)
def test_light_chooses_rows(mode, light, shown, login, member, handed_in, draft):
    page = cells_of(login(member), mode, f"&status={light}")

    assert len(page.committee_lines) + len(page.indicator_lines) == shown


def test_without_periods_the_page_says_so(login, member):
    response = login(member).get(URL)

    assert response.status_code == 200
    assert "Inga perioder ännu" in response.text
    assert login(member).get(EXCEL).status_code == 200


@pytest.mark.parametrize("mode", MODES)
def test_nobody_has_handed_in(mode, login, member, draft):
    text = login(member).get(f"{URL}?visning={mode}").text

    assert "Ingen nämnd har lämnat in" in text


# Down to the figure.


def test_figure_tells_everything_of_the_value(
    login, member, handed_in, committee, period, sick_leave
):
    response = login(member).get(figure_url(period, committee, sick_leave))

    for text in ("6,94", "högst 7,0", "7,53", "−0,59 procentenheter", "Fler chefer följer rutinen"):
        assert text in response.text
    assert (response.context["found"].area, response.context["found"].goal) == (
        "Området fokus-1",
        "Målet mal-1",
    )


def test_committee_page_holds_judgements_with_their_comment(
    login, member, handed_in, committee, period
):
    found = login(member).get(committee_url(period, committee)).context["found"]

    (area,) = found.areas
    assert [(goal.standing.word, goal.standing.comment) for goal in area.goals] == [
        ("Har delvis uppnåtts", "Fler chefer följer rutinen.")
    ]
    assert [row.value for row in area.rows] == ["6,94"]


def test_area_that_does_not_exist_is_not_found(login, member, handed_in, committee, period):
    client = login(member)
    url = committee_url(period, committee)

    assert client.get(f"{url}?omrade=Området fokus-1").status_code == 200
    assert client.get(f"{url}?omrade=Området fokus-2").status_code == 404


@pytest.mark.parametrize("pk", [0, 999999999, 10**30])
def test_figure_of_no_such_indicator(pk, login, member, handed_in, committee, period):
    url = f"{URL}{period.pk}/{committee.pk}/{pk}/"

    assert login(member).get(url).status_code == 404


def test_fragment_is_a_part_of_the_page(login, member, handed_in, committee, period, sick_leave):
    client = login(member)
    for url in (committee_url(period, committee), figure_url(period, committee, sick_leave)):
        fragment = client.get(url, headers={"HX-Request": "true"})

        assert "<html" not in fragment.text
        assert 'id="detail-title"' in fragment.text
        assert "6,94" in fragment.text
        assert fragment["Vary"].count("HX-Request") == 1


def test_hostile_text_is_printed_as_text(login, member, handed_in, committee, period, sick_leave):
    handed_in.comment = "<script>alert(1)</script>"
    handed_in.save()

    text = login(member).get(figure_url(period, committee, sick_leave)).text

    assert "<script>alert" not in text


# The workbook.


def test_workbook_has_the_pages_cells(login, member, handed_in, draft, committee, period):
    client = login(member)
    (line,) = cells_of(client, "indikatorer").indicator_lines

    book = load_workbook(BytesIO(client.get(f"{EXCEL}?visning=indikatorer").content))

    rows = list(book["Indikatorer"].iter_rows(min_row=4, values_only=True))
    figure = next(cell.figure for cell in line.cells if cell.figure)
    assert rows[0][:3] == ("DN Regionservice", "Inlämnad 2026-02-10", "Området fokus-1")
    assert rows[0][3:5] == (line.indicator.name, "%")
    assert Decimal(str(rows[0][5])) == parse_swedish(figure.value)
    assert rows[0][6:8] == (figure.light_word, "högst 7,0")
    assert Decimal(str(rows[0][9])) == parse_swedish(figure.change.text)
    assert rows[0][10:] == ("procentenheter", "Fler chefer följer rutinen.")
    assert rows[1][:2] == ("DN Närsjukvård", "Ej inlämnat, sista dag 2026-03-31")
    assert book["Indikatorer"]["F4"].number_format == "#,##0.00"


@pytest.mark.parametrize(
    ("mode", "name"), [("omraden", "Fokusområden"), ("indikatorer", "Indikatorer")]
)
def test_workbook_knows_every_heading_of_the_page(mode, name, login, member, handed_in, draft):
    """As a column, or as a value: the page's columns of committees and areas are rows there."""
    client = login(member)
    table = client.get(f"{URL}?visning={mode}").text.partition("<thead>")[2]
    headings = re.findall(r'<th scope="col">([^<]+)', table.partition("</thead>")[0])

    sheet = load_workbook(BytesIO(client.get(f"{EXCEL}?visning={mode}").content))[name]

    written = {value for row in sheet.iter_rows(min_row=3, values_only=True) for value in row}
    assert len(headings) > 1
    assert {heading.strip() for heading in headings} <= written


@pytest.mark.parametrize("mode", MODES)
def test_rows_of_the_page_are_as_wide_as_its_head(mode, login, member, handed_in, draft):
    table = login(member).get(f"{URL}?visning={mode}").text.partition("<thead>")[2]
    rows = table.partition("</table>")[0].split("<tr")[1:]

    widths = {
        sum(
            int((re.search(r'colspan="(\d+)"', cell) or [0, 1])[1])
            for cell in re.findall(r"<t[hd][ >][^>]*", row)
        )
        for row in rows
    }
    assert len(rows) > 1
    assert len(widths) == 1


def test_workbook_of_areas_has_the_pages_counts(login, member, handed_in, draft):
    book = load_workbook(BytesIO(login(member).get(EXCEL).content))

    head, *rows = list(book["Fokusområden"].iter_rows(min_row=3, values_only=True))
    found = [dict(zip(head, row, strict=True)) for row in rows]
    by_name = {row["Nämnd"]: row for row in found}
    assert by_name["DN Regionservice"]["Indikatorer: Når målet"] == 1
    assert by_name["DN Regionservice"]["Mål: Har delvis uppnåtts"] == 1
    assert by_name["DN Närsjukvård"]["Fokusområde"] is None


def test_workbook_says_what_was_chosen_and_when(login, member, handed_in, committee):
    url = f"{EXCEL}?namnd={committee.pk}&status=met"

    book = load_workbook(BytesIO(login(member).get(url).content))

    about = dict(book["Om filen"].iter_rows(min_row=4, max_col=2, values_only=True))
    assert about["Uttagen"].date() == factories.TODAY
    assert (about["Nämnd"], about["Status"], about["Period"]) == (
        "DN Regionservice",
        "Når målet",
        "Helår 2025",
    )
    assert about["Utfall saknas"].startswith("Nämnden har lämnat in")


def test_comment_that_looks_like_a_formula_stays_text(login, member, handed_in):
    handed_in.comment = "=1+1"
    handed_in.save()
    keep_again(handed_in.unit.body)

    book = load_workbook(BytesIO(login(member).get(f"{EXCEL}?visning=indikatorer").content))

    assert (book["Indikatorer"]["L4"].value, book["Indikatorer"]["L4"].data_type) == ("=1+1", "s")


def test_words_that_look_like_a_number_stay_words(login, member, handed_in, last_year):
    before = Outcome.objects.filter(period=last_year)
    before.update(kind=ValueKind.TEXT, number=None, decimals=None, text="70")

    book = load_workbook(BytesIO(login(member).get(f"{EXCEL}?visning=indikatorer").content))

    assert (book["Indikatorer"]["I4"].value, book["Indikatorer"]["I4"].data_type) == ("70", "s")


# Size.


@pytest.mark.parametrize("mode", MODES)
def test_thirty_committees_and_sixty_indicators_cost_no_more_queries(
    mode, login, member, org, period, last_year
):
    client = login(member)
    indicators = [make_indicator(org, f"indikator-{number}") for number in range(60)]

    def fill(bodies, planned):
        for number in bodies:
            body = factories.make_body(org, f"namnd-{number}", short_name=f"N {number}")
            standing(period, body, RoundStateName.SUBMITTED)
            plan = make_plan(body)
            for indicator in planned:
                make_place(plan, indicator, target="högst 7")
                make_outcome(indicator, body, period, "6")
            keep_again(body)

    fill(range(1), indicators[:1])
    url = f"{URL}?visning={mode}"
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    fill(range(1, 2), indicators)
    fill(range(2, 30), indicators[:2])

    with CaptureQueriesContext(connection) as many:
        page = client.get(url).context["page"]

    assert len(many) == len(few)
    assert len(page.ground.handed_in) == 30


def test_it_opens_on_the_latest_period_with_something_handed_in(
    login, case_officer, handed_in, org, committee, period
):
    """A later period that is over, with a round in which nothing is handed in, says so."""
    later = Period.objects.create(
        organisation=org, key="senare", name="Senare", short_name="Senare",
        starts_on=period.ends_on, ends_on=period.ends_on + timedelta(days=1),
    )  # fmt: skip
    standing(later, committee, OPEN)

    opened = login(case_officer).get(URL)
    asked = login(case_officer).get(URL, {"period": later.pk}).text

    assert opened.context["page"].ground.period == period
    assert "Senare (inget inlämnat)" in asked
