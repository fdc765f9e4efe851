"""The tables of reports and their clearance, and every kind of block."""

from documents.declarations import Telling
from figures.grid import Beside
from governance.declarations import Act, Facts, Folded, Keeps, Open, Place, Secret, Table
from governance.guards import Guard
from reports.blocks import kinds
from reports.blocks.base import Points, PointsOptions
from reports.blocks.control import ControlGrid, RemainingActions
from reports.blocks.economy import EconomyTable
from reports.blocks.goals import (
    ActivityList,
    AssignmentList,
    AttainmentSummary,
    GoalOptions,
    GoalTable,
    Judgements,
    SummaryOptions,
)
from reports.blocks.indicators import (
    ChartOptions,
    FiguresOptions,
    IndicatorChart,
    IndicatorFigures,
    IndicatorTable,
    TableOptions,
)
from reports.blocks.kinds import BlockKind
from reports.blocks.options import CommentOptions
from reports.builders import goals, indicators
from reports.builders.control import control_grid, remaining_actions
from reports.builders.economy import economy_table
from reports.builders.points import points
from reports.clearance.queries.versions import hold_printings, kept_with
from reports.clearance.queries.waiting import controllers_told, receivers_told, turn_told
from reports.composing.queries import blocks_of_nothing, opens_pack
from reports.composing.rules import text_field
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
from reports.permissions import is_frozen, may_read_draft, opens_packs
from targets.enums import PART

OPTIONS = Folded(
    column="options",
    by="kind",
    columns=kinds.option_columns,
    names=kinds.option_names,
    read=kinds.read_fields,
    write=kinds.write_options,
)
TEMPLATE = "a template of the organisation, without any body's facts"

TABLES = (
    Table(
        ReportTemplate,
        "organisation",
        Facts("report_templates", "What a report of a kind consists of."),
        secret=Open(TEMPLATE),
    ),
    Table(
        ApprovalStep,
        "template",
        Facts("approval_steps", "One step of the ordered chain of roles that clear the report."),
        secret=Open(TEMPLATE),
    ),
    Table(
        TemplateSection,
        "template",
        Facts("sections", "A section of the template, with the guidance for those who write."),
        secret=Open(TEMPLATE),
    ),
    Table(
        TemplateBlock,
        "section",
        Facts("blocks", "A block of the template's section.", folded=OPTIONS),
        secret=Open(TEMPLATE),
        after_load=blocks_of_nothing,
    ),
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
        secret=Open("a name; its sections and blocks are marked"),
    ),
    Table(
        Section,
        "report",
        Facts("sections", "A section of the report's tree, with its text."),
        secret=Secret(
            "Avsnitt",
            ("heading", "subtitle", "slide_title", "text"),
            stays=("guidance",),
            told=lambda row: text_field(row.heading),
            is_seen=lambda user, row, today: may_read_draft(user, row.report, today),
        ),
    ),
    Table(
        BlockSpec,
        "section",
        Facts("blocks", "What a block shows; its figures are not here.", folded=OPTIONS),
        secret=Secret(
            "Block",
            ("title", "options", "kind"),
            instead={"kind": "points"},
            is_seen=lambda user, row, today: may_read_draft(user, row.section.report, today),
        ),
        after_load=blocks_of_nothing,
    ),
    Table(BlockPeriod, "block", Facts("periods", "A period the block shows.")),
    Table(
        SectionComment,
        "section",
        Act("a reviewer's comment"),
        secret=Secret(
            "Kommentar",
            ("text",),
            is_seen=lambda user, row, today: (
                row.sent_at is not None and may_read_draft(user, row.section.report, today)
            ),
        ),
    ),
    Table(
        ClearanceAct,
        "report",
        Act("clearance"),
        guard=Guard(table="reports_clearanceact", insert_only=True),
        secret=Open("an act, which the database lets nobody change"),
    ),
    Table(
        ReportVersion,
        "report",
        Act("frozen bytes"),
        guard=Guard(table="reports_reportversion", insert_only=True),
        secret=Open("kept bytes: closed whole by a mark on what they hold"),
    ),
    Table(
        VersionHandling,
        "report_version",
        Act("hand-over and receipt"),
        secret=Open("hand-over and receipt"),
    ),
    Table(DraftPrint, "report", Act("a job"), secret=Open("a job")),
    Table(
        PrivateNote,
        "report_version",
        Act("a reader's own note"),
        secret=Open("read by its author alone"),
    ),
)

