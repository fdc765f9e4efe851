"""The tables of reports and their clearance."""

from governance.declarations import Act, Facts, Table
from governance.guards import Guard
from reports.models import (
    ApprovalStep,
    BlockPeriod,
    BlockSpec,
    ClearanceAct,
    DraftPrint,
    PrivateNote,
    Report,
    ReportTemplate,
    ReportVersion,
    Section,
    SectionComment,
    TemplateBlock,
    TemplateSection,
    VersionHandling,
)
from reports.permissions import is_frozen

TABLES = (
    Table(
        ReportTemplate,
        "organisation",
        Facts("report_templates", "What a report of a kind consists of."),
    ),
    Table(
        ApprovalStep,
        "template",
        Facts("approval_steps", "One step of the ordered chain of roles that clear the report."),
    ),
    Table(
        TemplateSection,
        "template",
        Facts("sections", "A section of the template, with the guidance for those who write."),
    ),
    Table(TemplateBlock, "section", Facts("blocks", "A block of the template's section.")),
    Table(
        Report,
        "body",
        Facts(
            "reports",
            "A report of the body; a dialogue pack is one.",
            acts={
                "state": "clearance is acts",
                "current_number": "counted by clearance",
                "current_step": "clearance is acts",
            },
        ),
        frozen=is_frozen,
    ),
    Table(Section, "report", Facts("sections", "A section of the report's tree, with its text.")),
    Table(
        BlockSpec,
        "section",
        Facts("blocks", "What a block shows; its figures are not here.", facts=("points",)),
    ),
    Table(BlockPeriod, "block", Facts("periods", "A period the block shows.")),
    Table(SectionComment, "section", Act("a reviewer's comment")),
    Table(
        ClearanceAct,
        "report",
        Act("clearance"),
        guard=Guard(table="reports_clearanceact", insert_only=True),
    ),
    Table(
        ReportVersion,
        "report",
        Act("frozen bytes"),
        guard=Guard(table="reports_reportversion", insert_only=True),
    ),
    Table(VersionHandling, "report_version", Act("hand-over and receipt")),
    Table(DraftPrint, "report", Act("a job")),
    Table(PrivateNote, "report_version", Act("a reader's own note")),
)

DECLARES = TABLES
