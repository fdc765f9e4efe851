"""The geometry of a trend chart, in SVG user units, as text ready to print. Pure; Decimal only.

Numbers in SVG attributes have a decimal point whatever the language (domain.md 3).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import groupby
from typing import Protocol

from figures.rules.chart_labels import BESIDE, Place, label_places
from governance.rules import decimals_of, swedish

HEIGHT, TOP, PLOT = 296, 48, 200
BOTTOM = Decimal(TOP + PLOT)
LEFT, RIGHT, LETTER = 60, 24, 7
# Room per period: wide when few, and never so narrow that two marks touch.
WIDEST_SLOT, NARROWEST_SLOT, USUAL_WIDTH = 160, 24, 640
LABEL_SLOT, LABELLED_LINES = 52, 3
TICKS = 4
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
# Each line has its own mark and its own dashes; the colour only helps. Each tone has at least
# 3:1 against white and against the dark page (WCAG 1.4.11).
STYLES = (
    ("circle", "", "currentColor"),
    ("square", "7 3", "#2f7fbf"),
    ("triangle", "2 3", "#b8621b"),
    ("diamond", "10 3 2 3", "#7d6bc9"),
)
TARGET_DASH = "14 5"


class DrawnTarget(Protocol):
    """A target to draw: None is an open end."""

    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def in_words(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class ChartPoint:
    """One value to draw; without a number it is not drawn but said, in the words of ``text``."""

    text: str
    number: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ChartLine:
    """A name ("Totalt", "Kvinnor") and one point per period, in the periods' order."""

    name: str
    points: tuple[ChartPoint, ...]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A drawn value: the mark's path, and its printed number beside it ("" when crowded)."""

    path: str
    label: str
    x: str
    y: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class DrawnLine:
    """``stretches`` are broken where a value is missing: a gap is a gap."""

    name: str
    dash: str
    tone: str
    stretches: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Legend:
    """What a line's look stands for; the target's has no mark."""

    name: str
    dash: str
    tone: str
    path: str
    x1: str
    x2: str
    text_x: str


