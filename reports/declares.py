"""The tables of reports and their clearance."""

from governance.declarations import Table
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

TABLES = (
    Table(ReportTemplate, organisation="organisation"),
    Table(ApprovalStep, organisation="template__organisation"),
    Table(TemplateSection, organisation="template__organisation"),
    Table(TemplateBlock, organisation="section__template__organisation"),
    Table(Report, organisation="body__organisation", body="body"),
    Table(Section, organisation="report__body__organisation", body="report__body"),
    Table(
        BlockSpec, organisation="section__report__body__organisation", body="section__report__body"
    ),
    Table(
        BlockPeriod,
        organisation="block__section__report__body__organisation",
        body="block__section__report__body",
    ),
    Table(
        SectionComment,
        organisation="section__report__body__organisation",
        body="section__report__body",
    ),
    Table(
        ClearanceAct,
        organisation="report__body__organisation",
        body="report__body",
        guard=Guard(table="reports_clearanceact", insert_only=True),
    ),
    Table(
        ReportVersion,
        organisation="report__body__organisation",
        body="report__body",
        guard=Guard(table="reports_reportversion", insert_only=True),
    ),
    Table(
        VersionHandling,
        organisation="report_version__report__body__organisation",
        body="report_version__report__body",
    ),
    Table(DraftPrint, organisation="report__body__organisation", body="report__body"),
    Table(
        PrivateNote,
        organisation="report_version__report__body__organisation",
        body="report_version__report__body",
    ),
)

DECLARES = TABLES
