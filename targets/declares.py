"""The tables of plans, indicators and outcomes."""

from figures.enums import ValueKind
from figures.rules.value import COLUMNS
from governance.declarations import (
    Act,
    Facts,
    Figures,
    Open,
    Place,
    Secret,
    Table,
    Task,
)
from governance.enums import Role
from rounds.contributions import Contribution
from rounds.queries.states import handed_in
from targets.assessments.actions.assessments import check_loaded
from targets.enums import PART, Attainment, Horizon
from targets.indicators.queries.target_values import TARGET_FIELDS, told_reading
from targets.models import (
    Activity,
    ActivityReport,
    AssignmentReport,
    AttainmentLevel,
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
from targets.outcomes.actions.loading import (
    forecast_alone,
    lost_by,
    roll_up_loaded,
    within_limits,
)
from targets.outcomes.queries import contribution
from targets.outcomes.queries.filling_in import outcomes_to_fill_in
from targets.outcomes.queries.snapshot import snapshot, withhold
from targets.permissions import PLAN_ROLES, opens_indicators
from targets.plans.queries.plans import plan_pages

WORDS = "the organisation's words"
RESTATED = ("restated_number", "restated_decimals", "restated_note")
FORECAST = ("forecast_number", "forecast_decimals")
VALUE = tuple(dict.fromkeys(("text", *COLUMNS, "comment", *RESTATED, *FORECAST)))

TABLES = (
    Table(
        Level,
        "organisation",
        Facts(
            "levels", "A level of the steering chain in a plan year, in the organisation's words."
        ),
        secret=Open(WORDS),
    ),
    Table(
        Term,
        "organisation",
        Facts("terms", "The organisation's word for a column heading in a plan year."),
        secret=Open(WORDS),
    ),
    Table(
        AttainmentLevel,
        "organisation",
        Facts(
            "attainment_levels",
            "A level of goal attainment, with its tone and what it counts as, from a plan year on.",
        ),
        secret=Open(WORDS),
    ),
    Table(
        StatusWord,
        "organisation",
        Facts(
            "status_words",
            "What a status is called, its sentence in a report and what it counts as.",
        ),
        secret=Open(WORDS),
    ),
    Table(
        Indicator,
        "organisation",
        Facts("indicators", "What is measured; stands outside years."),
        body="body",
        secret=Secret(
            "Indikator",
            ("name", "source", "owner"),
            stays=(
                "number",
                "unit_label",
                "lowest",
                "highest",
                "tolerance",
                "frequency",
                "unusual_spans",
                "unusual_factor",
            ),
        ),
    ),
    Table(
        Definition,
        "indicator",
        Facts(
            "definitions",
            "What the indicator means from a day on; without a day, from the beginning.",
            order=("valid_from", "key"),
        ),
        secret=Secret("Definition", ("text",), told=lambda _row: "definition"),
    ),
    Table(
        Category,
        "indicator",
        Facts("categories", "One value of the indicator's own breakdown."),
        secret=Secret("Kategori", ("name",), told=lambda _row: "categories"),
    ),
    Table(
        Plan,
        "body",
        Facts("plans", "The body's plan of one year."),
        secret=Open("a year's name; what it holds is marked"),
    ),
    Table(
        FocusArea,
        "plan",
        Facts("focus_areas", "A focus area of the council, in the body's plan."),
        secret=Secret("Fokusområde", ("name",)),
    ),
    Table(
        Goal,
        "plan",
        Facts(
            "goals",
            "A goal, assignment or heading; its level says which.",
            within={"continues": "governance.Body"},
        ),
        secret=Secret("Mål eller uppdrag", ("name", "description"), stays=("number",)),
    ),
    Table(
        AssignmentReport,
        "goal",
        Facts("assignment_reports", "Where an assignment stands at the end of a period."),
        frozen=handed_in(PART),
        secret=Secret("Läge", ("comment",)),
    ),
    Table(
        Judgement,
        "goal",
        Facts("judgements", "A person's judgement of the goal at a period.", facts=("judged_by",)),
        frozen=handed_in(PART),
        after_load=check_loaded,
        secret=Secret(
            "Bedömning",
            ("comment", "reason", "rule", "proposal", "result", "level"),
            instead={"proposal": Attainment.NOT_JUDGED, "result": Attainment.NOT_JUDGED},
            stays=("judged_by",),
        ),
    ),
    Table(
        PlannedIndicator,
        "plan",
        Facts(
            "planned_indicators",
            "An indicator's place in the plan, under a goal or a group heading.",
        ),
        secret=Open("a place; its indicator and targets are marked"),
    ),
    Table(
        Target,
        "planned_indicator",
        Facts("targets", "A target value as it was written."),
        secret=Secret(
            "Målvärde",
            ("text", "note"),
            told=lambda row: TARGET_FIELDS[Horizon(row.horizon)],
        ),
        reads=told_reading,
    ),
    Table(
        Activity,
        "plan",
        Facts(
            "activities",
            "What is done under a goal, an assignment or an indicator, or under another plan.",
            within={"continues": "governance.Body"},
        ),
        secret=Secret("Aktivitet", ("name", "responsible"), stays=("other_plan",)),
    ),
    Table(
        ActivityReport,
        "activity",
        Facts("activity_reports", "Where an activity stands at the end of a period."),
        frozen=handed_in(PART),
        secret=Secret("Läge", ("comment",)),
    ),
    Table(
        Outcome,
        "indicator",
        Facts(
            "outcomes",
            "One measured value; its decimals are kept as written.",
            acts={
                "is_confirmed": "somebody's word that an unusual value is right",
                "forecast_is_confirmed": "the same",
                "origin_model": "fetching is an act",
                "origin_id": "the same",
                "origin_version": "the same",
                "origin_label": "the same",
            },
            identity=("unit", "period", "breakdown", "category"),
            numbers={
                "value": ("number", "decimals"),
                "restated_value": ("restated_number", "restated_decimals"),
                "forecast_value": ("forecast_number", "forecast_decimals"),
            },
            supposes=forecast_alone,
        ),
        body="unit__body",
        frozen=handed_in(PART),
        replaces=lost_by,
        after_load=roll_up_loaded,
        secret=Secret("Utfall", VALUE, instead={"kind": ValueKind.TEXT}),
        reads=within_limits,
    ),
    Table(
        Evidence,
        "outcome",
        Act("stored bytes"),
        secret=Secret(
            "Bilaga",
            ("name", "sha256", "size"),
            instead={"size": 0},
            stays=("content_type", "added_by"),
            told=lambda _row: "evidence",
        ),
    ),
)

TASKS = (
    Task(
        waiting=outcomes_to_fill_in,
        told={
            (Role.CONTROLLER, False): (
                "Perioder att fylla i utfall för, från den dag rapporteringen öppnas.",
            )
        },
    ),
)
PLACES = (
    Place(
        label="Indikatorer",
        url_name="targets:indicator_index",
        position=30,
        opens=opens_indicators,
        under=(
            "targets:category_",
            "targets:definition_",
            "targets:indicator_",
            "targets:target_",
        ),
    ),
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
    withhold=withhold,
    has_task=True,
)

DECLARES = (*TABLES, *TASKS, *PLACES, CONTRIBUTION, Figures(plan_pages, roles=PLAN_ROLES))
