"""The grid of results typed into: what is taken, what is refused, and in which words."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import escape

from governance.enums import ChangeKind, Light, ScaleKind
from governance.models import AuditEntry, Period, Scale, ScaleLevel
from internal_control.models import CONTRADICTS, ControlResult
from rounds.enums import RoundStateName
from tests.factories import make_round_state
from tests.internal_control.factories import make_area, make_level, make_plan, make_result

HX = {"HX-Request": "true"}
ERROR = re.compile(r'id="error-[\w]+\.p\d+_(\w+)" hx-swap-oob="true">([^<]*)<')
READERS = [("controller", 200), ("head", 200), ("chair", 200), ("reader", 200)]
NOBODY = [
    (who, 404)
    for who in (
        "case_officer", "secretary", "presiding", "member", "registrar", "outsider", "stranger",
        "administrator",
    )
]  # fmt: skip


@pytest.fixture
def level(org):
    return make_level(org, "God kontroll")


@pytest.fixture
def plan(committee):
    return make_plan(committee)


@pytest.fixture
def area(plan, level):
    return make_area(plan)


@pytest.fixture
def april(org):
    return Period.objects.create(
        organisation=org,
        key="apr-2025",
        name="Januari–april 2025",
        short_name="Apr",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 4, 30),
    )


@pytest.fixture
def url(round_state, area):
    return reverse("internal_control:entry_grid", args=[round_state.pk])


@pytest.fixture
def typing(login, controller, url, area, period):
    """Type into the area's row of the year: cells by their name, each with what it showed."""

    def send(*, was: str = "", to: str = url, headers: dict | None = HX, **cells: str):
        names = {f"{area.pk}.p{period.pk}_{name}": text for name, text in cells.items()}
        data = {f"value-{name}": text for name, text in names.items()}
        data |= {f"was-{name}": was for name in names}
        return login(controller).post(to, data, headers=headers)

    return send


def refusals(response):
    """The reasons of an answer, by column."""
    found = ERROR.findall(response.content.decode())
    return {column: unescape(words).strip() for column, words in found if words}


@pytest.mark.parametrize(("who", "status"), READERS + NOBODY)
def test_who_may_read(request, login, url, who, status):
    assert login(request.getfixturevalue(who)).get(url).status_code == status


@pytest.mark.parametrize(
    ("who", "status"), [(who, 403) for who, _status in READERS if who != "controller"] + NOBODY
)
def test_who_may_not_write(request, login, url, area, period, who, status):
    data = {f"value-{area.pk}.p{period.pk}_performed": "ja"}

    response = login(request.getfixturevalue(who)).post(url, data, headers=HX)

    assert (response.status_code, ControlResult.objects.count()) == (status, 0)


def test_anonymous_is_sent_to_login(client, url):
    assert client.get(url).url == f"/konto/logga-in/?next={url}"


def test_page_shows_areas_with_their_questions_and_counts_those_without_result(
    login, controller, url, plan, period, level
):
    make_result(make_area(plan, "omrade-2"), period, level)

    page = login(controller).get(url).context["page"]

    assert page.title == "Intern kontroll för helår 2025"
    assert [row.help for row in page.rows] == ["Sker utbetalningar på korrekta underlag?"] * 2
    assert [(each.label, each.group) for each in page.columns] == [
        ("Utförd", "Helår 2025"),
        ("Resultat", "Helår 2025"),
        ("Kommentar", "Helår 2025"),
    ]
    assert [row.is_missing for row in page.rows] == [True, False]
    assert (page.summary.filled, page.summary.total) == (1, 2)


