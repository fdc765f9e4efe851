"""A report kind has its own words: an annual report is nowhere called a dialogue pack."""

import pytest
from django.urls import reverse

from reports.builders.report import gather
from reports.clearance.printing import draft_html, version_html
from reports.enums import ReportKind
from tests.reports import factories


@pytest.fixture
def annual(pack):
    """The pack's content as an annual report, which the region calls something of its own."""
    template = pack.template
    template.kind, template.name = ReportKind.ANNUAL_REPORT, "Verksamhetsberättelse"
    template.definite, template.page_format = "verksamhetsberättelsen", "a4"
    template.save()
    pack.name = "Verksamhetsberättelse 2025"
    pack.save()
    return pack


def test_an_annual_report_is_nowhere_called_a_pack(
    annual, login, controller, head, chair, receiving, case_officer
):
    pages = [
        login(controller).get(reverse("reports:pack_list")).content.decode(),
        login(controller).get(reverse("reports:pack_detail", args=[annual.pk])).content.decode(),
        login(controller).get(reverse("desk:todo")).content.decode(),
        draft_html(gather(annual)),
    ]
    version = factories.hand_over(annual, controller=controller, head=head, chair=chair)
    address = reverse("reports:version_detail", args=[version.pk])
    pages += [login(who).get(address).content.decode() for who in (controller, case_officer)]
    pages.append(version_html(version))

    for page in pages:
        assert "dialogunderlag" not in page.lower()
    assert "Skriv verksamhetsberättelsen" in pages[2]
    assert "Lämna in verksamhetsberättelsen" in pages[1]
    assert "Om verksamhetsberättelsen" in pages[3]
    assert "Vad avsnitten avser" in pages[3]


def test_receipt_and_refusal_say_the_kinds_word(annual, login, controller):
    client = login(controller)
    annual.refresh_from_db()
    url = reverse("reports:pack_submit", args=[annual.pk])

    first = client.post(url, {"version": annual.version}, follow=True).text
    second = client.post(url, {"version": annual.version}).text

    assert "Verksamhetsberättelsen har lämnats in." in first
    assert "Verksamhetsberättelsen kan inte lämnas in: läget är ”inlämnat”." in second


@pytest.mark.parametrize(
    ("kind", "page", "row"),
    [
        (ReportKind.DIALOGUE_PACK, "underlaget", "dialogunderlaget"),
        (ReportKind.PLAN, "planen", "verksamhetsplanen"),
        (ReportKind.FOLLOW_UP, "rapporten", "uppföljningsrapporten"),
        (ReportKind.ANNUAL_REPORT, "årsrapporten", "årsrapporten"),
    ],
)
def test_a_kind_has_words_of_its_own(pack, kind, page, row):
    pack.template.kind = kind

    assert (pack.template.called, pack.template.called_in_full) == (page, row)
