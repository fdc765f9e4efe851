"""Writes of goals, indicators and outcomes: row, version and history in one transaction."""

from targets.actions.attainment import (
    judge_goal,
    report_activity,
    report_assignment,
    restore_text,
)
from targets.actions.changing import InUse, StaleText
from targets.actions.details import NothingToCompute, NotRestorable, record_details, restore
from targets.actions.evidence import add_evidence, remove_evidence
from targets.actions.fetching import NotFetchable, record_fetched
from targets.actions.indicators import (
    StaleTarget,
    WantedTarget,
    add_definition,
    add_indicator,
    change_indicator,
    set_categories,
    set_targets,
)
from targets.actions.outcomes import Typed, record_grid, record_outcome
from targets.actions.plans import (
    PlanClosed,
    add_activity,
    add_area,
    add_goal,
    change_activity,
    change_goal,
    move,
    plan_indicator,
    remove,
    rename_area,
)
from targets.actions.rollover import YearAlreadyOpen, open_next_year
from targets.actions.rollup import roll_up

__all__ = [
    "InUse",
    "NotFetchable",
    "NotRestorable",
    "NothingToCompute",
    "PlanClosed",
    "StaleTarget",
    "StaleText",
    "Typed",
    "WantedTarget",
    "YearAlreadyOpen",
    "add_activity",
    "add_area",
    "add_definition",
    "add_evidence",
    "add_goal",
    "add_indicator",
    "change_activity",
    "change_goal",
    "change_indicator",
    "change_round",
    "check_open",
    "judge_goal",
    "move",
    "open_next_year",
    "plan_indicator",
    "record_details",
    "record_fetched",
    "record_grid",
    "record_outcome",
    "remove",
    "remove_evidence",
    "rename_area",
    "report_activity",
    "report_assignment",
    "restore",
    "restore_text",
    "roll_up",
    "set_categories",
    "set_targets",
]
