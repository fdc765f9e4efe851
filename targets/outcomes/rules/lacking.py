"""What a body's outcomes are still without, in words. Pure."""

from collections.abc import Sequence


def lacks_words(missing: int, comments: int, units: Sequence[str]) -> str:
    """'2 utfall, 1 kommentar; Köket har inte rapporterat'; "" when nothing is."""
    counted = []
    if missing:
        counted.append(f"{missing} utfall")
    if comments:
        counted.append("1 kommentar" if comments == 1 else f"{comments} kommentarer")
    late = f"{', '.join(units)} har inte rapporterat" if units else ""
    return "; ".join(filter(None, (", ".join(counted), late)))
