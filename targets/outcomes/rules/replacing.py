"""What a value takes with it when another is written in its place. Pure."""

from collections.abc import Mapping

from figures.enums import ValueKind, ValueScope

NO_ORIGIN: Mapping[str, object] = {
    "is_rolled_up": False,
    "origin_model": "",
    "origin_id": None,
    "origin_version": None,
    "origin_label": "",
}
# True of one measurement and not of the next. The comment is of the row, and the restated number
# of the period before, so they stay.
OF_THE_MEASUREMENT: Mapping[str, object] = {
    "numerator": None,
    "denominator": None,
    "group_size": None,
    "scope": ValueScope.OWN,
    "measured_on": None,
    "is_carried_forward": False,
    "is_stated": False,
    "source": "",
}


def replaced(
    value: Mapping[str, object], *, was: str, hides_small_groups: bool
) -> dict[str, object]:
    """The columns to write when ``value``, some of them, takes the place of a value of kind ``was``.

    What was said before there was a value stays. Where small groups are hidden a group keeps its
    size until another is said: an unknown size would show the new value.
    """
    lost = {} if was == ValueKind.MISSING else {**OF_THE_MEASUREMENT}
    if hides_small_groups:
        lost.pop("group_size", None)
    return {**NO_ORIGIN, **lost, **value}
