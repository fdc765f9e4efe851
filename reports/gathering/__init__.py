"""Gathering: rows of the lower floors become blocks, each naming the year or periods it shows."""

from reports.gathering.report import gather, in_order

__all__ = ["gather", "in_order"]
