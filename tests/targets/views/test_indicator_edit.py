from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from governance.models import AuditEntry
from targets.enums import Breakdown, Direction
from targets.models import Category, Definition, Indicator, Outcome
from tests.targets import factories

PAGES = ("indicator_edit", "definition_add", "category_edit")
FIELDS = {
    "name": "Sjukfrånvaro",
    "number": "28",
    "kind": "key_figure",
    "unit_label": "%",
    "decimals": "1",
    "direction": "lower",
    "tolerance": "0,5",
    "dimension": "sex",
    "rollup": "ratio",
    "hides_small_groups": "on",
    "version": "1",
}


@pytest.fixture
def own(indicator, committee):
    indicator.body = committee
    indicator.save()
    return indicator


def address(name, pk):
    return reverse(f"targets:{name}", args=[pk])


def test_fields_are_changed_each_with_its_history(login, controller, own):
    answer = login(controller).post(address("indicator_edit", own.pk), FIELDS)

    assert answer.url == address("indicator_detail", own.pk)
    own.refresh_from_db()
    assert (own.name, own.tolerance, own.decimals, own.version) == (
        "Sjukfrånvaro",
        Decimal("0.5"),
        1,
        2,
    )
    entries = AuditEntry.objects.filter(object_type="targets.Indicator", object_id=own.pk)
    told = {entry.field: (entry.old, entry.new) for entry in entries}
    assert told["kind"] == ("Målindikator", "Nyckeltal")
    assert told["tolerance"] == ("", "0.5")
    assert "direction" not in told


def test_someone_was_first_and_saving_again_is_a_choice(login, controller, own):
    Indicator.objects.filter(pk=own.pk).update(name="Den andras namn", version=2)
    client, url = login(controller), address("indicator_edit", own.pk)

    answer = client.post(url, FIELDS)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Den andras namn" in page
    assert 'value="Sjukfrånvaro"' in page
    assert 'name="version" value="2"' in page
    assert client.post(url, FIELDS | {"version": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", ""),
        ("tolerance", "lite"),
        ("tolerance", "-1"),
        ("tolerance", "NaN"),
        ("decimals", "7"),
        ("kind", "påhittat"),
        ("direction", "upp"),
        ("base_year", "-5"),
    ],
)
def test_bad_input_is_refused(login, controller, own, field, text):
    answer = login(controller).post(address("indicator_edit", own.pk), FIELDS | {field: text})

    assert answer.status_code == 422
    own.refresh_from_db()
    assert own.name == "Indikatorn sjukfranvaro-r12"


def test_new_definition_holds_from_its_day(login, controller, own):
    Definition.objects.create(indicator=own, key="forsta", text="Sjuktid.")
    url = address("definition_add", own.pk)
    client = login(controller)
    assert "Sjuktid." in client.get(url).content.decode()

    answer = client.post(
        url, {"text": "Sjuktid, ny källa.", "valid_from": "2026-01-01", "version": "1"}
    )

    assert answer.status_code == 302
    assert list(own.definitions.order_by("id").values_list("valid_from", "text")) == [
        (None, "Sjuktid."),
        (date(2026, 1, 1), "Sjuktid, ny källa."),
    ]
    entry = AuditEntry.objects.filter(object_type="targets.Indicator").latest("id")
    assert (entry.field, entry.new) == ("definition", "Från 2026-01-01: Sjuktid, ny källa.")


def test_first_definition_may_hold_from_the_beginning(login, controller, own):
    client = login(controller)

    client.post(address("definition_add", own.pk), {"text": "Sjuktid.", "version": "1"})

    assert own.definitions.get().valid_from is None


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"text": "Ny", "valid_from": "", "version": "1"}, 422),
        ({"text": "Ny", "valid_from": "2025-01-01", "version": "1"}, 422),
        ({"text": "Ny", "valid_from": "i morgon", "version": "1"}, 422),
        ({"text": "", "valid_from": "2026-01-01", "version": "1"}, 422),
        ({"text": "Ny", "valid_from": "2026-01-01", "version": "0"}, 409),
        ({"text": "Ny", "valid_from": "2026-01-01", "version": "x"}, 409),
    ],
)
def test_definition_that_is_refused(login, controller, own, sent, status):
    Definition.objects.create(
        indicator=own, key="forsta", text="Sjuktid.", valid_from=date(2025, 1, 1)
    )

    answer = login(controller).post(address("definition_add", own.pk), sent)

    assert answer.status_code == status
    assert own.definitions.count() == 1


