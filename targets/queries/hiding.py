"""Which values of an indicator small groups keep from being shown, over all its divisions."""

from collections.abc import Sequence

from governance.models import Unit
from targets.enums import OutcomeKind
from targets.models import Category, Indicator
from targets.queries.figures import Held, Slot, part_slots, whole
from targets.rules import hidden_parts


def hidden_slots(
    indicator: Indicator, units: Sequence[Unit], categories: Sequence[Category], held: Held
) -> frozenset[Slot]:
    """``units`` begins with the root. The body is divided by units, each unit by sex or category,
    and each sex or category by units: what one division hides, another must not give away."""
    hidden = frozenset(slot for slot, row in held.items() if row.kind == OutcomeKind.SUPPRESSED)
    if not hidden and not indicator.hides_small_groups:
        return hidden
    divisions = list(_divisions(indicator, units, categories))
    while True:
        found = hidden.union(*(_hidden(indicator, slots, held, hidden) for slots in divisions))
        if found == hidden:
            return hidden
        hidden = found


def _divisions(
    indicator: Indicator, units: Sequence[Unit], categories: Sequence[Category]
) -> list[list[Slot]]:
    rows = [
        [whole(unit.pk), *(slot for _label, slot in part_slots(indicator, unit.pk, categories))]
        for unit in units
    ]
    return [*rows, *(list(column) for column in zip(*rows, strict=True))]


def _hidden(
    indicator: Indicator, slots: Sequence[Slot], held: Held, hidden: frozenset[Slot]
) -> frozenset[Slot]:
    sizes = {
        slot: held[slot].group_size if indicator.hides_small_groups else None
        for slot in slots
        if slot in held
    }
    return hidden_parts(sizes, total=slots[0], suppressed=hidden)
