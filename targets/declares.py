"""The tables of plans, indicators and outcomes."""

from governance.declarations import Table
from rounds.contributions import Contribution
from targets.enums import PART
from targets.models import (
    Activity,
    ActivityReport,
    AssignmentReport,
    Category,
    Definition,
    Evidence,
    FocusArea,
    Goal,
    Indicator,
    Judgement,
    Level,
    Outcome,
    Plan,
    PlannedIndicator,
    StatusWord,
    Target,
    Term,
)
from targets.queries import contribution
from targets.queries.snapshot import snapshot

TABLES = (
    Table(Level, organisation="organisation"),
    Table(Term, organisation="organisation"),
    Table(StatusWord, organisation="organisation"),
    Table(Indicator, organisation="organisation", body="body"),
    Table(Definition, organisation="indicator__organisation", body="indicator__body"),
    Table(Category, organisation="indicator__organisation", body="indicator__body"),
    Table(Plan, organisation="body__organisation", body="body"),
    Table(FocusArea, organisation="plan__body__organisation", body="plan__body"),
    Table(Goal, organisation="plan__body__organisation", body="plan__body"),
    Table(AssignmentReport, organisation="goal__plan__body__organisation", body="goal__plan__body"),
    Table(Judgement, organisation="goal__plan__body__organisation", body="goal__plan__body"),
    Table(PlannedIndicator, organisation="plan__body__organisation", body="plan__body"),
    Table(
        Target,
        organisation="planned_indicator__plan__body__organisation",
        body="planned_indicator__plan__body",
    ),
    Table(Activity, organisation="plan__body__organisation", body="plan__body"),
    Table(
        ActivityReport,
        organisation="activity__plan__body__organisation",
        body="activity__plan__body",
    ),
    Table(Outcome, organisation="indicator__organisation", body="unit__body"),
    Table(Evidence, organisation="outcome__indicator__organisation", body="outcome__unit__body"),
)

CONTRIBUTION = Contribution(
    name=PART,
    label="Mål och indikatorer",
    noun="utfall",
    lacks=contribution.lacks,
    blocks=contribution.blocks,
    is_empty=contribution.is_empty,
    rows=contribution.rows,
    address=contribution.address,
    snapshot=snapshot,
)

DECLARES = (*TABLES, CONTRIBUTION)
