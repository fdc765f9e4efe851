import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from rounds.models import ReportingRound, RoundState
from tests import factories, world
from tests.world import World


def test_anonymous_is_sent_to_login(client, db):
    response = client.get(reverse("desk:todo"))

    assert response.status_code == 302
    assert response.url == "/konto/logga-in/?next=/"


def test_empty_list_teaches(login, registrar):
    response = login(registrar).get(reverse("desk:todo"))

    assert response.context["todo"].count == 0
    assert "Justerade paragrafer att exportera" in response.content.decode()


@pytest.fixture
def region(made_world, db) -> World:
    return world.read_again(made_world)


def tasks(region: World, account: str) -> list[str]:
    client = Client()
    client.force_login(region.users[account])
    todo = client.get(reverse("desk:todo")).context["todo"]
    return [f"{line.task.what}, {line.task.body}" for line in (*todo.now, *todo.later)]


OURS, INVENTED, BOARD = "DN Regionservice", "DN Närsjukvård (påhittad)", "RSAU"


def test_before_the_walk(region):
    assert tasks(region, "controller") == [
        f"Fyll i utfall, {OURS}",
        f"Skriv dialogunderlaget, {OURS}",
    ]
    assert tasks(region, "ordforande") == []
    assert tasks(region, "handlaggare") == [
        f"Färdigställ beslutsförslaget, {OURS}",
        f"Skriv beslutsförslag, {INVENTED}",
    ]
    assert tasks(region, "regiondirektor") == [f"Godkänn beslutsförslaget, {OURS}"]
    assert tasks(region, "sekreterare") == [f"Skriv protokollet, {BOARD}"]


def test_submitted_pack_waits_for_the_chain_in_order(region):
    world.report_outcome(region)
    world.submit_pack(region)
    assert tasks(region, "forvaltningschef") == [f"Granska dialogunderlaget, {OURS}"]
    assert tasks(region, "ordforande") == []

    world.approve_pack(region, "forvaltningschef")
    assert tasks(region, "forvaltningschef") == []
    assert tasks(region, "ordforande") == [f"Granska dialogunderlaget, {OURS}"]


def test_handed_over_pack_is_received_by_the_office_and_read_by_members(region):
    world.hand_over_pack(region)

    assert f"Ta emot dialogunderlaget, {OURS}" in tasks(region, "handlaggare")
    assert tasks(region, "ledamot") == [f"Läs dialogunderlaget, {OURS}"]
    assert tasks(region, "registrator") == []


def test_signers_secretary_and_registrar_in_turn(region):
    world.hand_over_pack(region)
    world.send_proposal(region)
    verification = world.send_for_verification(region, world.write_paragraph(region))
    assert f"Justera och skriv under § 58, {BOARD}" in tasks(region, "justerare")
    assert f"Justera och skriv under § 58, {BOARD}" not in tasks(region, "ledamot")

    world.sign_all(region, verification)
    assert tasks(region, "sekreterare") == [f"Expediera § 58, {BOARD}"]
    assert tasks(region, "registrator") == [f"Exportera § 58, {BOARD}"]


def test_failed_printing_is_offered_again_first(region):
    world.hand_over_pack(region)
    document = world.fail_a_job(region, by="controller")

    assert tasks(region, "controller")[0] == (
        f"Gör om en utskrift som misslyckades, {document.title}"
    )


def test_verified_paragraph_shows_the_way_to_its_figures(region):
    world.walk(region)
    client = Client()
    client.force_login(region.users["ledamot"])

    response = client.get(reverse("desk:todo"))

    thread = reverse("desk:thread", args=[world.paragraph_of(region).pk])
    assert [one.thread_url for one in response.context["verified"]] == [thread]
    assert thread in response.content.decode()


def take(region: World, act: str, *, by: str, reason: str = "") -> RoundState:
    state = RoundState.objects.select_related("reporting_round__period").get(
        body=region.body("dnrgs")
    )
    return factories.take(state, act, by=region.users[by], reason=reason)


def test_handed_in_outcomes_wait_for_the_head_and_then_for_the_office(region):
    take(region, "hand_in", by="controller")
    assert f"Godkänn utfallen, {OURS}" in tasks(region, "forvaltningschef")
    assert f"Godkänn utfallen, {OURS}" not in tasks(region, "ordforande")
    assert "Läs inlämnade utfall, 1 nämnd har lämnat in" in tasks(region, "handlaggare")
    assert "Lås utfallen, 1 nämnd är godkänd" not in tasks(region, "handlaggare")

    take(region, "approve", by="forvaltningschef")
    assert f"Godkänn utfallen, {OURS}" not in tasks(region, "forvaltningschef")
    assert "Lås utfallen, 1 nämnd är godkänd" in tasks(region, "handlaggare")
    assert "Läs inlämnade utfall" not in " ".join(tasks(region, "handlaggare"))


def test_returned_outcomes_say_why_to_the_controller(region):
    take(region, "hand_in", by="controller")
    take(region, "return", by="forvaltningschef", reason="Fel månad.")

    client = Client()
    client.force_login(region.users["controller"])
    todo = client.get(reverse("desk:todo")).context["todo"]

    details = [line.task.detail for line in todo.now if line.task.body == OURS]
    said = re.compile(r"utfall saknas\. Skickad tillbaka \d{4}-\d\d-\d\d av .+: Fel månad\.$")
    assert any(said.search(detail) for detail in details), details


def test_the_office_is_told_who_is_late(region):
    assert "Påminn om utfallen" not in " ".join(tasks(region, "handlaggare"))

    ReportingRound.objects.update(due_on=date(2026, 3, 9))

    late = RoundState.objects.filter(body__organisation=region.organisation).count()
    assert f"Påminn om utfallen, {late} nämnder har inte lämnat in" in tasks(region, "handlaggare")
