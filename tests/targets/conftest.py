import pytest

from governance.models import Body, Organisation, Period
from targets.models import Indicator, Outcome, Plan
from tests.targets import factories


@pytest.fixture
def plan(committee: Body) -> Plan:
    return factories.make_plan(committee)


@pytest.fixture
def indicator(org: Organisation, plan: Plan) -> Indicator:
    """Sick leave with a target for the year, planned in 2025."""
    indicator = factories.make_indicator(org)
    factories.make_place(plan, indicator, target="högst 7,0 %")
    return indicator


@pytest.fixture
def before(indicator: Indicator, committee: Body, last_year: Period) -> Outcome:
    return factories.make_outcome(indicator, committee, last_year, "7.53")


@pytest.fixture
def row(indicator: Indicator, committee: Body) -> str:
    """The indicator's row in the entry grid."""
    return factories.row_key(indicator, committee)
