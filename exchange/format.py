"""The governance file's registry: which facts of which model stand where (wall 17).

The nesting of the file is the ownership of the rows. Everything here is data; reading, writing,
dumping and the JSON Schema all follow it. A model is in ENTITIES or, with a reason, in ACTS.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from exchange.rules import Wrong, as_decimal
from governance.rules import decimals_of

ROOT = "governance.Organisation"
NEVER = {"id", "version"}  # the database's own number, and what actions count (wall 6)
Values = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Compound:
    """One value of the file that is several columns (a number and the decimals it has)."""

    attributes: tuple[str, ...]
    read: Callable[[str], dict[str, object]]
    write: Callable[[models.Model], str | None]
    is_number: bool = True


@dataclass(frozen=True, kw_only=True)
class Entity:
    """One kind of row: its place in the file, what names it, what it carries.

    ``within`` says, per reference, which owner its path starts from (the organisation when not
    said). ``initial`` fields are set when the row is made and left alone afterwards.
    ``keep`` limits what is dumped of a stored state to what a file may state.
    """

    model: str
    name: str
    carried: tuple[str, ...]
    parent: str = ROOT
    parent_field: str = "organisation"
    identity: tuple[str, ...] = ("key",)
    order: tuple[str, ...] = ()
    single: bool = False
    acts: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    initial: tuple[str, ...] = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compounds: Mapping[str, Compound] = field(default_factory=dict)
    says: str = ""

    @property
    def django(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def column(self, attribute: str) -> "models.Field[Any, Any]":
        found = self.django._meta.get_field(attribute)
        if not isinstance(found, models.Field):
            raise TypeError(attribute)
        return found


def read_value(text: str) -> dict[str, object]:
    value = as_decimal(text)
    if decimals_of(value) > 6:  # noqa: PLR2004 -- the column's scale
        raise Wrong(f"”{text}” har för många decimaler.", "Skriv högst sex decimaler.")
    return {"number": value, "decimals": decimals_of(value)}


def write_value(row: models.Model) -> str | None:
    return written(getattr(row, "number", None), getattr(row, "decimals", None))


def read_restated(text: str) -> dict[str, object]:
    value = read_value(text)
    return {"restated_number": value["number"], "restated_decimals": value["decimals"]}


def write_restated(row: models.Model) -> str | None:
    return written(getattr(row, "restated_number", None), getattr(row, "restated_decimals", None))


def written(number: Decimal | None, decimals: int | None) -> str | None:
    return None if number is None or decimals is None else f"{number:.{decimals}f}"


GOVERNANCE = (
    Entity(
        model=ROOT,
        name="organisations",
        parent="",
        parent_field="",
        carried=("key", "name", "unit_of_office", "demo_today"),
        says="A region: the owner of everything below.",
    ),
    Entity(
        model="governance.Person",
        name="persons",
        carried=("key", "name", "title", "party", "email"),
        says="An official or an elected member; an account is something else.",
    ),
    Entity(
        model="governance.Body",
        name="bodies",
        carried=(
            "key",
            "parent",
            "kind",
            "name",
            "definite",
            "genitive",
            "short_name",
            "code",
            "administration",
            "valid_from",
            "valid_to",
        ),
        says="A council, board, committee or working committee.",
    ),
    Entity(
        model="governance.Unit",
        name="units",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "parent", "name", "valid_from", "valid_to"),
        within={"parent": "governance.Body"},
        says="A part of the body's administration; one, without parent, is the whole.",
    ),
    Entity(
        model="governance.Mandate",
        name="mandates",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "person", "role", "valid_from", "valid_to"),
        says="A role a person holds in the body between two days.",
    ),
    Entity(
        model="governance.Period",
        name="periods",
        carried=("key", "name", "short_name", "starts_on", "ends_on", "previous"),
        order=("starts_on", "ends_on", "key"),
        says="A span of days that outcomes hang on, and the one it is compared with.",
    ),
    Entity(
        model="rounds.ReportingRound",
        name="rounds",
        parent="governance.Period",
        parent_field="period",
        carried=("key", "name", "cut_off_on", "due_on", "previous", "parts"),
        says="A reporting occasion for the period; it asks for the parts named, or for all.",
    ),
    Entity(
        model="rounds.RoundState",
        name="bodies",
        parent="rounds.ReportingRound",
        parent_field="reporting_round",
        identity=("body",),
        carried=("body", "state"),
        initial=("state",),
        keep={"state": ("locked",)},
        acts={
            "changed_on": "set by the one who submits",
            "changed_by": "the same",
            "reason": "why it was returned or reopened, an act",
        },
        says="A body that takes part in the round; it starts open, or locked for what is past.",
    ),
    Entity(
        model="governance.Scale",
        name="scales",
        carried=("key", "kind", "name"),
        says="The organisation's words for lights, control results or goal attainment.",
    ),
    Entity(
        model="governance.ScaleLevel",
        name="levels",
        parent="governance.Scale",
        parent_field="scale",
        carried=("key", "name", "position", "tone"),
        order=("position", "key"),
        says="One step of the scale, with its tone.",
    ),
)

TARGETS = (
    Entity(
        model="targets.Level",
        name="levels",
        carried=("key", "year", "nature", "name", "plural", "position"),
        order=("year", "position", "key"),
        says="A level of the steering chain in a plan year, in the organisation's words.",
    ),
    Entity(
        model="targets.Term",
        name="terms",
        identity=("year", "concept"),
        carried=("year", "concept", "word"),
        says="The organisation's word for a column heading in a plan year.",
    ),
    Entity(
        model="targets.StatusWord",
        name="status_words",
        identity=("subject", "status", "moment"),
        carried=("subject", "status", "moment", "word", "sentence", "counts_as"),
        says="What a status is called, its sentence in a report and what it counts as.",
    ),
    Entity(
        model="targets.Indicator",
        name="indicators",
        carried=(
            "key",
            "body",
            "number",
            "name",
            "unit_label",
            "decimals",
            "direction",
            "tolerance",
            "kind",
            "frequency",
            "source",
            "owner",
            "is_rolling_12",
            "base_year",
            "dimension",
            "rollup",
            "hides_small_groups",
        ),
        says="What is measured; stands outside years.",
    ),
    Entity(
        model="targets.Definition",
        name="definitions",
        parent="targets.Indicator",
        parent_field="indicator",
        carried=("key", "valid_from", "text"),
        order=("valid_from", "key"),
        says="What the indicator means from a day on; without a day, from the beginning.",
    ),
    Entity(
        model="targets.Category",
        name="categories",
        parent="targets.Indicator",
        parent_field="indicator",
        carried=("key", "name", "position"),
        order=("position", "key"),
        says="One value of the indicator's own breakdown.",
    ),
    Entity(
        model="targets.Plan",
        name="plans",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "year", "name"),
        order=("year", "key"),
        says="The body's plan of one year.",
    ),
    Entity(
        model="targets.FocusArea",
        name="focus_areas",
        parent="targets.Plan",
        parent_field="plan",
        carried=("key", "name", "position"),
        order=("position", "key"),
        says="A focus area of the council, in the body's plan.",
    ),
    Entity(
        model="targets.Goal",
        name="goals",
        parent="targets.Plan",
        parent_field="plan",
        carried=(
            "key",
            "focus_area",
            "parent",
            "level",
            "number",
            "name",
            "description",
            "giver",
            "is_multi_year",
            "due_on",
            "responsible_unit",
            "contributes_to",
            "continues",
            "position",
        ),
        within={
            "focus_area": "targets.Plan",
            "parent": "targets.Plan",
            "responsible_unit": "governance.Body",
            "contributes_to": "targets.Plan",
            "continues": "governance.Body",
        },
        order=("position", "key"),
        says="A goal, assignment or heading; its level says which.",
    ),
    Entity(
        model="targets.AssignmentReport",
        name="assignment_reports",
        parent="targets.Goal",
        parent_field="goal",
        identity=("period",),
        carried=("period", "status", "comment"),
        says="Where an assignment stands at the end of a period.",
    ),
    Entity(
        model="targets.Judgement",
        name="judgements",
        parent="targets.Goal",
        parent_field="goal",
        identity=("period",),
        carried=(
            "period",
            "moment",
            "rule",
            "proposal",
            "result",
            "reason",
            "comment",
            "judged_by",
            "judged_on",
        ),
        says="A person's judgement of the goal at a period.",
    ),
    Entity(
        model="targets.PlannedIndicator",
        name="planned_indicators",
        parent="targets.Plan",
        parent_field="plan",
        carried=("key", "goal", "indicator", "group", "position"),
        within={"goal": "targets.Plan"},
        order=("position", "key"),
        says="An indicator's place in the plan, under a goal or a group heading.",
    ),
    Entity(
        model="targets.Target",
        name="targets",
        parent="targets.PlannedIndicator",
        parent_field="planned_indicator",
        carried=("key", "horizon", "text", "note"),
        says="A target value as it was written.",
    ),
    Entity(
        model="targets.Activity",
        name="activities",
        parent="targets.Plan",
        parent_field="plan",
        carried=(
            "key",
            "goal",
            "planned_indicator",
            "other_plan",
            "name",
            "responsible",
            "starts_on",
            "ends_on",
            "continues",
            "position",
        ),
        within={
            "goal": "targets.Plan",
            "planned_indicator": "targets.Plan",
            "continues": "governance.Body",
        },
        order=("position", "key"),
        says="What is done under a goal, an assignment or an indicator, or under another plan.",
    ),
    Entity(
        model="targets.ActivityReport",
        name="activity_reports",
        parent="targets.Activity",
        parent_field="activity",
        identity=("period",),
        carried=("period", "status", "comment"),
        says="Where an activity stands at the end of a period.",
    ),
    Entity(
        model="targets.Outcome",
        name="outcomes",
        parent="targets.Indicator",
        parent_field="indicator",
        identity=("unit", "period", "breakdown", "category"),
        carried=(
            "unit",
            "period",
            "breakdown",
            "category",
            "kind",
            "value",
            "text",
            "numerator",
            "denominator",
            "group_size",
            "scope",
            "measured_on",
            "is_carried_forward",
            "is_stated",
            "source",
            "comment",
            "is_rolled_up",
            "restated_value",
            "restated_note",
        ),
        within={"category": "targets.Indicator"},
        acts={
            "origin_model": "fetching is an act",
            "origin_id": "the same",
            "origin_version": "the same",
            "origin_label": "the same",
        },
        compounds={
            "value": Compound(
                attributes=("number", "decimals"), read=read_value, write=write_value
            ),
            "restated_value": Compound(
                attributes=("restated_number", "restated_decimals"),
                read=read_restated,
                write=write_restated,
            ),
        },
        says="One measured value; its decimals are kept as written.",
    ),
)

CONTROL = (
    Entity(
        model="internal_control.ControlPlan",
        name="control_plans",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "year", "name"),
        order=("year", "key"),
        says="The body's internal control plan of one year.",
    ),
    Entity(
        model="internal_control.ControlArea",
        name="areas",
        parent="internal_control.ControlPlan",
        parent_field="plan",
        carried=("key", "name", "question", "position"),
        order=("position", "key"),
        says="An area of control, with the question it asks.",
    ),
    Entity(
        model="internal_control.ControlResult",
        name="results",
        parent="internal_control.ControlArea",
        parent_field="area",
        identity=("period",),
        carried=("period", "level", "comment", "note"),
        says="Did the object pass, at one period.",
    ),
    Entity(
        model="internal_control.RemainingAction",
        name="remaining_actions",
        parent="internal_control.ControlArea",
        parent_field="area",
        carried=("key", "text", "position"),
        order=("position", "key"),
        says="What is left to do.",
    ),
)

ECONOMY = (
    Entity(
        model="economy.Scope",
        name="scopes",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "name", "short_name", "mark", "footnote"),
        says="What a figure covers, with mark and footnote.",
    ),
    Entity(
        model="economy.Line",
        name="lines",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "scope", "name", "position", "measure", "sign_style", "decimals"),
        within={"scope": "governance.Body"},
        order=("position", "key"),
        says="A line of the body's economy.",
    ),
    Entity(
        model="economy.Amount",
        name="amounts",
        parent="economy.Line",
        parent_field="line",
        identity=("period", "kind"),
        carried=("period", "kind", "value", "is_stated", "note"),
        says="Kronor exactly, or per cent; stated when its base is unknown.",
    ),
)

REPORTS = (
    Entity(
        model="reports.ReportTemplate",
        name="report_templates",
        carried=("key", "kind", "name", "page_format"),
        says="What a report of a kind consists of.",
    ),
    Entity(
        model="reports.ApprovalStep",
        name="approval_steps",
        parent="reports.ReportTemplate",
        parent_field="template",
        identity=("position",),
        carried=("position", "role"),
        order=("position",),
        says="One step of the ordered chain of roles that clear the report.",
    ),
    Entity(
        model="reports.TemplateSection",
        name="sections",
        parent="reports.ReportTemplate",
        parent_field="template",
        carried=(
            "key",
            "parent",
            "position",
            "kind",
            "heading",
            "subtitle",
            "slide_title",
            "guidance",
        ),
        within={"parent": "reports.ReportTemplate"},
        order=("position", "key"),
        says="A section of the template, with the guidance for those who write.",
    ),
    Entity(
        model="reports.TemplateBlock",
        name="blocks",
        parent="reports.TemplateSection",
        parent_field="section",
        carried=(
            "key",
            "position",
            "kind",
            "title",
            "shows_breakdown",
            "shows_units",
            "with_comments",
            "blank_zero",
        ),
        order=("position", "key"),
        says="A block of the template's section.",
    ),
    Entity(
        model="reports.Report",
        name="reports",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "template", "name", "year"),
        order=("year", "key"),
        acts={
            "state": "clearance is acts",
            "current_number": "counted by clearance",
            "current_step": "clearance is acts",
        },
        says="A report of the body; a dialogue pack is one.",
    ),
    Entity(
        model="reports.Section",
        name="sections",
        parent="reports.Report",
        parent_field="report",
        carried=(
            "key",
            "parent",
            "position",
            "kind",
            "heading",
            "subtitle",
            "slide_title",
            "guidance",
            "text",
        ),
        within={"parent": "reports.Report"},
        order=("position", "key"),
        says="A section of the report's tree, with its text.",
    ),
    Entity(
        model="reports.BlockSpec",
        name="blocks",
        parent="reports.Section",
        parent_field="section",
        carried=(
            "key",
            "position",
            "kind",
            "title",
            "plan_year",
            "group",
            "goal_key",
            "indicator_key",
            "points",
            "shows_breakdown",
            "shows_units",
            "with_comments",
            "blank_zero",
        ),
        order=("position", "key"),
        says="What a block shows; its figures are not here.",
    ),
    Entity(
        model="reports.BlockPeriod",
        name="periods",
        parent="reports.BlockSpec",
        parent_field="block",
        identity=("period",),
        carried=("period", "position"),
        order=("position", "period"),
        says="A period the block shows.",
    ),
)

DIALOGUES = (
    Entity(
        model="dialogues.Phrase",
        name="phrases",
        carried=("key", "text", "position"),
        order=("position", "key"),
        says="A standard sentence with the committee's name as a field.",
    ),
    Entity(
        model="dialogues.DialogueRound",
        name="dialogue_rounds",
        parent="governance.Body",
        parent_field="board",
        carried=("key", "name", "opens_on"),
        order=("opens_on", "key"),
        says="The board's occasion for dialogues; it has no period.",
    ),
    Entity(
        model="dialogues.Dialogue",
        name="dialogues",
        parent="dialogues.DialogueRound",
        parent_field="round",
        carried=(
            "key",
            "committee",
            "receiving_body",
            "held_on",
            "diary_number",
            "pack",
            "pack_due_on",
            "proposal_due_on",
        ),
        order=("held_on", "key"),
        says="One committee's dialogue, with its days and its pack.",
    ),
    Entity(
        model="dialogues.Proposal",
        name="proposal",
        parent="dialogues.Dialogue",
        parent_field="dialogue",
        single=True,
        carried=(
            "key",
            "unit",
            "author_name",
            "author_title",
            "title",
            "dated_on",
            "diary_number",
            "addressee",
            "summary",
            "consequences",
            "financial_consequences",
            "appendix_label",
            "delivered_to",
        ),
        acts={
            "appendix_version": "pinned when the proposal goes out",
            "state": "approving and sending are acts",
            "sent_on": "the day of an act",
            "document": "a job",
        },
        says="The decision proposal; one per dialogue.",
    ),
    Entity(
        model="dialogues.ProposalPoint",
        name="points",
        parent="dialogues.Proposal",
        parent_field="proposal",
        carried=("key", "position", "text"),
        order=("position", "key"),
        says="A proposed point; its key is its stable id up to the decision.",
    ),
    Entity(
        model="dialogues.SigningChief",
        name="chiefs",
        parent="dialogues.Proposal",
        parent_field="proposal",
        identity=("person",),
        carried=("person", "title", "is_acting", "position"),
        order=("position", "person"),
        acts={"approved_at": "an approval", "approved_by": "an approval"},
        says="A chief who signs the proposal.",
    ),
    Entity(
        model="dialogues.NumberSeries",
        name="number_series",
        parent="governance.Body",
        parent_field="body",
        identity=("year",),
        carried=("year", "last"),
        initial=("last",),
        says="The paragraph numbers of a year: the last one taken when the series began here.",
    ),
    Entity(
        model="dialogues.Meeting",
        name="meetings",
        parent="governance.Body",
        parent_field="body",
        carried=("key", "held_on", "place", "time_span", "presiding", "secretary", "verifier"),
        order=("held_on", "key"),
        says="A meeting of the body, with those who sign.",
    ),
    Entity(
        model="dialogues.Attendance",
        name="attendances",
        parent="dialogues.Meeting",
        parent_field="meeting",
        identity=("person",),
        carried=("person", "service", "position"),
        order=("position", "person"),
        says="Who took part, and as what.",
    ),
    Entity(
        model="dialogues.Paragraph",
        name="paragraphs",
        parent="dialogues.Meeting",
        parent_field="meeting",
        carried=(
            "key",
            "dialogue",
            "number",
            "year",
            "is_number_given",
            "heading",
            "diary_number",
            "matter",
            "question_order",
            "supporting_documents",
            "dispatched_to",
        ),
        order=("number", "key"),
        acts={"state": "sending and verifying are acts"},
        says="A paragraph of the meeting's protocol.",
    ),
    Entity(
        model="dialogues.ParagraphPoint",
        name="points",
        parent="dialogues.Paragraph",
        parent_field="paragraph",
        carried=("key", "position", "text"),
        order=("position", "key"),
        says="A point of the main proposal as it lay at the meeting.",
    ),
    Entity(
        model="dialogues.FloorMotion",
        name="motions",
        parent="dialogues.Paragraph",
        parent_field="paragraph",
        carried=("key", "mover", "kind", "text", "outcome", "position"),
        order=("position", "key"),
        says="A motion from the floor, and what became of it.",
    ),
)

ENTITIES: tuple[Entity, ...] = (
    *GOVERNANCE,
    *TARGETS,
    *CONTROL,
    *ECONOMY,
    *REPORTS,
    *DIALOGUES,
)

ACTS: Mapping[str, str] = {
    "auth.Permission": "Django's own; roles are mandates",
    "auth.Group": "Django's own; roles are mandates",
    "contenttypes.ContentType": "Django's own",
    "sessions.Session": "a login",
    "governance.User": "an account and its password; made by an administrator",
    "governance.AuditEntry": "the history of acts",
    "documents.Document": "a job and stored bytes",
    "documents.DocumentAttachment": "stored bytes",
    "documents.SealedRecord": "stamped bytes",
    "targets.Evidence": "stored bytes",
    "rounds.HandIn": "what was handed in, an act; of what came locked it is kept when it is loaded",
    "rounds.Reminder": "a mail that was sent",
    "reports.SectionComment": "a reviewer's comment",
    "reports.ClearanceAct": "clearance",
    "reports.ReportVersion": "frozen bytes",
    "reports.VersionHandling": "hand-over and receipt",
    "reports.DraftPrint": "a job",
    "reports.PrivateNote": "a reader's own note",
    "dialogues.Verification": "sending for signature, on stored bytes",
    "dialogues.VerificationParagraph": "a part of it",
    "dialogues.Signature": "a signature",
    "dialogues.Dispatch": "a dispatch",
    "dialogues.Export": "an export",
}


def entity(model: str) -> Entity:
    return by_model()[model]


@cache
def by_model() -> Mapping[str, Entity]:
    return {e.model: e for e in ENTITIES}


@cache
def children(model: str) -> Sequence[Entity]:
    return [e for e in ENTITIES if e.parent == model]


@cache
def lineage(model: str) -> tuple[Entity, ...]:
    """The entity and its owners, from the organisation down."""
    found = entity(model)
    return (*lineage(found.parent), found) if found.parent else (found,)


def owner_lookup(found: Entity) -> str:
    """The Django lookup from the row to its organisation: 'plan__body__organisation'."""
    return "__".join(e.parent_field for e in reversed(lineage(found.model)) if e.parent_field)


def target_of(found: Entity, attribute: str) -> Entity | None:
    """The entity an attribute refers to; None when it is a value."""
    if attribute in found.compounds:
        return None
    related = found.column(attribute).related_model
    if related is None or isinstance(related, str):
        return None
    return entity(related._meta.label)


def steps(found: Entity, attribute: str) -> tuple[Entity, ...]:
    """The entities a reference's path walks, from below its ``within`` to the target."""
    target = target_of(found, attribute)
    if target is None:
        raise TypeError(attribute)
    line = lineage(target.model)
    start = [e.model for e in line].index(found.within.get(attribute, ROOT))
    return tuple(e for e in line[start + 1 :] if not e.single)


def is_required(found: Entity, attribute: str) -> bool:
    """A new row cannot do without it."""
    if attribute in found.compounds:
        return False
    column = found.column(attribute)
    return not (column.blank or column.null or column.has_default() or column.many_to_many)
