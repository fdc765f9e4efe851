"""What targets adds to a reporting round: what is missing, what blocks, and what was handed in."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from figures.enums import ValueKind
from governance.enums import Light
from governance.models import Body, Period
from rounds.contributions import HandedInRow, Hindrance
from rounds.models import RoundState
from targets.models import Plan
from targets.outcomes.queries.entry import uncommented_rows
from targets.outcomes.queries.figures import Cell
from targets.outcomes.queries.handed_in import rows_in
from targets.outcomes.queries.missing import (
    missing_comments,
    missing_outcomes,
    units_without_outcomes,
)
from targets.outcomes.rules.lacking import lacks_words


def lacks(states: Sequence[RoundState]) -> dict[int, str]:
    """Comments are judged body by body; the rest is read at once."""
    missing, units = missing_outcomes(states), units_without_outcomes(states)
    return {
        state.pk: lacks_words(missing[state.pk], missing_comments(state), units[state.pk])
        for state in states
    }


def blocks(state: RoundState) -> list[Hindrance]:
    """Outcomes near or beyond their target that nobody has commented."""
    grid = address(state)
    return [
        Hindrance(
            words=f"Kommentera avvikelsen för {row.full_name}, eller skriv ”se kommentar i …”.",
            url=f"{grid}#value-{row.id}.comment",
        )
        for row in uncommented_rows(state.body, state.reporting_round.period)
    ]


def is_empty(body: Body, period: Period) -> bool:
    """The body has no plan of the period's year."""
    return not Plan.objects.filter(body=body, year=period.ends_on.year).exists()


def address(state: RoundState) -> str:
    return reverse("targets:entry_grid", args=[state.pk])


def rows(data: bytes) -> list[HandedInRow]:
    """The indicators with their parts, then the goals and assignments."""
    return list(_rows(data))


def _rows(data: bytes) -> Iterator[HandedInRow]:
    found = rows_in(data)
    for each in found.figures:
        row = each.row
        is_missing = row.kind in {None, ValueKind.MISSING}
        yield _row(row.name, row, row.unit, is_missing=is_missing)
        if row.forecast:
            foreseen = f"{row.forecast} {row.unit}".strip()
            yield HandedInRow(name=f"{row.name}, prognos för året", value=foreseen)
        for part in row.parts:
            if part.source:
                yield _row(
                    f"{row.name}, {part.label.lower()}", part, row.unit, is_judged=not part.value
                )
    for goal in found.goals:
        yield HandedInRow(
            name=goal.label,
            value="",
            word=goal.standing.word,
            light=goal.standing.light,
            comment=goal.standing.comment,
        )


def _row(
    name: str, cell: Cell, unit: str, *, is_judged: bool = True, is_missing: bool = False
) -> HandedInRow:
    is_number = cell.kind == ValueKind.NUMBER and cell.value
    return HandedInRow(
        name=name,
        value=f"{cell.value} {unit}".strip() if is_number else cell.value,
        word=cell.light_word if is_judged else "",
        light=Light(cell.light) if is_judged else None,
        comment=cell.comment,
        is_missing=is_missing,
    )
