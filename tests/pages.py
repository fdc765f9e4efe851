"""Every URL name, once: what its numbers point at and who opens it. Tenancy, reads and browser
tests all walk the URLconf with this table; a name without an entry fails them."""

from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse

from governance.declarations import table_of
from governance.models import Organisation
from rounds.models import RoundState
from targets.models import Indicator
from tests.targets.factories import row_key


@dataclass(frozen=True, kw_only=True)
class Entry:
    """``by`` is the demo account that opens the page ("" for the public); ``html`` is false for
    files and fragments; ``where`` narrows which row a number points at."""

    by: str = ""
    objects: dict[str, str] = field(default_factory=dict)
    where: dict[str, dict[str, object]] = field(default_factory=dict)
    post: bool = False
    html: bool = True


def page(by: str, model: str = "", *, name: str = "pk", **where: object) -> Entry:
    return Entry(by=by, objects={name: model} if model else {}, where={name: where})


def act(by: str, model: str = "", *, name: str = "pk", **where: object) -> Entry:
    objects = {name: model} if model else {}
    return Entry(by=by, objects=objects, where={name: where}, post=True, html=False)


def reported(model: str, **where: object) -> Entry:
    """A status or judgement of a row of the plan at the whole year."""
    return Entry(
        by="controller",
        objects={"pk": model, "period_pk": "governance.Period"},
        where={"pk": where, "period_pk": {"key": "helar-2025"}},
        post=True,
        html=False,
    )


