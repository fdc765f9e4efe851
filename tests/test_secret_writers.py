"""No way of writing changes, removes or adds beneath what a mark has taken out."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialogues.enums import DispatchWay
from dialogues.models import Paragraph, Proposal, ProposalPoint
from dialogues.proposals.actions.rows import match_rows
from dialogues.states import PROPOSAL
from dialogues.verification.actions.dispatch import dispatch_extract
from governance.actions import LegalGround, mark_secret
from governance.declarations import Secret, Table, table_of, tables
from governance.enums import BodyKind
from governance.models import Body, SecrecyMark, SecrecyPart
from governance.permissions import marks_secrecy
from governance.refusals import atomic
from governance.rules import WITHHELD, Closed, Invalid, Withheld
from governance.states import move
from governance.writing import (
    Written,
    add_all,
    change,
    differing_of,
    remove,
    update,
    update_all,
    write_all,
)
from reports.clearance.printing import order_draft_pdf, order_version_pdf
from reports.models import ReportVersion, Section, VersionHandling
from targets.indicators.actions.indicators import set_categories
from targets.models import Category
from tests.architecture.house import some
from tests.targets.factories import make_indicator
from tests.world import TODAY, World, pack_of, read_again, walk

GROUND = LegalGround(law="offentlighets- och sekretesslagen", chapter=18, section="13")
TYPED = "Skrivet över"


@pytest.fixture(scope="module")
def walked(made_world: World) -> World:
    walk(made_world)
    return made_world


@pytest.fixture
def world(walked: World, db) -> World:
    return read_again(walked)


def marked(world: World, row) -> SecrecyMark:
    return mark_secret(
        row=row,
        ground=GROUND,
        reason="Prövas.",
        review_on=date(2027, 3, 10),
        readers=[world.users["forvaltningschef"].person],
        by=world.users["controller"],
        today=TODAY,
    )


def rows_of(world: World):
    """One row that can be marked of each secret table, with the table."""
    for table in tables():
        if isinstance(table.secret, Secret):
            rows = table.model.objects.filter(**{table.organisation_path: world.organisation})
            row = next((each for each in rows.order_by("-pk") if table.body_of(each)), None)
            if row is not None:
                yield table, row


def writers(table: Table, row):
    """Each way of writing the column that the mark has taken out, by a form that was drawn before."""
    column = table.secret.columns[0]
    held = {column: f"{getattr(row, column)} {TYPED}"}
    yield lambda: change(row, held, by=None)
    yield lambda: update(row, held)
    yield lambda: update(row, held, raises_version=False)
    yield lambda: remove(row, by=None)
    if hasattr(row, "version"):
        fresh = table.model.objects.get(pk=row.pk)
        yield lambda: write_all([Written(row=fresh, values=held, told={})], by=None)


def test_no_writer_writes_what_is_marked_in_any_table(world):
    walked = []
    for table, row in rows_of(world):
        if not table.model.objects.filter(pk=row.pk).exists():
            continue
        with atomic():
            if not SecrecyPart.objects.filter(object_type=table.label, object_id=row.pk).exists():
                marked(world, row)
        if SecrecyPart.objects.filter(object_id=row.pk, object_type=table.label, content=""):
            continue  # signed: the database itself refuses
        stands = table.model.objects.filter(pk=row.pk).values().get()
        for write in writers(table, row):
            with pytest.raises(Withheld), atomic():
                write()
        values = {table.secret.columns[0]: TYPED}
        assert update_all(table.model.objects.filter(pk=row.pk), values) == 0
        assert table.model.objects.filter(pk=row.pk).values().get() == stands
        walked.append(table.label)
    assert len(some(walked)) >= 20


def test_no_act_writes_a_marked_proposal_and_no_point_beneath_it(world):
    by = world.users["controller"]
    proposal = Proposal.objects.latest("pk")
    Proposal.objects.filter(pk=proposal.pk).update(state="draft", sent_on=None)
    marked(world, proposal)
    proposal.refresh_from_db()
    points = {row.key: row for row in proposal.points.all()}

    with pytest.raises(Withheld), atomic():
        move(proposal, PROPOSAL, "change", by=by, values={"title": TYPED})
    for wanted in (
        {key: {"text": TYPED} for key in points},
        {key: {} for key in [*points, "ny"]},
    ):
        with pytest.raises(Withheld), atomic():
            match_rows(
                points,
                wanted,
                lambda key: ProposalPoint(proposal=proposal, key=key, position=9),
                about=proposal,
                by=by,
            )
    with pytest.raises(Withheld), atomic():
        add_all([ProposalPoint(proposal=proposal, key="ny", text="Ny", position=9)], by=by)


def test_no_category_that_is_marked_is_named_anew(world):
    indicator = make_indicator(world.organisation, "beredskap", body=world.body("dnrgs"))
    category = Category.objects.create(indicator=indicator, key="a", name="A", position=1)
    marked(world, category)
    names = [(each.pk, TYPED + str(each.pk)) for each in indicator.categories.all()]

    with pytest.raises(Withheld):
        set_categories(
            indicator=indicator, names=names, seen=indicator.version, by=world.users["controller"]
        )


def test_words_of_a_mark_are_refused_as_typed(world):
    for table, row in rows_of(world):
        column = table.secret.columns[0]
        with pytest.raises(Invalid, match="sekretessmarkering"):
            differing_of(row, {column: f" {WITHHELD.upper()} "})
    assert table_of(Proposal).secret.columns[0] == "title"


def test_no_printing_is_made_of_what_a_mark_has_closed(world):
    by = world.users["forvaltningschef"]
    version = ReportVersion.objects.latest("pk")
    VersionHandling.objects.filter(report_version=version).update(document=None)
    marked(world, Section.objects.filter(report=version.report).exclude(text="").first())
    version.refresh_from_db()

    with pytest.raises(Closed, match="skrivs inte ut"):
        order_version_pdf(version=version, by=by)


def test_no_extract_is_made_of_what_a_mark_has_closed(world):
    paragraph = Paragraph.objects.get(state="verified")
    mark_secret(
        row=paragraph,
        ground=GROUND,
        reason="Prövas.",
        review_on=date(2027, 3, 10),
        readers=[world.users["sekreterare"].person],
        by=world.users["sekreterare"],
        today=TODAY,
    )

    with pytest.raises(Closed, match="expedieras inte"):
        dispatch_extract(
            paragraph=paragraph,
            receiver=world.body("dnrgs"),
            way=DispatchWay.values[0],
            by=world.users["sekreterare"],
            today=TODAY,
        )


def test_draft_is_held_before_it_is_gathered(world):
    report = pack_of(world)
    with CaptureQueriesContext(connection) as asked:
        order_draft_pdf(report=report, by=world.users["controller"])

    first = next(each["sql"] for each in asked if each["sql"].startswith("SELECT"))
    assert 'FROM "reports_report"' in first


def test_office_marks_no_figures_that_it_does_not_read(client, world):
    registrar = world.users["registrator"]
    body = Body.objects.get(organisation=world.organisation, kind=BodyKind.BOARD)
    assert not marks_secrecy(registrar, body, "targets.Indicator", TODAY)
    assert marks_secrecy(registrar, body, "dialogues.Paragraph", TODAY)
    indicator = make_indicator(world.organisation, "hemlig", body=body)
    client.force_login(registrar)

    url = reverse("governance:secrecy_mark", args=[f"targets.Indicator-{indicator.pk}"])
    assert client.get(url).status_code == 404
