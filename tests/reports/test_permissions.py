"""The rows of the permission matrix that are about packs (architecture.md, "Who may do what")."""

import pytest
from django.urls import reverse

from reports.clearance.actions import start_new_version
from reports.models import Report
from tests.factories import TODAY
from tests.reports import factories

HOME = ("controller", "head", "chair", "reader")
BOARD = ("case_officer", "member", "presiding", "secretary", "registrar")
NOBODY = ("outsider", "stranger", "administrator")
EVERYONE = (*HOME, *BOARD, *NOBODY)


def statuses(request, login, method, url, data=None, names=EVERYONE) -> dict[str, int]:
    """What each actor is answered. Acts that succeed are not undone: ask the refused ones."""
    found = {}
    for name in names:
        client = login(request.getfixturevalue(name))
        found[name] = getattr(client, method)(url, data or {}).status_code
    return found


def expected(names=EVERYONE, **known: int) -> dict[str, int]:
    return {name: known.get(name, 404) for name in names}


@pytest.mark.usefixtures("receiving")
def test_a_draft_is_the_controllers_alone(request, login, pack):
    url = reverse("reports:pack_detail", args=[pack.pk])

    assert statuses(request, login, "get", url) == expected(controller=200)


@pytest.mark.usefixtures("receiving")
def test_a_submitted_draft_is_read_by_the_chain(request, login, pack, controller):
    factories.submit(pack, controller)
    url = reverse("reports:pack_detail", args=[pack.pk])

    assert statuses(request, login, "get", url) == expected(controller=200, head=200, chair=200)


@pytest.mark.usefixtures("receiving")
def test_what_is_handed_over_reaches_the_board(request, login, handed_over):
    url = reverse("reports:version_detail", args=[handed_over.pk])

    known = dict.fromkeys((*HOME, *BOARD), 200)
    assert statuses(request, login, "get", url) == expected(**known)


@pytest.mark.usefixtures("receiving")
def test_a_draft_of_version_2_is_hidden_from_those_who_read_version_1(
    request, login, pack, handed_over, controller
):
    start_new_version(report=pack, by=controller, today=TODAY)
    url = reverse("reports:pack_pdf", args=[pack.pk])

    known = dict.fromkeys(("head", "chair", "reader", *BOARD), 403)
    names = [name for name in EVERYONE if name != "controller"]
    assert statuses(request, login, "post", url, names=names) == expected(names, **known)


@pytest.mark.usefixtures("receiving")
@pytest.mark.parametrize("act", ["pack_submit", "pack_new_version"])
def test_only_the_controller_submits(request, login, pack, controller, act):
    factories.submit(pack, controller)
    url = reverse(f"reports:{act}", args=[pack.pk])
    names = [name for name in EVERYONE if name != "controller"]

    found = statuses(request, login, "post", url, {"version": "9"}, names)

    assert found == expected(names, head=403, chair=403)


@pytest.mark.usefixtures("receiving")
@pytest.mark.parametrize("act", ["pack_approve", "pack_return", "pack_send_comments"])
def test_only_the_chain_decides(request, login, pack, controller, act):
    factories.submit(pack, controller)
    url = reverse(f"reports:{act}", args=[pack.pk])
    names = [name for name in EVERYONE if name not in {"head", "chair"}]

    found = statuses(request, login, "post", url, {"step": "1", "comment": "x"}, names)

    assert found == expected(names, controller=403)


@pytest.mark.usefixtures("receiving")
def test_the_board_can_neither_approve_nor_return(request, login, pack, handed_over):
    for act in ("pack_approve", "pack_return"):
        url = reverse(f"reports:{act}", args=[pack.pk])
        found = statuses(request, login, "post", url, {"step": "2", "comment": "x"}, BOARD)
        assert found == dict.fromkeys(BOARD, 403)


@pytest.mark.usefixtures("receiving")
@pytest.mark.parametrize("act", ["version_receive", "version_request_completion"])
def test_only_the_case_officer_receives(request, login, handed_over, act):
    url = reverse(f"reports:{act}", args=[handed_over.pk])
    names = [name for name in EVERYONE if name != "case_officer"]

    found = statuses(request, login, "post", url, {"reason": "x"}, names)

    known = dict.fromkeys([name for name in (*HOME, *BOARD) if name != "case_officer"], 403)
    assert found == expected(names, **known)


@pytest.mark.usefixtures("receiving")
def test_texts_and_comments_have_their_writers(request, login, pack, controller):
    factories.submit(pack, controller)
    section = pack.sections.get(key="inledning")
    write = reverse("reports:section_save", args=[section.pk])
    comment = reverse("reports:section_comment", args=[section.pk])
    data = {"version": "0", "text": "x"}

    names = [name for name in EVERYONE if name != "controller"]
    assert statuses(request, login, "post", write, data, names) == expected(
        names, head=403, chair=403
    )
    names = [name for name in EVERYONE if name not in {"head", "chair"}]
    assert statuses(request, login, "post", comment, data, names) == expected(names, controller=403)


@pytest.mark.usefixtures("receiving")
def test_a_note_is_seen_by_its_author_alone(request, login, handed_over, member):
    url = reverse("reports:version_note", args=[handed_over.pk])
    login(member).post(url, {"version": "0", "text": "Hemlig fråga om HME"})
    page = reverse("reports:version_detail", args=[handed_over.pk])

    readers = [
        name
        for name in (*HOME, *BOARD)
        if "Hemlig fråga" in login(request.getfixturevalue(name)).get(page).content.decode()
    ]

    assert readers == ["member"]


@pytest.mark.usefixtures("receiving")
def test_what_happened_inside_the_committee_stays_there(login, handed_over, member, chair):
    url = reverse("reports:version_detail", args=[handed_over.pk])

    assert "Inlämnat av" in login(chair).get(url).content.decode()
    assert "Inlämnat av" not in login(member).get(url).content.decode()


def test_nobody_reads_before_login(client, pack, handed_over):
    for name, pk in (("pack_detail", pack.pk), ("version_detail", handed_over.pk)):
        assert client.get(reverse(f"reports:{name}", args=[pk])).status_code == 302


def test_the_board_gets_nothing_without_being_registered(login, handed_over, member):
    url = reverse("reports:version_detail", args=[handed_over.pk])

    assert login(member).get(url).status_code == 404


@pytest.mark.usefixtures("receiving")
def test_documents_follow_their_pack(handed_over, pack, controller, chair, member, outsider):
    from documents.permissions import may_read  # noqa: PLC0415 -- one use
    from reports.clearance import printing  # noqa: PLC0415 -- one use

    printing.order_version_pdf(version=handed_over, by=chair)
    handed_over.refresh_from_db()
    start_new_version(report=pack, by=controller, today=TODAY)
    draft = printing.order_draft_pdf(report=Report.objects.get(pk=pack.pk), by=controller).document

    frozen = handed_over.handling.document
    assert [may_read(u, frozen) for u in (controller, chair, member, outsider)] == [
        True,
        True,
        True,
        False,
    ]
    assert [may_read(u, draft) for u in (controller, chair, member, outsider)] == [
        True,
        False,
        False,
        False,
    ]
