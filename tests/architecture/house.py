"""The floors, bottom first, as architecture.md draws them; every guard reads this table."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
FLOORS = {
    "governance": 0,
    "documents": 1,
    "targets": 2,
    "internal_control": 2,
    "economy": 2,
    "reports": 3,
    "dialogues": 4,
    "exchange": 5,
    "desk": 6,
}


# Wall 2: the one path by which a row reaches its organisation. A new model without a line fails.
NO_ORGANISATION = {
    "governance.User": "a login; reaches it through its person, and one without a person sees none",
    "governance.AuditEntry": "carries organisation_id without a key, so that nothing blocks it",
}
PATHS = {
    "governance.Organisation": "",
    "governance.Person": "organisation",
    "governance.Body": "organisation",
    "governance.Unit": "body__organisation",
    "governance.Mandate": "body__organisation",
    "governance.Period": "organisation",
    "governance.ReportingRound": "period__organisation",
    "governance.RoundState": "body__organisation",
    "governance.Scale": "organisation",
    "governance.ScaleLevel": "scale__organisation",
    "documents.Document": "organisation",
    "documents.DocumentAttachment": "document__organisation",
    "documents.SealedRecord": "document__organisation",
    "documents.Mail": "organisation",
    "documents.UploadTurn": "person__organisation",
    "targets.Plan": "body__organisation",
    "targets.FocusArea": "plan__body__organisation",
    "targets.Goal": "plan__body__organisation",
    "targets.Indicator": "organisation",
    "targets.PlannedIndicator": "plan__body__organisation",
    "targets.Target": "planned_indicator__plan__body__organisation",
    "targets.Outcome": "indicator__organisation",
    "targets.Level": "organisation",
    "targets.Term": "organisation",
    "targets.StatusWord": "organisation",
    "targets.Definition": "indicator__organisation",
    "targets.Category": "indicator__organisation",
    "targets.Evidence": "outcome__indicator__organisation",
    "targets.Activity": "plan__body__organisation",
    "targets.ActivityReport": "activity__plan__body__organisation",
    "targets.AssignmentReport": "goal__plan__body__organisation",
    "targets.Judgement": "goal__plan__body__organisation",
    "targets.Reminder": "person__organisation",
    "internal_control.ControlPlan": "body__organisation",
    "internal_control.ControlArea": "plan__body__organisation",
    "internal_control.ControlResult": "area__plan__body__organisation",
    "internal_control.RemainingAction": "area__plan__body__organisation",
    "economy.Scope": "body__organisation",
    "economy.Line": "body__organisation",
    "economy.Amount": "line__body__organisation",
    "reports.ReportTemplate": "organisation",
    "reports.ApprovalStep": "template__organisation",
    "reports.TemplateSection": "template__organisation",
    "reports.TemplateBlock": "section__template__organisation",
    "reports.Report": "body__organisation",
    "reports.Section": "report__body__organisation",
    "reports.BlockSpec": "section__report__body__organisation",
    "reports.BlockPeriod": "block__section__report__body__organisation",
    "reports.SectionComment": "section__report__body__organisation",
    "reports.ClearanceAct": "report__body__organisation",
    "reports.ReportVersion": "report__body__organisation",
    "reports.VersionHandling": "report_version__report__body__organisation",
    "reports.DraftPrint": "report__body__organisation",
    "reports.PrivateNote": "report_version__report__body__organisation",
    "dialogues.DialogueRound": "board__organisation",
    "dialogues.Dialogue": "round__board__organisation",
    "dialogues.Phrase": "organisation",
    "dialogues.Proposal": "dialogue__round__board__organisation",
    "dialogues.ProposalPoint": "proposal__dialogue__round__board__organisation",
    "dialogues.SigningChief": "proposal__dialogue__round__board__organisation",
    "dialogues.Meeting": "body__organisation",
    "dialogues.Attendance": "meeting__body__organisation",
    "dialogues.NumberSeries": "body__organisation",
    "dialogues.Paragraph": "meeting__body__organisation",
    "dialogues.ParagraphPoint": "paragraph__meeting__body__organisation",
    "dialogues.FloorMotion": "paragraph__meeting__body__organisation",
    "dialogues.Verification": "meeting__body__organisation",
    "dialogues.VerificationParagraph": "verification__meeting__body__organisation",
    "dialogues.Signature": "verification__meeting__body__organisation",
    "dialogues.Dispatch": "paragraph__meeting__body__organisation",
    "dialogues.Export": "paragraph__meeting__body__organisation",
}


def below(upper: str, lower: str) -> bool:
    """True when upper may know lower: the same app or a lower floor, never a sibling."""
    return upper == lower or FLOORS[lower] < FLOORS[upper]


def url_patterns() -> Iterator[tuple[str, URLPattern]]:
    """Every (qualified name, pattern) of the URLconf."""
    yield from walk(get_resolver().url_patterns, "")


def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}", pattern


def template_files() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def project_files(*suffixes: str) -> list[Path]:
    """Files of the repository (git's list, so that what is built or installed is left out)."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    files = [ROOT / name for name in listed if not suffixes or name.endswith(suffixes)]
    return [path for path in files if path.is_file()]
