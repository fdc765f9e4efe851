"""A result beside the round: what is missing, what is kept, what contradicts itself."""

import msgspec
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.enums import Light
from governance.models import Period
from internal_control.models import ControlResult
from internal_control.queries import handed_in_rows, lacks, snapshot
from rounds.models import HandIn, RoundState
from rounds.queries.hand_ins import parts_of
from tests.factories import make_body, make_round_state
from tests.internal_control.factories import make_area, make_level, make_plan

WORDS = [
    (None, False, "Ej rapporterat", True),
    (True, False, "Utförd, resultat saknas", True),
    (False, False, "Inte utförd", False),
    (None, True, "Utan anmärkning", False),
    (True, True, "Utan anmärkning", False),
]


@pytest.fixture
def level(org):
    return make_level(org)


@pytest.fixture
def plan(committee):
    return make_plan(committee)


def lacking(*states):
    found = RoundState.objects.select_related("reporting_round__period")
    words = lacks(found.filter(pk__in=[each.pk for each in states]))
    return [words[each.pk] for each in states]


@pytest.mark.parametrize(("performed", "has_level", "word", "is_missing"), WORDS)
def test_word_and_what_is_missing(
    committee, plan, period, round_state, level, performed, has_level, word, is_missing
):
    area, given = make_area(plan), level if has_level else None
    ControlResult.objects.create(area=area, period=period, performed=performed, level=given)

    (row,) = handed_in_rows(snapshot(committee, period))

    light = Light.MET if has_level else Light.NO_OUTCOME
    assert (row.word, row.light, row.is_missing) == (word, light, is_missing)
    assert lacking(round_state) == ["1 resultat" if is_missing else ""]


def test_not_performed_with_a_result_is_refused_by_the_database(plan, period, level):
    area = make_area(plan)

    with pytest.raises(IntegrityError), transaction.atomic():
        ControlResult.objects.create(area=area, period=period, performed=False, level=level)


def test_lacking_is_told_of_each_state_by_its_own_plan_and_period(
    org, committee, plan, period, last_year, round_state, level, django_assert_num_queries
):
    area = make_area(plan)
    make_area(plan, "omrade-2")
    ControlResult.objects.create(area=area, period=period, level=level)
    ControlResult.objects.create(area=area, period=last_year, level=level)
    make_area(make_plan(committee, 2024))
    bare = make_body(org, "utan-plan")
    states = [round_state, make_round_state(last_year, committee), make_round_state(period, bare)]

    with django_assert_num_queries(4):
        found = lacking(*states)

    assert found == ["1 resultat", "1 resultat", ""]


def test_what_was_kept_before_performed_was_asked_for_is_still_read(committee, plan, period):
    make_area(plan)
    kept = msgspec.json.decode(snapshot(committee, period))
    del kept["results"][0]["performed"]

    (row,) = handed_in_rows(msgspec.json.encode(kept))

    assert row.word == "Ej rapporterat"


def test_results_are_handed_in_with_the_outcomes_as_they_were_typed(
    login, controller, plan, period, round_state, level
):
    area, client = make_area(plan), login(controller)
    name = f"value-{area.pk}.p{period.pk}"
    typed = {f"{name}_performed": "ja", f"{name}_passed": str(level.pk), f"{name}_comment": "Bra."}
    url = reverse("internal_control:entry_grid", args=[round_state.pk])
    assert client.post(url, typed).status_code == 302

    response = client.post(
        reverse("rounds:hand_in", args=[round_state.pk]), {"version": round_state.version}
    )

    assert response.status_code == 302
    parts = parts_of(bytes(HandIn.objects.get().content))
    assert {"targets", "internal_control"} <= set(parts)
    (kept,) = msgspec.json.decode(parts["internal_control"])["results"]
    assert (kept["performed"], kept["level"], kept["comment"]) == (True, "Utan anmärkning", "Bra.")
    assert client.post(url, typed | {f"{name}_comment": "Sämre."}).status_code == 409


def test_round_leads_to_the_grid_of_a_body_with_a_plan(login, controller, plan, round_state):
    page = login(controller).get(reverse("targets:entry_grid", args=[round_state.pk]))

    tabs = {tab.label: tab.url for tab in page.context["page"].tabs}
    assert tabs["Intern kontroll"] == reverse("internal_control:entry_grid", args=[round_state.pk])


def test_plan_page_says_of_a_control_that_it_was_performed(login, reader, plan, period, level):
    area = make_area(plan)
    ControlResult.objects.create(area=area, period=period, performed=True, level=level)

    page = login(reader).get(reverse("internal_control:plan_detail", args=[plan.pk]))

    assert "Kontrollen är utförd" in page.content.decode()


def test_same_rows_are_kept_as_the_same_bytes(committee, plan, period):
    make_area(plan)

    assert snapshot(committee, period) == snapshot(committee, Period.objects.get(pk=period.pk))
