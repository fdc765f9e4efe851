"""Files that show where a value came from: the bytes are kept, the rows come and go, logged."""

from datetime import date, datetime

from documents.actions import keep_file
from figures.enums import ValueKind
from governance import writing
from governance.models import Period, Unit, User
from governance.refusals import atomic
from rounds.actions.locks import check_open
from targets.enums import PART, Breakdown
from targets.models import Category, Evidence, Indicator, Outcome
from targets.outcomes.rules.evidence import UnfitFile, clean_name, file_type

MOST_FILES = 20


@atomic()
def add_evidence(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    breakdown: Breakdown = Breakdown.TOTAL,
    category: Category | None = None,
    name: str,
    data: bytes,
    by: User,
    today: date,
    now: datetime,
) -> Evidence:
    """Keep the file and hang it on the value; a value that has no row yet is still missing.

    The value's version is not raised: what was read is what it was.
    Raises UnfitFile (422), PeriodLocked or PeriodNotOpen (409).
    """
    check_open(period=period, body=unit.body, part=PART, today=today)
    kind = file_type(data)
    address = {
        "indicator": indicator,
        "unit": unit,
        "period": period,
        "breakdown": breakdown,
        "category": category,
    }
    outcome = Outcome.objects.filter(**address).first()
    if outcome is None:
        outcome = Outcome(**address, kind=ValueKind.MISSING)
        writing.add(outcome, by=by, told={}, now=now)
    sha256 = keep_file(data, kind.suffix)
    held = Evidence.objects.filter(outcome=outcome)
    if held.filter(sha256=sha256).exists():
        raise UnfitFile("Filen finns redan bland underlagen.")
    if held.count() >= MOST_FILES:
        raise UnfitFile(f"Ett utfall kan ha högst {MOST_FILES} filer.")
    evidence = Evidence(
        outcome=outcome,
        name=clean_name(name, kind),
        sha256=sha256,
        size=len(data),
        content_type=kind.content_type,
        added_by=str(by),
        added_at=now,
    )
    told = {"evidence": ("", evidence.name)}
    return writing.add(evidence, by=by, told=told, about=outcome, now=now)


@atomic()
def remove_evidence(*, evidence: Evidence, by: User, today: date) -> None:
    """Take the file off the value; its bytes stay. Refused when the period is locked."""
    outcome = evidence.outcome
    check_open(period=outcome.period, body=outcome.unit.body, part=PART, today=today)
    writing.remove(evidence, by=by, told={"evidence": (evidence.name, "")}, about=outcome)
