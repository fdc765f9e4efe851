"""Goals, outcomes and the entry grid, gathered in a constant number of queries and judged."""

from targets.queries.entry import (
    EntryPage,
    EntryRow,
    entry_page,
    entry_rows,
    get_round_state_for,
    lock_of,
    locks,
)
from targets.queries.figures import (
    Cell,
    Figure,
    IndicatorRow,
    current_versions,
    figure_ref,
    figures,
    indicator_by_key,
    indicator_rows,
    light_words,
    printed,
)
from targets.queries.history import (
    HistoryLine,
    OutcomeHistory,
    last_value_change,
    outcome_history_for,
)
from targets.queries.plans import (
    FocusAreaData,
    GoalData,
    GoalIndicator,
    GoalTableData,
    get_plan_for,
    goal_table,
    plan_for,
    plans_of,
    plans_of_bodies,
)
from targets.queries.rounds import missing_outcomes
from targets.queries.units import UnitReport, unit_reports
from targets.queries.words import words_for

__all__ = [
    "Cell",
    "EntryPage",
    "EntryRow",
    "Figure",
    "FocusAreaData",
    "GoalData",
    "GoalIndicator",
    "GoalTableData",
    "HistoryLine",
    "IndicatorRow",
    "OutcomeHistory",
    "UnitReport",
    "current_versions",
    "entry_page",
    "entry_rows",
    "figure_ref",
    "figures",
    "get_plan_for",
    "get_round_state_for",
    "goal_table",
    "indicator_by_key",
    "indicator_rows",
    "last_value_change",
    "light_words",
    "lock_of",
    "locks",
    "missing_outcomes",
    "outcome_history_for",
    "plan_for",
    "plans_of",
    "plans_of_bodies",
    "printed",
    "unit_reports",
    "words_for",
]