@dataclass(frozen=True, kw_only=True)
class Ruler:
    """A horizontal line with a text: a tick of the scale, or a bound of the target."""

    x1: str
    x2: str
    y: str
    text_y: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Below:
    """A period's name under the plot."""

    x: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    """The same numbers as a table row."""

    period: str
    values: tuple[str, ...]
    target: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    title: str
    description: str
    unit: str
    width: str
    height: str
    label_x: str
    target_x: str
    target_word: str
    ticks: tuple[Ruler, ...]
    periods: tuple[Below, ...]
    legends: tuple[Legend, ...]
    lines: tuple[DrawnLine, ...]
    targets: tuple[Ruler, ...]
    unsaid: tuple[str, ...]
    note: str
    rows: tuple[ChartRow, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(line.name for line in self.lines)

    @property
    def is_empty(self) -> bool:
        """Nothing to draw: then the table stands alone."""
        return not any(line.marks for line in self.lines)

    @property
    def has_target(self) -> bool:
        return any(row.target for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class _Plane:
    """Where a period and a value lie in the drawing."""

    low: Decimal
    high: Decimal
    slot: Decimal
    count: int

    def x(self, index: int) -> Decimal:
        return LEFT + self.slot * index + self.slot / 2

    def y(self, value: Decimal) -> Decimal:
        return BOTTOM - PLOT * (value - self.low) / (self.high - self.low)

    @property
    def right(self) -> Decimal:
        return LEFT + self.slot * self.count


def chart(
    *,
    title: str,
    unit: str,
    periods: Sequence[str],
    lines: Sequence[ChartLine],
    targets: Sequence[DrawnTarget | None] = (),
    target_word: str = "Målvärde",
) -> Chart:
    """A line per ChartLine over the periods, and the target of each period as a dashed line.

    What has no number is left as a gap and said in ``unsaid``. ``targets`` is one per period, or
    empty. The scale begins at zero unless that would flatten the line; then ``note`` says so.
    """
    bounds = list(targets) or [None] * len(periods)
    step, low, high = _scale(_drawn(lines, bounds))
    slot = Decimal(min(WIDEST_SLOT, max(NARROWEST_SLOT, USUAL_WIDTH // max(1, len(periods)))))
    plane = _Plane(low=low, high=high, slot=slot, count=len(periods))
    rulers = tuple(_target_rulers(plane, bounds))
    beside = max((len(ruler.text) for ruler in rulers), default=0) * LETTER
    legends = tuple(_legends(lines, target_word if rulers else ""))
    legend_end = max(
        (Decimal(each.text_x) + len(each.name) * LETTER for each in legends), default=0
    )
    rows = tuple(_rows(periods, lines, bounds))
    return Chart(
        title=title,
        description=_description(rows, [line.name for line in lines], unit, target_word),
        unit=unit,
        width=at(max(plane.right + RIGHT + beside, legend_end + RIGHT)),
        height=str(HEIGHT),
        label_x=str(LEFT - 8),
        target_x=at(plane.right + 6),
        target_word=target_word,
        ticks=tuple(_ticks(plane, step)),
        periods=tuple(_periods(plane, periods)),
        legends=legends,
        lines=tuple(_lines(plane, lines, bounds)),
        targets=rulers,
        unsaid=tuple(_unsaid(periods, lines)),
        note="" if low <= 0 <= high else _scale_note(low, high, _scale_decimals(step)),
        rows=rows,
    )


def at(value: Decimal | int) -> str:
    """A coordinate with one decimal and a decimal point."""
    return f"{value:.1f}"


def _drawn(lines: Iterable[ChartLine], bounds: Iterable[DrawnTarget | None]) -> tuple[Decimal, ...]:
    """Every number that must fit in the plot."""
    values = [point.number for line in lines for point in line.points]
    ends = [end for bound in bounds if bound for end in (bound.low, bound.high)]
    return tuple(value for value in (*values, *ends) if value is not None)


def _scale(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """(step, low, high): even numbers around the values, from zero when it is near."""
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(1))
    if 0 <= low < high / 2:
        low = Decimal(0)
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / TICKS
    ten = Decimal(1).scaleb(rough.adjusted())
    step = next(each * ten for each in STEPS if each * ten >= rough)
    return step, _multiple(low, step, ROUND_FLOOR), _multiple(high, step, ROUND_CEILING)


def _multiple(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding=rounding) * step


def _scale_note(low: Decimal, high: Decimal, decimals: int) -> str:
    return f"Skalan går från {swedish(low, decimals)} till {swedish(high, decimals)}."


def _scale_decimals(step: Decimal) -> int:
    return decimals_of(step.normalize())


def _ticks(plane: _Plane, step: Decimal) -> Iterator[Ruler]:
    decimals = _scale_decimals(step)
    for number in range(int((plane.high - plane.low) / step) + 1):
        value = plane.low + number * step
        yield _ruler(plane, value, x1=Decimal(LEFT), x2=plane.right, text=swedish(value, decimals))


def _ruler(plane: _Plane, value: Decimal, *, x1: Decimal, x2: Decimal, text: str) -> Ruler:
    y = plane.y(value)
    return Ruler(x1=at(x1), x2=at(x2), y=at(y), text_y=at(y + 4), text=text)


def _target_rulers(plane: _Plane, bounds: Sequence[DrawnTarget | None]) -> Iterator[Ruler]:
    """One line per bound and unbroken run of periods; the last run carries the words."""
    index = 0
    for bound, run in groupby(bounds):
        start, index = index, index + len(list(run))
        for end in sorted({bound.low, bound.high} - {None} if bound else set()):  # type: ignore[type-var]
            words = _end_words(bound, end) if bound and index == plane.count else ""
            x1, x2 = LEFT + plane.slot * start, LEFT + plane.slot * index
            yield _ruler(plane, end or Decimal(0), x1=x1, x2=x2, text=words)


def _end_words(bound: DrawnTarget, end: Decimal | None) -> str:
    if bound.low is not None and bound.high is not None and end is not None:
        return swedish(end)
    return bound.in_words


def _periods(plane: _Plane, periods: Sequence[str]) -> Iterator[Below]:
    """Every name that has room; the last always has its own."""
    widest = max((len(name) for name in periods), default=1) * LETTER
    every = max(1, -(-widest // int(plane.slot)))
    for index, name in enumerate(periods):
        if (len(periods) - 1 - index) % every == 0:
            yield Below(x=at(plane.x(index)), text=name)


def _lines(
    plane: _Plane, lines: Sequence[ChartLine], bounds: Sequence[DrawnTarget | None]
) -> Iterator[DrawnLine]:
    crowded = plane.slot < LABEL_SLOT or len(lines) > LABELLED_LINES
    places = [
        {} if crowded else label_places(*_occupied(plane, lines, index, bounds[index]))
        for index in range(plane.count)
    ]
    for number, line in enumerate(lines):
        shape, dash, tone = STYLES[number % len(STYLES)]
        yield DrawnLine(
            name=line.name,
            dash=dash,
            tone=tone,
            stretches=tuple(_stretches(plane, line)),
            marks=tuple(
                _mark(plane, index, point, shape=shape, place=places[index].get(number))
                for index, point in enumerate(line.points)
                if point.number is not None
            ),
        )


def _legends(lines: Sequence[ChartLine], target_word: str) -> Iterator[Legend]:
    x = Decimal(LEFT)
    looks = [(line.name, *STYLES[number % len(STYLES)]) for number, line in enumerate(lines)]
    if target_word:
        looks.append((target_word, "", TARGET_DASH, "currentColor"))
    for name, shape, dash, tone in looks:
        yield Legend(
            name=name,
            dash=dash,
            tone=tone,
            path=_path(shape, x + 14, Decimal(14)) if shape else "",
            x1=at(x),
            x2=at(x + 28),
            text_x=at(x + 34),
        )
        x += 34 + len(name) * LETTER + 22


def _stretches(plane: _Plane, line: ChartLine) -> Iterator[str]:
    """The points of each unbroken run, as a polyline takes them."""
    placed = list(enumerate(line.points))
    for is_number, run in groupby(placed, key=lambda each: each[1].number is not None):
        if is_number:
            yield " ".join(
                f"{at(plane.x(index))},{at(plane.y(point.number or Decimal(0)))}"
                for index, point in run
            )


def _mark(plane: _Plane, index: int, point: ChartPoint, *, shape: str, place: Place | None) -> Mark:
    x, y = plane.x(index), plane.y(point.number or Decimal(0))
    beside = place == BESIDE
    return Mark(
        path=_path(shape, x, y),
        label=point.text if place else "",
        x=at(x + 9 if beside else x),
        y=at(y + place[0] if place else y),
        anchor="start" if beside else "middle",
    )


def _occupied(
    plane: _Plane, lines: Sequence[ChartLine], index: int, bound: DrawnTarget | None
) -> tuple[dict[int, Decimal], list[Decimal]]:
    """(each line's height, the target's heights) at one period."""
    marks = {
        number: plane.y(value)
        for number, line in enumerate(lines)
        if (value := line.points[index].number) is not None
    }
    ends = (bound.low, bound.high) if bound else ()
    return marks, [plane.y(end) for end in ends if end is not None]


def _path(shape: str, x: Decimal, y: Decimal) -> str:
    """A mark of nine units around the point."""
    if shape == "circle":
        return f"M{at(x - 4)} {at(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
    if shape == "square":
        return f"M{at(x - 4)} {at(y - 4)}h8v8h-8z"
    if shape == "triangle":
        return f"M{at(x)} {at(y - 5)}l5 9h-10z"
    return f"M{at(x)} {at(y - 6)}l6 6l-6 6l-6 -6z"


def _unsaid(periods: Sequence[str], lines: Sequence[ChartLine]) -> Iterator[str]:
    """What is not drawn, said: "Helår 2024, kvinnor: redovisas inte (liten grupp)"."""
    for index, period in enumerate(periods):
        texts = [(line.name, line.points[index]) for line in lines]
        blank = [(name, point.text) for name, point in texts if point.number is None]
        if len(blank) == len(lines) and len({text for _name, text in blank}) == 1:
            blank = [("", blank[0][1])]
        for name, text in blank:
            whose = f", {name.lower()}" if name else ""
            yield f"{period}{whose}: {text[:1].lower()}{text[1:]}"


def _rows(
    periods: Sequence[str], lines: Sequence[ChartLine], bounds: Sequence[DrawnTarget | None]
) -> Iterator[ChartRow]:
    for index, period in enumerate(periods):
        bound = bounds[index]
        yield ChartRow(
            period=period,
            values=tuple(line.points[index].text for line in lines),
            target=bound.in_words if bound else "",
        )


def _description(rows: Sequence[ChartRow], names: Sequence[str], unit: str, word: str) -> str:
    """The chart read aloud, with the same numbers as the table."""
    told = []
    for row in rows:
        values = ", ".join(
            f"{name.lower()} {value}" if len(names) > 1 else value
            for name, value in zip(names, row.values, strict=True)
        )
        target = f" ({word.lower()} {row.target})" if row.target else ""
        told.append(f"{row.period}: {values}{target}")
    measure = f" i {unit}" if unit else ""
    return f"Linjediagram{measure}. {'; '.join(told)}."