def test_categories_are_renamed_added_and_taken_away(login, controller, own):
    kept, gone = (
        Category.objects.create(indicator=own, key=key, name=key, position=place)
        for place, key in enumerate(("Kort", "Lång"))
    )
    sent = {
        f"category-{kept.pk}": "Korttid",
        f"category-{gone.pk}": "",
        "new-1": "Långtid",
        "version": "1",
    }

    login(controller).post(address("category_edit", own.pk), sent)

    assert list(own.categories.values_list("name", flat=True)) == ["Korttid", "Långtid"]
    entry = AuditEntry.objects.filter(object_type="targets.Indicator").latest("id")
    assert (entry.field, entry.old, entry.new) == ("categories", "Kort, Lång", "Korttid, Långtid")


def test_category_with_outcomes_stays(login, controller, own, committee, period):
    used = Category.objects.create(indicator=own, key="kort", name="Kort", position=0)
    outcome = factories.make_outcome(own, committee, period, "2.4")
    Outcome.objects.filter(pk=outcome.pk).update(breakdown=Breakdown.CATEGORY, category=used)

    answer = login(controller).post(
        address("category_edit", own.pk), {f"category-{used.pk}": "", "version": "1"}
    )

    assert answer.status_code == 409
    assert "har utfall och kan inte tas bort." in answer.content.decode()
    assert own.categories.count() == 1


def test_two_categories_of_one_name_are_refused(login, controller, own):
    answer = login(controller).post(
        address("category_edit", own.pk), {"new-1": "Kort", "new-2": "kort", "version": "1"}
    )

    assert answer.status_code == 422
    assert own.categories.count() == 0


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "own_status", "shared_status"),
    [
        ("controller", 200, 403),
        ("head", 403, 403),
        ("case_officer", 404, 200),
        ("outsider", 404, 403),
        ("stranger", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_defines(request, login, org, committee, name, who, own_status, shared_status):
    own = factories.make_indicator(org, "egen", body=committee)
    shared = factories.make_indicator(org, "gemensam")
    client = login(request.getfixturevalue(who))

    assert client.get(address(name, own.pk)).status_code == own_status
    assert client.get(address(name, shared.pk)).status_code == shared_status


def test_controller_adds_an_own_indicator_and_is_led_to_its_definition(
    login, controller, committee
):
    sent = FIELDS | {"name": "Återbesök i tid"}

    answer = login(controller).post(address("indicator_add", committee.pk), sent)

    added = Indicator.objects.get()
    assert answer.url == address("definition_add", added.pk)
    assert (added.body, added.name, added.direction) == (
        committee,
        "Återbesök i tid",
        Direction.LOWER,
    )
    assert added.key.startswith("aterbesok-i-tid-")


def test_a_new_indicator_sent_twice_is_one(login, controller, committee):
    client, url = login(controller), address("indicator_add", committee.pk)
    sent = {**FIELDS, "token": client.get(url).context["token"]}

    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 409]
    assert Indicator.objects.filter(name=FIELDS["name"]).count() == 1


def test_case_officer_adds_a_shared_one_at_the_board(login, case_officer, board):
    login(case_officer).post(address("indicator_add", board.pk), FIELDS)

    assert Indicator.objects.get().body is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 403), ("reader", 403), ("outsider", 404), ("case_officer", 404), ("stranger", 404)],
)
def test_who_may_not_add(request, login, committee, who, status):
    client = login(request.getfixturevalue(who))

    assert client.get(address("indicator_add", committee.pk)).status_code == status
    assert client.post(address("indicator_add", committee.pk), FIELDS).status_code == status
    assert not Indicator.objects.exists()


def test_anonymous_goes_to_the_login_page(client, own):
    for name in PAGES:
        assert client.get(address(name, own.pk)).status_code == 302