def test_what_is_typed_stands_with_its_history(typing, area, period, level, controller):
    response = typing(performed="ja", passed=str(level.pk), comment="Stickprov på 20.")

    result = ControlResult.objects.get()
    assert response.status_code == 200
    assert (result.area, result.period, result.version) == (area, period, 1)
    assert (result.performed, result.level, result.comment) == (True, level, "Stickprov på 20.")
    told = AuditEntry.objects.order_by("field").values_list("field", "old", "new", "actor", "kind")
    assert list(told) == [
        ("comment", "", "Stickprov på 20.", str(controller), ChangeKind.TYPED),
        ("level", "", "God kontroll", str(controller), ChangeKind.TYPED),
        ("performed", "", "Ja", str(controller), ChangeKind.TYPED),
    ]


def test_cells_of_a_row_are_one_version_and_no_conflict_of_each_other(typing, area, period, level):
    typing(performed="ja")

    response = typing(passed=str(level.pk))

    assert response.status_code == 200
    assert ControlResult.objects.values_list("performed", "level", "version").get() == (
        True,
        level.pk,
        2,
    )


def test_answer_is_the_row_as_it_stands(typing, area, period, level):
    answer = typing(performed="ja", passed=str(level.pk)).content.decode()

    name = f"{area.pk}.p{period.pk}"
    assert f'data-row="{area.pk}" data-missing="0"' in answer
    assert f'data-cell="{name}_passed" data-version="1" data-state="saved"' in answer
    assert f'data-saved="{level.pk}"' in answer


def test_emptied_cells_are_not_reported_again(typing, area, period, level):
    make_result(area, period, level)

    response = typing(passed="", was=str(level.pk))

    assert response.status_code == 200
    assert ControlResult.objects.get().level is None
    assert f'data-row="{area.pk}" data-missing="1"' in response.content.decode()


def test_who_was_first_is_told_in_the_words_of_the_choice(typing, org, period, area, level):
    other = make_level(org, "Allvarliga brister")
    typing(passed=str(other.pk))

    response = typing(passed=str(level.pk))

    assert response.status_code == 409
    assert ControlResult.objects.get().level == other
    (words,) = refusals(response).values()
    assert words.startswith("Du, i ett annat fönster, skrev Allvarliga brister kl. ")
    assert words.endswith("Du skrev God kontroll.")


@pytest.mark.parametrize("kind", [ScaleKind.LIGHT, ScaleKind.CONTROL_RESULT])
def test_level_of_another_kind_or_region_is_refused(typing, request, kind):
    owner = "org" if kind == ScaleKind.LIGHT else "other_org"
    scale = Scale.objects.create(
        organisation=request.getfixturevalue(owner), key="annan", kind=kind, name="Annan"
    )
    level = ScaleLevel.objects.create(
        scale=scale, key="god", name="God kontroll", position=1, tone=Light.MET
    )

    response = typing(passed=str(level.pk), comment="Sparas ändå.")

    assert response.status_code == 422
    assert refusals(response) == {"passed": "Det går inte att välja. Välj i listan."}
    assert ControlResult.objects.values_list("level", "comment").get() == (None, "Sparas ändå.")


@pytest.mark.parametrize("text", ["true", "1", "Ja", "x" * 5000])
def test_answer_that_is_no_option_is_refused(typing, text):
    assert typing(performed=text).status_code == 422
    assert ControlResult.objects.count() == 0


def test_comment_has_an_end(typing):
    assert refusals(typing(comment="x" * 4001)) == {"comment": "Skriv högst 4000 tecken."}


def test_scale_without_levels_takes_no_result(typing, level):
    level.delete()

    assert typing(passed="Bra").status_code == 422


# What contradicts itself.


def test_control_that_was_not_performed_has_no_result(typing, level):
    response = typing(performed="nej", passed=str(level.pk), comment="Sjukdom.")

    assert response.status_code == 422
    assert refusals(response) == {"performed": CONTRADICTS, "passed": CONTRADICTS}
    assert ControlResult.objects.values_list("performed", "comment").get() == (None, "Sjukdom.")


def test_result_stands_in_the_way_of_a_no(typing, area, period, level):
    make_result(area, period, level)

    assert refusals(typing(performed="nej")) == {"performed": CONTRADICTS}


