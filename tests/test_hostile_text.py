"""No text that arrives gives a fault, whatever signs it has; most of them only on PostgreSQL."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from governance.middleware import CleanTextMiddleware
from governance.models import Period
from governance.rules import Invalid, clean_text
from governance.writing import LONGEST_TEXT, add, change, differing_of
from targets.models import FocusArea, Outcome
from tests.long_words import text_columns
from tests.targets.factories import make_indicator, make_place, make_plan, row_key


def test_nul_in_a_comment_is_dropped(login, controller, org, committee, period, round_state):
    indicator = make_indicator(org)
    make_place(make_plan(committee), indicator)
    url = reverse("targets:outcome_row", args=[round_state.pk, row_key(indicator, committee)])

    answer = login(controller).post(
        url, {"version": 0, "scope": "own", "comment": "a\x00b\x0bc", "source": "\x00"}
    )

    assert answer.status_code == 302
    assert Outcome.objects.get().comment == "abc"


def test_name_from_word_is_kept_without_what_xml_cannot_hold(login, controller, committee):
    plan = make_plan(committee, 2026)

    login(controller).post(
        reverse("targets:plan_area_add", args=[plan.pk]), {"name": "Region\x0bservice"}
    )

    assert FocusArea.objects.get().name == "Regionservice"


def test_what_is_written_otherwise_is_cleaned_too(committee, controller):
    plan = make_plan(committee)
    area = add(FocusArea(plan=plan, key="a", name="a\x0bb", position=1), by=controller)
    assert area.name == "ab"

    change(area, {"name": "c\x00d"}, by=controller)

    assert FocusArea.objects.get().name == area.name == "cd"


def test_cookie_and_address_give_no_fault(login, controller, committee):
    client = login(controller)
    client.cookies["sessionid"] = '"aaaaaaaa\\000bbbbbbbb"'

    assert client.get(reverse("desk:todo")).status_code == 302


def test_query_without_such_signs_is_left_alone():
    request = RequestFactory().get("/?a=å%0Ab&a=2")
    given = request.GET

    CleanTextMiddleware(lambda _request: None)(request)

    assert request.GET is given
    assert QueryDict("a=å%0Ab&a=2") == request.GET


@pytest.mark.parametrize(
    ("text", "clean"),
    [("a\x00b\x0b\ufffe\ud800c", "abc"), ("rad\n\tå – 𝄞\u00a0", "rad\n\tå – 𝄞\u00a0")],
)
def test_cleaner(text, clean):
    assert clean_text(text) == clean


@pytest.mark.parametrize("charset", ["utf-16", "unicode_escape", "utf-7"])
def test_a_form_in_another_encoding_is_refused_in_words(db, charset):
    answer = Client(raise_request_exception=False).post(
        reverse("governance:login"),
        b"username=a&password=b",
        content_type=f"application/x-www-form-urlencoded; charset={charset}",
    )

    assert answer.status_code == 400
    assert "Ingenting är sparat" in answer.content.decode()


def test_a_form_that_is_too_large_is_refused_in_words(db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    answer = Client(raise_request_exception=False).post(
        reverse("governance:login"), {"username": "a" * 2000}
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1)])
def test_a_day_that_nothing_can_be_reckoned_from_is_refused(org, day):
    period = Period(organisation=org, key="p", name="P", starts_on=day, ends_on=day)

    with pytest.raises(Invalid, match="går inte att använda"):
        add(period, by=None)


@pytest.mark.parametrize(("model", "field"), list(text_columns()))
def test_more_text_than_can_be_printed_is_refused_in_words(model, field):
    name, most = field.name, "x" * LONGEST_TEXT

    assert differing_of(model(), {name: most}) == {name: most}
    with pytest.raises(Invalid, match="20\u00a0001 tecken"):
        differing_of(model(), {name: most + "x"})
