"""What was handed in is read without what is marked since."""

import json
from decimal import Decimal

import msgspec

from governance.queries import Taken
from governance.rules import WITHHELD
from targets.models import FocusArea, Outcome
from targets.outcomes.queries.snapshot import DECODER, KeptBase, snapshot, withhold
from tests.factories import make_period
from tests.targets.factories import make_area, make_goal, make_indicator, make_outcome, make_plan


def taken(row: Outcome | FocusArea, name: str) -> frozenset[Taken]:
    content = json.dumps({"name": name})
    return frozenset({Taken(model=row._meta.label, id=row.pk, content=content)})


def test_number_of_a_base_year_is_left_out(org, committee, period):
    base = make_period(org, 2023)
    indicator = make_indicator(org, "beredskap", body=committee)
    outcome = make_outcome(indicator, committee, base, "64.3")
    found = DECODER.decode(snapshot(committee, period))
    bases = tuple(
        KeptBase(indicator=indicator.pk, year=year, number=Decimal("64.3")) for year in (2022, 2023)
    )
    kept = msgspec.json.encode(msgspec.structs.replace(found, root_id=outcome.unit_id, bases=bases))

    read = DECODER.decode(withhold(kept, taken(outcome, "")))

    assert [each.year for each in read.bases] == [2022]


def test_focus_area_is_left_out_under_the_name_it_had(committee, period):
    plan = make_plan(committee)
    area = make_area(plan)
    FocusArea.objects.filter(pk=area.pk).update(name="Kulvert 7")
    goal = make_goal(plan, "mal")
    goal.focus_area = area
    goal.save()
    kept = snapshot(committee, period)
    before_ids = msgspec.json.encode(msgspec.structs.replace(DECODER.decode(kept), area_ids=()))
    marked = taken(area, "Ett senare namn")

    for data in (kept, before_ids):
        assert b"Kulvert 7" in data
        read = DECODER.decode(withhold(data, marked))
        assert "Kulvert 7" not in repr(read)
        assert [name for _position, name in read.areas] == [WITHHELD]
        assert [each.area for each in read.goals] == [WITHHELD]