def test_a_no_stands_in_the_way_of_a_result(typing, level):
    typing(performed="nej")

    assert refusals(typing(passed=str(level.pk))) == {"passed": CONTRADICTS}


def test_both_are_mended_at_once(login, controller, url, area, period, level):
    result = make_result(area, period, level)
    name = f"{area.pk}.p{period.pk}"
    data = {
        f"value-{name}_performed": "nej",
        f"was-{name}_performed": "",
        f"value-{name}_passed": "",
        f"was-{name}_passed": str(level.pk),
    }

    response = login(controller).post(url, data)

    result.refresh_from_db()
    assert response.status_code == 302
    assert (result.performed, result.level) == (False, None)
    assert not login(controller).get(url).context["page"].rows[0].is_missing


# The periods beside each other.


def test_earlier_periods_of_the_year_stand_beside_and_are_read_only(
    login, controller, url, area, committee, april, last_year, period, level
):
    found = make_result(area, april, level)
    found.comment = "Tre av fem."
    found.save()
    make_result(area, last_year, level)

    response = login(controller).get(url)

    page = response.context["page"]
    assert [(each.group, each.label) for each in page.columns] == [
        ("Apr", "Resultat"),
        ("Helår 2025", "Utförd"),
        ("Helår 2025", "Resultat"),
        ("Helår 2025", "Kommentar"),
    ]
    (row,) = page.rows
    assert [cell.words for cell in row.cells] == ["God kontroll", "", "", ""]
    words = "Januari–april 2025 fylls i på sin egen sida."
    assert [cell.locked for cell in row.cells] == [words, "", "", ""]
    assert row.previous_comment == "Tre av fem."
    assert f"Apr: {words}" in response.content.decode()


def test_earlier_control_that_was_not_performed_is_said_to_be_so(
    login, controller, url, area, april
):
    ControlResult.objects.create(area=area, period=april, performed=False)

    page = login(controller).get(url)

    assert page.context["page"].rows[0].cells[0].words == "Inte utförd"
    assert "Inte utförd" in page.content.decode()


def test_period_that_a_round_asks_of_the_part_stands_without_results_too(
    login, controller, url, committee, april, org
):
    may = Period.objects.create(
        organisation=org,
        key="maj-2025",
        name="Maj 2025",
        short_name="Maj",
        starts_on=date(2025, 5, 1),
        ends_on=date(2025, 5, 31),
    )
    make_round_state(april, committee)
    economy = make_round_state(may, committee).reporting_round
    economy.parts = ["economy"]
    economy.save()

    page = login(controller).get(url).context["page"]

    assert list(dict.fromkeys(each.group for each in page.columns)) == ["Apr", "Helår 2025"]


def test_nothing_is_typed_in_another_period(login, controller, url, area, committee, april, level):
    make_round_state(april, committee)
    data = {f"value-{area.pk}.p{april.pk}_passed": str(level.pk)}

    response = login(controller).post(url, data, headers=HX)

    assert response.status_code == 409
    assert ControlResult.objects.count() == 0


def test_column_or_row_that_is_not_there_is_not_found(
    login, controller, url, area, period, other_committee
):
    foreign = make_area(make_plan(other_committee))
    for name in (
        f"{area.pk}.p{period.pk}_note",
        f"{area.pk}.p999_passed",
        f"{foreign.pk}.p{period.pk}_performed",
        f"{area.pk}u1.p{period.pk}_performed",
    ):
        response = login(controller).post(url, {f"value-{name}": "ja"}, headers=HX)
        assert response.status_code == 404
    assert ControlResult.objects.count() == 0


@pytest.mark.parametrize("state", [RoundStateName.SUBMITTED, RoundStateName.LOCKED])
def test_nothing_is_typed_when_the_period_is_handed_in(
    typing, login, controller, url, round_state, state
):
    round_state.state = state
    round_state.save()

    response = typing(performed="ja")

    assert (response.status_code, ControlResult.objects.count()) == (409, 0)
    assert "<select" not in login(controller).get(url).content.decode()


