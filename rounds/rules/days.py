"""The last day to hand in, and how late somebody is, in words. Pure."""

from datetime import date


def late_days(due: date, today: date) -> int:
    """Whole days past the last day; 0 on the day itself and before it."""
    return max(0, (today - due).days)


def days_words(days: int) -> str:
    return "1 dag" if days == 1 else f"{days} dagar"


def due_words(due: date, today: date) -> str:
    """'Sista dag 2026-03-12, om 2 dagar'; lateness is stated and nothing more."""
    late = late_days(due, today)
    if late:
        return f"Försenad {days_words(late)}, sista dag var {due.isoformat()}"
    left = (due - today).days
    when = {0: "i dag", 1: "i morgon"}.get(left, f"om {days_words(left)}")
    return f"Sista dag {due.isoformat()}, {when}"


def late_words(late: int) -> str:
    """'2 försenade'; nothing when nobody is late."""
    return {0: "", 1: "1 försenad"}.get(late, f"{late} försenade")


def last_day_words(due: date, today: date, *, is_waiting: bool) -> str:
    """Lateness is told only while something is waited for."""
    return due_words(due, today) if is_waiting else f"Sista dag {due.isoformat()}"
