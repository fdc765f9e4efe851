"""Files that show where a value came from: the bytes are kept, the rows come and go, logged."""

from datetime import date

from django.db import transaction

from documents.actions import keep_file
from governance.actions import audit
from governance.models import Period, Unit, User
from rounds.actions.locks import check_open
from targets.enums import PART, Breakdown, OutcomeKind
from targets.models import Category, Evidence, Indicator, Outcome
from targets.rules import UnfitFile, clean_name, file_type

MOST_FILES = 20


@transaction.atomic
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
) -> Evidence:
    """Keep the file and hang it on the value; a value that has no row yet is still missing.

    The value's version is not raised: what was read is what it was.
    Raises UnfitFile (422), PeriodLocked or PeriodNotOpen (409).
    """
    check_open(period=period, body=unit.body, part=PART, today=today)
    kind = file_type(data)
    outcome, _made = Outcome.objects.get_or_create(
        indicator=indicator,
        unit=unit,
        period=period,
        breakdown=breakdown,
        category=category,
        defaults={"kind": OutcomeKind.MISSING},
    )
    sha256 = keep_file(data, kind.suffix)
    held = Evidence.objects.filter(outcome=outcome)
    if held.filter(sha256=sha256).exists():
        raise UnfitFile("Filen finns redan bland underlagen.")
    if held.count() >= MOST_FILES:
        raise UnfitFile(f"Ett utfall kan ha högst {MOST_FILES} filer.")
    evidence = Evidence.objects.create(
        outcome=outcome,
        name=clean_name(name, kind),
        sha256=sha256,
        size=len(data),
        content_type=kind.content_type,
        added_by=str(by),
    )
    _log(outcome, by=by, new=evidence.name)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, today: date) -> None:
    """Take the file off the value; its bytes stay. Refused when the period is locked."""
    outcome = evidence.outcome
    check_open(period=outcome.period, body=outcome.unit.body, part=PART, today=today)
    evidence.delete()
    _log(outcome, by=by, old=evidence.name)


def _log(outcome: Outcome, *, by: User, old: str = "", new: str = "") -> None:
    audit(
        by=by,
        obj=outcome,
        organisation_id=outcome.indicator.organisation_id,
        body_id=outcome.unit.body_id,
        field="evidence",
        old=old,
        new=new,
    )