def test_nothing_is_typed_where_no_round_asks_for_it(typing, round_state):
    round_state.reporting_round.parts = ["targets"]
    round_state.reporting_round.save()

    response = typing(performed="ja")

    assert "Helår 2025 är inte öppen för rapportering." in response.content.decode()
    assert ControlResult.objects.count() == 0


# Without JavaScript.


def test_untouched_plain_form_changes_nothing(login, controller, url, area, period, level):
    result = make_result(area, period, level)
    page = login(controller).get(url).context["page"]
    data = {}
    for cell in page.rows[0].cells:
        data |= {
            f"value-{page.rows[0].id}.{cell.column}": cell.shown,
            f"was-{page.rows[0].id}.{cell.column}": cell.was,
        }

    response = login(controller).post(url, data)

    result.refresh_from_db()
    assert (response.status_code, result.version) == (302, 1)
    assert AuditEntry.objects.count() == 0


def test_plain_form_keeps_what_was_refused_and_says_why(typing, level):
    response = typing(headers=None, performed="nej", passed=str(level.pk))

    page = response.content.decode()
    assert response.status_code == 422
    assert "2 värden kunde inte sparas." in page
    assert escape(CONTRADICTS) in page
    assert '<option value="nej" selected>' in page


def test_hostile_text_is_shown_as_text(typing, login, controller, url):
    typing(comment="<script>alert(1)</script>")

    page = login(controller).get(url).content.decode()
    assert "<script>alert(1)" not in page
    assert escape("<script>alert(1)</script>") in page


def test_level_of_another_scale_that_stands_already_may_stay(
    login, controller, url, org, area, period
):
    scale = Scale.objects.create(organisation=org, key="ljus", kind=ScaleKind.LIGHT, name="Ljus")
    level = ScaleLevel.objects.create(
        scale=scale, key="gron", name="Grön", position=1, tone=Light.MET
    )
    make_result(area, period, level)

    page = login(controller).get(url).content.decode()

    assert f'<option value="{level.pk}" selected>Grön</option>' in page


def test_body_without_plan_has_nothing_to_fill_in(login, controller, round_state):
    url = reverse("internal_control:entry_grid", args=[round_state.pk])

    assert "Inget att fylla i" in login(controller).get(url).content.decode()


# Many at once.


@pytest.mark.parametrize("count", [1, 30])
def test_page_takes_the_same_queries(
    login, controller, url, plan, period, april, level, count, django_assert_num_queries
):
    for number in range(count):
        area = make_area(plan, f"mer-{number}")
        make_result(area, period, level)
        make_result(area, april, level)
    client = login(controller)
    client.get(url)

    with django_assert_num_queries(11):
        client.get(url)


def test_two_hundred_cells_take_few_statements(
    login, controller, url, plan, area, period, level, django_assert_max_num_queries
):
    data = {}
    for number in range(67):
        row = make_area(plan, f"mer-{number}")
        if number % 2:
            make_result(row, period, level)
        name = f"value-{row.pk}.p{period.pk}"
        data |= {f"{name}_performed": "ja", f"{name}_comment": f"Rad {number}"}
        data[f"{name}_passed"] = str(level.pk)
        data |= {f"was-{row.pk}.p{period.pk}_passed": str(level.pk) if number % 2 else ""}
    client = login(controller)
    data |= {name.replace("value-", "was-"): "" for name in data if "_passed" not in name}

    with django_assert_max_num_queries(30):
        response = client.post(url, data, headers=HX)

    assert response.status_code == 200
    assert ControlResult.objects.filter(performed=True, level=level).count() == 67


def test_page_says_that_no_round_asks_for_it(login, controller, url, round_state):
    round_state.reporting_round.parts = ["targets"]
    round_state.reporting_round.save()

    page = login(controller).get(url).content.decode()

    assert "är inte öppen för rapportering." in page
    assert "data-saved" not in page