BLOCKS = (
    BlockKind(
        key="goal_table",
        label="Måltabell",
        block=GoalTable,
        build=goals.goal_table,
        template="reports/blocks/goaltable.html",
        is_plan=True,
    ),
    BlockKind(
        key="indicator_figures",
        label="Indikatorer som stora tal",
        block=IndicatorFigures,
        build=indicators.indicator_figures,
        template="reports/blocks/indicatorfigures.html",
        options=FiguresOptions,
    ),
    BlockKind(
        key="indicator_table",
        label="Indikatorer som tabell",
        block=IndicatorTable,
        build=indicators.indicator_table,
        template="reports/blocks/indicatortable.html",
        options=TableOptions,
    ),
    BlockKind(
        key="indicator_chart",
        label="Indikator som diagram",
        block=IndicatorChart,
        build=indicators.indicator_chart,
        template="reports/blocks/indicatorchart.html",
        options=ChartOptions,
    ),
    BlockKind(
        key="assignment_list",
        label="Uppdrag med kommentarer",
        block=AssignmentList,
        build=goals.assignment_list,
        template="reports/blocks/assignmentlist.html",
        options=GoalOptions,
        is_plan=True,
    ),
    BlockKind(
        key="activity_list",
        label="Aktiviteter med status",
        block=ActivityList,
        build=goals.activity_list,
        template="reports/blocks/activitylist.html",
        options=CommentOptions,
        is_plan=True,
    ),
    BlockKind(
        key="attainment_summary",
        label="Måluppfyllelse i sammanfattning",
        block=AttainmentSummary,
        build=goals.attainment_summary,
        template="reports/blocks/attainmentsummary.html",
        options=SummaryOptions,
        is_plan=True,
    ),
    BlockKind(
        key="judgements",
        label="Bedömningar med underlag",
        block=Judgements,
        build=goals.judgements,
        template="reports/blocks/judgements.html",
        options=GoalOptions,
        is_plan=True,
    ),
    BlockKind(
        key="control_grid",
        label="Intern kontroll per period",
        block=ControlGrid,
        build=control_grid,
        template="reports/blocks/controlgrid.html",
        options=CommentOptions,
        is_plan=True,
    ),
    BlockKind(
        key="remaining_actions",
        label="Återstående åtgärder",
        block=RemainingActions,
        build=remaining_actions,
        template="reports/blocks/remainingactions.html",
        is_plan=True,
    ),
    BlockKind(
        key="economy_table",
        label="Ekonomi",
        block=EconomyTable,
        build=economy_table,
        template="reports/blocks/economytable.html",
    ),
    BlockKind(
        key="points",
        label="Punktlista",
        block=Points,
        build=points,
        template="reports/blocks/points.html",
        options=PointsOptions,
    ),
)

TELLINGS = tuple(
    Telling(
        model=Report, act=act, url_name="reports:pack_detail", to=to, opens=opens_pack, name="name"
    )
    for act, to in (
        ("submit", turn_told),
        ("endorse", turn_told),
        ("approve", receivers_told),
        ("return", controllers_told),
        ("complete", controllers_told),
        ("receive", controllers_told),
    )
)
PLACES = (
    Place(
        label="Rapporter",
        url_name="reports:pack_list",
        position=60,
        opens=opens_packs,
        under=("reports:",),
    ),
)

BESIDE = (Beside(part=PART, label="Hämtade värden", url_name="reports:fetched_list"),)

DECLARES = (
    Keeps(hold=hold_printings, holding=kept_with),
    *TABLES,
    *BLOCKS,
    *PLACES,
    *BESIDE,
    *TELLINGS,
)