PRINTING, PACK = "documents.Document", "version 1"
REPORT, SECTION, VERSION = "reports.Report", "reports.Section", "reports.ReportVersion"
OURS: dict[str, object] = {"body__key": "dnrgs"}
ROUND, STATE = "rounds.ReportingRound", "rounds.RoundState"
OUTCOME = "targets.Outcome"
SICK_LEAVE: dict[str, object] = {"indicator__key": "sjukfranvaro-r12"}
GRID_ROW = {"pk": "rounds.RoundState", "row": "targets.Indicator"}
SECTIONS: dict[str, object] = {"report__body__key": "dnrgs", "key": "inledning"}
MARK = "governance.SecrecyMark"
PLAN, GOAL, ACTIVITY = "targets.Plan", "targets.Goal", "targets.Activity"
IN_PLAN: dict[str, object] = {"plan__body__key": "dnrgs"}
DIALOGUE, PROPOSAL = "dialogues.Dialogue", "dialogues.Proposal"
PARAGRAPH, VERIFICATION = "dialogues.Paragraph", "dialogues.Verification"
# A period that a committee has handed in: the board may read it.
HOSPITALS_PERIOD: dict[str, object] = {"key__endswith": "-2021"}
ENTRIES = {
    "governance:login": page(""),
    "governance:accessibility": page(""),
    "governance:health": Entry(html=False),
    "governance:session": Entry(html=False),
    "governance:logout": act("controller"),
    "governance:secrecy_list": page("controller"),
    "governance:secrecy_mark": page("controller", GOAL, name="row", **IN_PLAN),
    "governance:secrecy_detail": page("controller", MARK),
    "governance:secrecy_lift": act("controller", MARK),
    "governance:secrecy_read": act("ordforande", MARK),
    "desk:todo": page("controller"),
    "desk:reporting": page("controller"),
    "desk:event_list": page("handlaggare"),
    "desk:events_read": act("handlaggare"),
    "desk:event_open": act("handlaggare", "documents.Delivery", person__key="sofia-nyberg"),
    "targets:grid_export": Entry(
        by="controller",
        objects={"pk": "rounds.RoundState"},
        where={"pk": {"body__key": "dnrgs"}},
        html=False,
    ),
    "targets:grid_import": page("controller", "rounds.RoundState", body__key="dnrgs"),
    "desk:overview": page("ledamot"),
    "desk:overview_workbook": Entry(by="ledamot", html=False),
    "desk:overview_committee": Entry(
        by="ledamot",
        objects={"period_id": "governance.Period", "body_id": "governance.Body"},
        where={"period_id": HOSPITALS_PERIOD, "body_id": {"key": "dnhs"}},
    ),
    "desk:overview_figure": Entry(
        by="ledamot",
        objects={
            "period_id": "governance.Period",
            "body_id": "governance.Body",
            "indicator_id": "targets.Indicator",
        },
        where={
            "period_id": HOSPITALS_PERIOD,
            "body_id": {"key": "dnhs"},
            "indicator_id": {"places__plan__body__key": "dnhs"},
        },
    ),
    "targets:entry_grid": page("controller", "rounds.RoundState", body__key="dnrgs"),
    "rounds:hand_in": act("controller", "rounds.RoundState", body__key="dnrgs"),
    "rounds:round_list": page("handlaggare"),
    "rounds:round_create": page("handlaggare"),
    "rounds:round_detail": page("handlaggare", ROUND),
    "rounds:round_edit": page("handlaggare", ROUND),
    "rounds:round_lock": act("handlaggare", ROUND),
    "rounds:round_remind": page("handlaggare", ROUND),
    "rounds:reminder_retry": act("handlaggare", "rounds.Reminder"),
    "rounds:round_state": page("forvaltningschef", STATE, **OURS),
    "rounds:round_change": act("forvaltningschef", STATE, **OURS),
    "targets:plan_detail": page("controller", PLAN, key="plan-2026"),
    "targets:plan_edit": page("controller", PLAN, key="plan-2026"),
    "targets:plan_move": act("controller", PLAN, key="plan-2026"),
    "targets:plan_remove": act("controller", PLAN, key="plan-2026"),
    "targets:plan_open_next": page("controller", PLAN, key="plan-2026"),
    "targets:plan_area_add": page("controller", PLAN, key="plan-2026"),
    "targets:plan_area_edit": page("controller", "targets.FocusArea", **IN_PLAN),
    "targets:plan_indicator_add": page("controller", PLAN, key="plan-2026"),
    "targets:goal_add": page("controller", PLAN, key="plan-2026"),
    "targets:goal_detail": page("controller", GOAL, **IN_PLAN),
    "targets:goal_edit": page("controller", GOAL, **IN_PLAN),
    "targets:goal_history": page("controller", GOAL, **IN_PLAN),
    "targets:assignment_report": reported(GOAL, plan__key="plan-2025", level__nature="assignment"),
    "targets:goal_judge": reported(GOAL, plan__key="plan-2025", level__nature="goal"),
    "targets:activity_add": page("controller", PLAN, key="plan-2026"),
    "targets:activity_detail": page("controller", ACTIVITY, **IN_PLAN),
    "targets:activity_edit": page("controller", ACTIVITY, **IN_PLAN),
    "targets:activity_history": page("controller", ACTIVITY, **IN_PLAN),
    "targets:activity_report": reported(ACTIVITY, plan__key="plan-2025"),
    "targets:outcome_detail": page("controller", OUTCOME, **SICK_LEAVE),
    "targets:outcome_restore": act("controller", OUTCOME, **SICK_LEAVE),
    "targets:outcome_row": Entry(
        by="controller", objects=GRID_ROW, where={"pk": OURS, "row": {"key": "sjukfranvaro-r12"}}
    ),
    "targets:evidence_add": Entry(
        by="controller",
        objects=GRID_ROW,
        where={"pk": OURS, "row": {"key": "sjukfranvaro-r12"}},
        post=True,
        html=False,
    ),
    "targets:evidence_download": Entry(
        by="controller", objects={"pk": "targets.Evidence"}, html=False
    ),
    "targets:evidence_remove": act("controller", "targets.Evidence"),
    "targets:indicator_index": page("controller"),
    "targets:indicator_list": page("controller", "governance.Body", key="dnrgs"),
    "targets:indicator_add": page("controller", "governance.Body", key="dnrgs"),
    "targets:indicator_detail": page("controller", "targets.Indicator", key="sjukfranvaro-r12"),
    "targets:indicator_edit": page("handlaggare", "targets.Indicator", body=None),
    "targets:definition_add": page("handlaggare", "targets.Indicator", body=None),
    "targets:category_edit": page("handlaggare", "targets.Indicator", body=None),
    "targets:target_edit": page("controller", "targets.PlannedIndicator", plan__body__key="dnrgs"),
    "targets:target_echo": Entry(
        by="controller",
        objects={"pk": "targets.PlannedIndicator"},
        where={"pk": {"plan__body__key": "dnrgs"}},
        html=False,
    ),
    "internal_control:plan_detail": page("controller", "internal_control.ControlPlan"),
    "internal_control:entry_grid": page("controller", STATE, **OURS),
    "internal_control:grid_import": page("controller", STATE, **OURS),
    "internal_control:grid_export": Entry(
        by="controller", objects={"pk": STATE}, where={"pk": OURS}, html=False
    ),
    "economy:overview": page("controller", "governance.Body", key="dnrgs"),
    "economy:entry_grid": page("controller", STATE, **OURS),
    "economy:grid_import": page("controller", STATE, **OURS),
    "economy:grid_export": Entry(
        by="controller", objects={"pk": STATE}, where={"pk": OURS}, html=False
    ),
    "desk:thread": page("registrator", "dialogues.Paragraph", state="verified"),
    "documents:document_progress": page(
        "ordforande", PRINTING, name="document_id", title__contains=PACK
    ),
    "documents:document_download": Entry(
        by="ordforande",
        objects={"document_id": PRINTING},
        where={"document_id": {"title__contains": PACK}},
        html=False,
    ),
    "documents:document_retry": act(
        "ordforande", PRINTING, name="document_id", title__contains=PACK
    ),
    "reports:fetched_list": page("controller", "rounds.RoundState", body__key="dnrgs"),
    "reports:pack_list": page("controller"),
    "reports:pack_detail": page("controller", REPORT, name="report_id", **OURS),
    "reports:pack_submit": act("controller", REPORT, name="report_id", **OURS),
    "reports:pack_approve": act("ordforande", REPORT, name="report_id", **OURS),
    "reports:pack_return": act("ordforande", REPORT, name="report_id", **OURS),
    "reports:pack_send_comments": act("ordforande", REPORT, name="report_id", **OURS),
    "reports:pack_new_version": act("controller", REPORT, name="report_id", **OURS),
    "reports:pack_pdf": act("controller", REPORT, name="report_id", **OURS),
    "reports:section_save": act("controller", SECTION, name="section_id", **SECTIONS),
    "reports:section_preview": Entry(
        by="controller",
        objects={"section_id": SECTION},
        where={"section_id": SECTIONS},
        html=False,
    ),
    "reports:section_comment": act("ordforande", SECTION, name="section_id", **SECTIONS),
    "reports:version_detail": page("ledamot", VERSION, name="version_id"),
    "reports:version_receive": act("handlaggare", VERSION, name="version_id"),
    "reports:version_request_completion": act("handlaggare", VERSION, name="version_id"),
    "reports:version_note": act("ledamot", VERSION, name="version_id"),
    "reports:version_pdf": act("ledamot", VERSION, name="version_id"),
    "dialogues:round_list": page("handlaggare"),
    "dialogues:round_detail": page("handlaggare", "dialogues.DialogueRound"),
    "dialogues:dialogue_detail": page("handlaggare", DIALOGUE, committee__key="dnrgs"),
    "dialogues:proposal_create": act("handlaggare", DIALOGUE, committee__key="dn-narsjukvard"),
    "dialogues:proposal_detail": page("handlaggare", PROPOSAL),
    "dialogues:proposal_edit": page("handlaggare", PROPOSAL),
    "dialogues:proposal_approve": act("regiondirektor", PROPOSAL),
    "dialogues:proposal_reopen": act("handlaggare", PROPOSAL),
    "dialogues:proposal_send": act("handlaggare", PROPOSAL),
    "dialogues:proposal_pdf": act("handlaggare", PROPOSAL),
    "dialogues:meeting_list": page("sekreterare"),
    "dialogues:meeting_detail": page("sekreterare", "dialogues.Meeting"),
    "dialogues:paragraph_create": act("sekreterare", "dialogues.Meeting"),
    "dialogues:verification_send": act("sekreterare", "dialogues.Meeting"),
    "dialogues:paragraph_list": page("controller"),
    "dialogues:paragraph_detail": page("registrator", PARAGRAPH, state="verified"),
    "dialogues:paragraph_edit": page("sekreterare", PARAGRAPH),
    "dialogues:motion_add": act("sekreterare", PARAGRAPH),
    "dialogues:paragraph_strike": act("sekreterare", PARAGRAPH),
    "dialogues:paragraph_dispatch": act("sekreterare", PARAGRAPH),
    "dialogues:paragraph_export": act("registrator", PARAGRAPH),
    "dialogues:motion_settle": act("sekreterare", "dialogues.FloorMotion"),
    "dialogues:verification_detail": page("justerare", VERIFICATION),
    "dialogues:verification_sign": act("justerare", VERIFICATION),
    "dialogues:verification_decline": act("justerare", VERIFICATION),
    "dialogues:verify_upload": page("registrator"),
}


def row_of(organisation: Organisation, model: str, where: dict[str, object]) -> int:
    """The newest row of the organisation that fits: it is what the page is about after a walk."""
    rows = apps.get_model(model).objects.filter(**where)
    path = table_of(apps.get_model(model)).organisation_path
    if path:
        rows = rows.filter(**{path: organisation})
    found = rows.order_by("-pk").values_list("pk", flat=True).first()
    assert found is not None, f"{organisation} has no {model} {where}"
    return found


def address(name: str, organisation: Organisation) -> str:
    """The URL of the name, pointing at the organisation's own rows."""
    return reverse(name, kwargs=numbers(name, organisation))


def numbers(name: str, organisation: Organisation) -> dict[str, object]:
    """What stands in that address."""
    entry = ENTRIES[name]
    found: dict[str, object] = {
        parameter: row_of(organisation, model, entry.where.get(parameter, {}))
        for parameter, model in entry.objects.items()
    }
    if entry.objects is GRID_ROW:
        body = RoundState.objects.get(pk=found["pk"]).body
        found["row"] = row_key(Indicator.objects.get(pk=found["row"]), body)
    elif name == "governance:secrecy_mark":
        found["row"] = f"{GOAL}-{found['row']}"
    return found
