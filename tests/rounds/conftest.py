"""A round asks for targets first: its fixtures are theirs."""

from tests.targets.conftest import before, indicator, plan

__all__ = ["before", "indicator", "plan"]
