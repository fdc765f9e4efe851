"""A closed year is corrected in the open: reopened with a reason, the value changed, the approved
pack left as it was and saying so."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from governance.actions import change_round_state
from governance.enums import RoundStateName
from governance.models import AuditEntry, RoundState
from targets.actions import PeriodLocked
from targets.models import Outcome
from tests import world
from tests.world import TODAY, World

REASON = "Sjukfrånvaron var hämtad ur fel månad."
CHANGED = "Värdet är ändrat efter godkännandet"


@pytest.fixture
def region(made_world, db) -> World:
    return world.read_again(made_world)


def take(region: World, to: RoundStateName, *, by: str, reason: str = "") -> RoundState:
    state = RoundState.objects.get(body=region.body("dnrgs"))
    change_round_state(
        state=state, to=to, by=region.users[by], today=TODAY, seen=state.version, reason=reason
    )
    return state


def test_reopened_and_corrected_the_approved_pack_says_so_and_stays(region):
    version = world.hand_over_pack(region)
    frozen = (bytes(version.content), version.content_sha256)
    take(region, RoundStateName.SUBMITTED, by="controller")
    take(region, RoundStateName.APPROVED, by="forvaltningschef")
    take(region, RoundStateName.LOCKED, by="handlaggare")
    outcome = Outcome.objects.get(
        indicator__key="sjukfranvaro-r12", period__key="helar-2025", unit__body__key="dnrgs"
    )
    with pytest.raises(PeriodLocked):
        world.report_outcome(region, "7,94", seen=outcome.version)

    state = take(region, RoundStateName.OPEN, by="handlaggare", reason=REASON)
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
