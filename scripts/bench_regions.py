"""Every Swedish region at once, for the bench: regions × 12 committees × 60 indicators × years ×
months × women, men and the whole. The small tables go in by Django, the outcomes by COPY.

21 regions and 10 years make 5.4 million outcomes; one region and two years make the everyday
size, 1 % of that, with pages that show the same rows. A built database is kept and used again.
"""

import calendar
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMITTEES, INDICATORS, LAST_YEAR = 12, 60, 2025
BREAKDOWNS = ("total", "women", "men")
BATCH = 5000


@dataclass(frozen=True)
class Size:
    name: str
    regions: int
    years: int

    @property
    def outcomes(self) -> int:
        return self.regions * COMMITTEES * INDICATORS * self.years * 12 * len(BREAKDOWNS)

    @property
    def database(self) -> str:
        return f"uppsikt_bench_{self.name}_{fingerprint()}"


EVERYDAY = Size("everyday", 1, 2)
FULL = Size("full", 21, 10)


def fingerprint() -> str:
    """A database built for other migrations or by another generator is not this one."""
    sources = [Path(__file__), *sorted(ROOT.glob("*/migrations/0*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def ensure(size: Size) -> str:
    """The address of the database of that size, built when it does not stand."""
    import psycopg  # noqa: PLC0415 -- only where PostgreSQL is to be had

    server = os.environ["BENCH_POSTGRES"]
    address = f"{server}/{size.database}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
        standing = line.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [size.database]
        ).fetchone()
        if standing:
            return address
        for (old,) in line.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s",
            [f"uppsikt_bench_{size.name}_%"],
        ).fetchall():
            line.execute(f'DROP DATABASE "{old}"')
        building = f"{size.database}_building"
        line.execute(f'DROP DATABASE IF EXISTS "{building}"')
        line.execute(f'CREATE DATABASE "{building}"')
        began = time.monotonic()
        subprocess.run(
            [sys.executable, __file__, size.name],
            check=True,
            env={**os.environ, "DATABASE_URL": f"{server}/{building}"},
        )
        line.execute(f'ALTER DATABASE "{building}" RENAME TO "{size.database}"')
    print(
        f"Built {size.name}: {size.outcomes:,} outcomes in {time.monotonic() - began:.0f} s.",
        flush=True,
    )
    return address


def build(size: Size) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- a script finds the project by its own place

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- only after setup

    call_command("migrate", verbosity=0)
    for number in range(1, size.regions + 1):
        fill_region(number, size)
    copy_outcomes(size)
    keep_hand_ins()


def months(size: Size) -> list[tuple[int, int]]:
    first = LAST_YEAR - size.years + 1
    return [(year, month) for year in range(first, LAST_YEAR + 1) for month in range(1, 13)]


def fill_region(number: int, size: Size) -> None:
    """Everything but the outcomes."""
    from governance.models import Body, Organisation, Unit  # noqa: PLC0415 -- only after setup

    region = Organisation.objects.create(
        key=f"region-{number}", name=f"Region {number}", demo_today=date(LAST_YEAR + 1, 1, 15)
    )
    board = Body.objects.create(
        organisation=region, key="rs", kind="board", name="Regionstyrelsen", definite="styrelsen",
        genitive="styrelsens", short_name="RS", code="RS",
    )  # fmt: skip
    bodies = [
        Body(
            organisation=region, key=f"namnd-{each}", kind="committee", name=f"Nämnd {each}",
            definite="nämnden", genitive="nämndens", short_name=f"Nämnd {each}", code=f"N{each}",
        )
        for each in range(1, COMMITTEES + 1)
    ]  # fmt: skip
    Body.objects.bulk_create(bodies)
    Unit.objects.bulk_create(
        [Unit(body=body, key="hela", name=f"Förvaltning {body.name}") for body in [board, *bodies]]
    )
    if number == 1:
        fill_people(region, board, bodies[0])
    fill_plans(region, bodies, size)
    fill_rounds(region, bodies, size)


def fill_people(region: object, board: object, committee: object) -> None:
    from governance.models import Mandate, Person, User  # noqa: PLC0415 -- only after setup

    for username, body, role in (
        ("bench-controller", committee, "controller"),
        ("bench-officer", board, "case_officer"),
    ):
        person = Person.objects.create(organisation=region, key=username, name=username)
        Mandate.objects.create(body=body, person=person, key=username, role=role)
        User.objects.create_user(username=username, password=os.urandom(16).hex(), person=person)


def fill_plans(region: object, bodies: list, size: Size) -> None:
    from targets.models import (  # noqa: PLC0415 -- only after setup
        FocusArea,
        Goal,
        Indicator,
        Level,
        Plan,
        PlannedIndicator,
        Target,
    )

    years = sorted({year for year, _month in months(size)})
    levels = {
        year: Level.objects.create(
            organisation=region, key=f"mal-{year}", year=year, name="Mål", plural="Mål"
        )
        for year in years
    }
    indicators = Indicator.objects.bulk_create(
        Indicator(
            organisation=region, key=f"indikator-{each}", name=f"Indikator nummer {each}",
            unit_label="%", decimals=1, direction="lower" if each % 2 else "higher",
            tolerance=2, dimension="sex", frequency="Månad",
        )
        for each in range(1, INDICATORS + 1)
    )  # fmt: skip
    for body in bodies:
        for year in years:
            plan = Plan.objects.create(
                body=body, key=f"plan-{year}", year=year, name=f"Plan {year}"
            )
            areas = FocusArea.objects.bulk_create(
                FocusArea(
                    plan=plan, key=f"omrade-{each}", name=f"Fokusområde {each}", position=each
                )
                for each in range(1, 7)
            )
            goals = Goal.objects.bulk_create(
                Goal(
                    plan=plan, focus_area=areas[each % 6], level=levels[year], key=f"mal-{each}",
                    name=f"Mål nummer {each}", position=each,
                )
                for each in range(12)
            )  # fmt: skip
            places = PlannedIndicator.objects.bulk_create(
                PlannedIndicator(
                    plan=plan, goal=goals[position % 12], indicator=indicator, key=indicator.key,
                    position=position,
                )
                for position, indicator in enumerate(indicators)
            )  # fmt: skip
            Target.objects.bulk_create(
                Target(planned_indicator=place, key="aret", text="50 %") for place in places
            )


def fill_rounds(region: object, bodies: list, size: Size) -> None:
    """The last month is open for the first committee and handed in by the others."""
    from governance.models import Period  # noqa: PLC0415 -- only after setup
    from rounds.models import ReportingRound, RoundState  # noqa: PLC0415 -- the same

    before: dict[int, object] = {}
    for year, month in months(size):
        last_day = date(year, month, calendar.monthrange(year, month)[1])
        period = Period.objects.create(
            organisation=region, key=f"{year}-{month:02}", name=f"Månad {month} {year}",
            short_name=f"{year}-{month:02}", starts_on=date(year, month, 1), ends_on=last_day,
            previous=before.get(month),
        )  # fmt: skip
        before[month] = period
        occasion = ReportingRound.objects.create(
            period=period, key="manad", name=f"Månadsrapport {month} {year}",
            cut_off_on=last_day, due_on=last_day,
        )  # fmt: skip
        is_last = (year, month) == (LAST_YEAR, 12)
        RoundState.objects.bulk_create(
            RoundState(
                reporting_round=occasion,
                body=body,
                state=("submitted" if body is not bodies[0] else "open") if is_last else "locked",
            )
            for body in bodies
        )


def keep_hand_ins() -> None:
    """What the first region's overview of the last month reads: of it, and of the month it is
    compared with. Nobody of another region is measured."""
    from rounds.actions.hand_in import keep_figures  # noqa: PLC0415 -- only after setup
    from rounds.models import RoundState  # noqa: PLC0415 -- the same

    shown = RoundState.objects.filter(
        reporting_round__period__organisation__key="region-1",
        reporting_round__period__ends_on__in=[
            date(year, 12, 31) for year in (LAST_YEAR - 1, LAST_YEAR)
        ],
    ).exclude(state="open")
    for state in shown.select_related("body__organisation", "reporting_round__period__previous"):
        keep_figures(state, replaces=None, by=None, today=None)


COLUMNS = (
    "indicator_id", "unit_id", "period_id", "breakdown", "kind", "number", "decimals", "text",
    "scope", "source", "comment", "is_carried_forward", "is_stated", "is_rolled_up",
    "restated_note", "origin_model", "origin_label", "version",
)  # fmt: skip


def copy_outcomes(size: Size) -> None:
    """COPY with the indexes away, then the indexes again, then the statistics."""
    from django.db import connection  # noqa: PLC0415 -- only after setup

    regions = ids_of_regions()
    with connection.cursor() as cursor:
        constraints = drop_constraints(cursor)
        indexes = drop_indexes(cursor)
        statement = f"COPY targets_outcome ({', '.join(COLUMNS)}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for line in outcome_rows(regions):
                copy.write(line)
        for definition in [*indexes, *constraints]:
            cursor.execute(definition)
        cursor.execute("SELECT count(*) FROM targets_outcome")
        (count,) = cursor.fetchone()
        assert count == size.outcomes, f"{count} outcomes, not {size.outcomes}"
        cursor.execute("VACUUM ANALYZE")


def drop_constraints(cursor) -> list[str]:
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = 'targets_outcome'::regclass AND contype IN ('f', 'u')"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'ALTER TABLE targets_outcome DROP CONSTRAINT "{name}"')
    return [
        f'ALTER TABLE targets_outcome ADD CONSTRAINT "{name}" {definition}'
        for name, definition in found
    ]


def drop_indexes(cursor) -> list[str]:
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'targets_outcome' "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def outcome_rows(regions: list[tuple[list[int], list[int], list[int]]]) -> Iterator[str]:
    """The same figures every time, spread over 0 to 100, women below and men above the whole."""
    rest = "\town\t\t\tf\tf\tf\t\t\t\t1\n"
    for indicators, units, periods in regions:
        for period in periods:
            lines = []
            for unit in units:
                for indicator in indicators:
                    base = (indicator * 37 + unit * 91 + period * 13) % 900 + 50
                    for breakdown, shift in zip(BREAKDOWNS, (0, -17, 17), strict=True):
                        tenths = base + shift
                        lines.append(
                            f"{indicator}\t{unit}\t{period}\t{breakdown}\tnumber\t"
                            f"{tenths // 10}.{tenths % 10}\t1\t{rest}"
                        )
            yield "".join(lines)


def numbers(rows) -> list[int]:
    return list(rows.order_by("id").values_list("id", flat=True))


def ids_of_regions() -> list[tuple[list[int], list[int], list[int]]]:
    """(indicators, root units, periods) per region; read before COPY takes the connection."""
    from governance.models import Organisation, Period, Unit  # noqa: PLC0415 -- only after setup
    from targets.models import Indicator  # noqa: PLC0415 -- the same

    return [
        (
            numbers(Indicator.objects.filter(organisation=region)),
            numbers(Unit.objects.filter(body__organisation=region, body__kind="committee")),
            numbers(Period.objects.filter(organisation=region)),
        )
        for region in Organisation.objects.order_by("id")
    ]


if __name__ == "__main__":
    build({size.name: size for size in (EVERYDAY, FULL)}[sys.argv[1]])
