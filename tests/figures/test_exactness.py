"""A grid that nobody touched changes nothing, whatever is stored: saved as a form, by the script, by Excel."""

import html
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures.enums import ValueKind
from governance.models import AuditEntry
from governance.queries import root_unit
from governance.rules import clean_text
from targets.enums import RollUp
from targets.models import Outcome
from tests.targets.factories import make_indicator, make_place, make_plan

HX = {"HX-Request": "true"}
FIELD = re.compile(
    r'<input[^>]*? name="(?P<name>[^"]+)" value="(?P<value>[^"]*)"'
    r'|<select[^>]*? name="(?P<select>[^"]+)"[^>]*>(?P<options>.*?)</select>'
    r'|<textarea[^>]*? name="(?P<area>[^"]+)"[^>]*>\n(?P<text>[^<]*)</textarea>',
    re.DOTALL,
)
MEASURED = [
    (unit, decimals, rollup)
    for unit in ("%", "kr")
    for decimals in (None, 0, 1, 6)
    for rollup in (RollUp.ENTERED, RollUp.RATIO)
]
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40).map(
    clean_text
)
NUMBERS = st.one_of(
    st.decimals(min_value=-999_999_999, max_value=999_999_999, places=6),
    st.decimals(min_value=0, max_value=100, places=6),
    st.integers(min_value=0, max_value=100).map(Decimal),
)
LINES = st.lists(st.one_of(WORDS, st.sampled_from(["", " ", "=1+1", "\t–"])), max_size=4)
COMMENTS = st.builds(str.join, st.sampled_from(["\n", "\r\n", "\n\n"]), LINES)
DECIMALS = st.integers(min_value=0, max_value=6)
STORED = st.one_of(
    st.builds(dict, kind=st.just(ValueKind.NUMBER), number=NUMBERS, decimals=DECIMALS),
    st.builds(
        dict,
        kind=st.just(ValueKind.NUMBER),
        number=st.decimals(min_value=0, max_value=100, places=6),
        decimals=DECIMALS,
        numerator=st.integers(0, 400).map(Decimal),
        denominator=st.integers(401, 999).map(Decimal),
    ),
    st.builds(
        dict,
        kind=st.just(ValueKind.INEQUALITY),
        text=st.sampled_from([">80 %", "minst 5", "under  3", "≤ 1 000,5", "mer än 2\u00a0000 kr"]),
    ),
    st.builds(dict, kind=st.just(ValueKind.TEXT), text=WORDS.map(lambda text: text or "ord")),
    st.builds(
        dict,
        kind=st.sampled_from([ValueKind.MISSING, ValueKind.SUPPRESSED, ValueKind.NOT_APPLICABLE]),
    ),
)
ROWS = st.lists(st.tuples(STORED, COMMENTS), min_size=len(MEASURED), max_size=len(MEASURED))


@pytest.fixture
def indicators(org, committee, round_state):
    plan = make_plan(committee)
    found = []
    for number, (unit, decimals, rollup) in enumerate(MEASURED):
        indicator = make_indicator(org, f"i-{number}", unit=unit)
        indicator.decimals, indicator.rollup = decimals, rollup
        indicator.save()
        make_place(plan, indicator)
        found.append(indicator)
    return found


def fields_of(page):
    """What a browser sends of the form as it was loaded: lines end as on paper, blanks are sent too."""
    form = page.partition("data-grid ")[2].partition("</form>")[0]
    for each in FIELD.finditer(form):
        if each["select"]:
            chosen = re.search(r'value="([^"]*)" selected', each["options"])
            yield each["select"], chosen[1] if chosen else ""
        elif each["area"]:
            yield each["area"], re.sub(r"\r\n|\r|\n", "\r\n", html.unescape(each["text"]))
        else:
            yield each["name"], html.unescape(each["value"])


def standing():
    return list(Outcome.objects.order_by("pk").values()), AuditEntry.objects.count()


def untouched(client, round_state):
    """Each way in, of what was taken out that way."""
    url = reverse("targets:entry_grid", args=[round_state.pk])
    sent = dict(fields_of(client.get(url).content.decode()))
    assert sum(name.startswith("value-") for name in sent) == 2 * len(MEASURED)
    book = client.get(reverse("targets:grid_export", args=[round_state.pk])).content
    before = standing()

    assert client.post(url, sent).status_code == 302
    assert standing() == before
    answer = client.post(url, sent, headers=HX)
    assert (answer.status_code, 'data-state="conflict"' in answer.text) == (200, False)
    assert standing() == before
    found = client.post(
        reverse("targets:grid_import", args=[round_state.pk]),
        {"file": SimpleUploadedFile("utfall.xlsx", book)},
    ).context["found"]
    assert (found.changes, found.refused) == ((), ())


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_untouched_grid_changes_no_row(
    rows, indicators, login, controller, committee, period, round_state
):
    unit = root_unit(committee)
    with transaction.atomic():
        Outcome.objects.all().delete()
        for indicator, (stored, comment) in zip(indicators, rows, strict=True):
            Outcome.objects.create(
                indicator=indicator, unit=unit, period=period, comment=comment, version=3, **stored
            )

    untouched(login(controller), round_state)


@pytest.mark.parametrize(
    "stored",
    [
        {"kind": ValueKind.NUMBER, "number": Decimal("867.512345"), "decimals": 1},
        {"kind": ValueKind.NUMBER, "number": Decimal(107), "decimals": 0},
        {"kind": ValueKind.NUMBER, "number": Decimal("0.000001"), "decimals": 6},
        {"kind": ValueKind.TEXT, "text": "77"},
        {"kind": ValueKind.TEXT, "text": "två  mellanrum"},
        {"kind": ValueKind.INEQUALITY, "text": "mer  än 200 %"},
        {"kind": ValueKind.MISSING, "comment": "x" * 5000},
        {"kind": ValueKind.MISSING, "comment": "\r\nTvå\r\nrader \n"},
    ],
    ids=lambda stored: str(stored)[:60],
)
def test_what_could_not_be_typed_is_left_as_it_stands(
    stored, indicators, login, controller, committee, period, round_state
):
    for indicator in indicators:
        Outcome.objects.create(
            indicator=indicator, unit=root_unit(committee), period=period, **stored
        )

    untouched(login(controller), round_state)
