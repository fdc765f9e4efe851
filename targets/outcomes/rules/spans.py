"""Periods by their length. Pure."""

from datetime import date

YEAR = 12
NAMES = {1: "Månader", 3: "Kvartal", 4: "Tertial", 6: "Halvår", 8: "Åtta månader", YEAR: "Helår"}


def months_of(starts_on: date, ends_on: date) -> int:
    """How many calendar months the period touches, both days included."""
    return (ends_on.year - starts_on.year) * YEAR + ends_on.month - starts_on.month + 1


def span_words(months: int) -> str:
    return NAMES.get(months, f"{months} månader")
