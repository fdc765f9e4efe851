"""A closed year is corrected in the open: reopened with a reason, the value changed, the approved
pack left as it was and saying so."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import AuditEntry
from rounds.actions.locks import PeriodLocked
from rounds.models import RoundState
from targets.models import Outcome
from tests import factories, world
from tests.world import World

REASON = "Sjukfrånvaron var hämtad ur fel månad."
CHANGED = "Värdet är ändrat efter godkännandet"


@pytest.fixture
def region(made_world, db) -> World:
    return world.read_again(made_world)


def take(region: World, act: str, *, by: str, reason: str = "") -> RoundState:
    state = RoundState.objects.select_related("reporting_round__period").get(
        body=region.body("dnrgs")
    )
    return factories.take(state, act, by=region.users[by], reason=reason)


def test_reopened_and_corrected_the_approved_pack_says_so_and_stays(region):
    version = world.hand_over_pack(region)
    frozen = (bytes(version.content), version.content_sha256)
    take(region, "hand_in", by="controller")
    take(region, "approve", by="forvaltningschef")
    take(region, "lock", by="handlaggare")
    outcome = Outcome.objects.get(
        indicator__key="sjukfranvaro-r12", period__key="helar-2025", unit__body__key="dnrgs"
    )
    with pytest.raises(PeriodLocked):
        world.report_outcome(region, "7,94", seen=outcome.version)

    state = take(region, "reopen", by="handlaggare", reason=REASON)
    world.report_outcome(region, "7,94", seen=outcome.version)

    version.refresh_from_db()
    assert (bytes(version.content), version.content_sha256) == frozen
    for reader in ("controller", "handlaggare"):
        client = Client()
        client.force_login(region.users[reader])
        page = client.get(reverse("reports:version_detail", args=[version.pk])).content.decode()
        assert CHANGED in page
        assert "6,94" in page
        assert "7,94" not in page
    logged = AuditEntry.objects.filter(object_id=state.pk, field="reason").get()
    assert (logged.new, logged.actor) == (REASON, str(region.users["handlaggare"]))
    assert state.changed_on == date(2026, 3, 10)
