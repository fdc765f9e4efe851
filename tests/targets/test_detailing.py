"""What is said about a value: contradictions, and a history that can be read back."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.enums import ValueScope
from figures.rules.limits import FREE, SHARE
from targets.outcomes.rules.details import (
    Contradiction,
    Details,
    check_details,
    detail_data,
    detail_text,
    reread,
)
from tests.factories import TODAY

AMOUNTS = st.one_of(st.none(), st.decimals(min_value=0, max_value=99999, places=4))


@pytest.mark.parametrize(
    ("details", "unit", "problem"),
    [
        (
            Details(denominator=Decimal(0)),
            "%",
            {"denominator": "Nämnaren måste vara större än noll."},
        ),
        (
            Details(numerator=Decimal(414), denominator=Decimal(413)),
            "%",
            {"numerator": "414 av 413 går inte. Täljaren är en del av nämnaren."},
        ),
        (Details(numerator=Decimal(-1), denominator=Decimal(5)), "%", {"numerator": None}),
        (Details(numerator=Decimal("0.1234567")), "", {"numerator": "Skriv högst sex decimaler."}),
        (Details(denominator=Decimal(10**9)), "", {"denominator": None}),
        (Details(group_size=-1), "", {"group_size": None}),
        (Details(group_size=2**31), "", {"group_size": None}),
        (
            Details(restated_number=Decimal(7), restated_decimals=0),
            "",
            {"restated_note": "Skriv varför jämförelsevärdet är omräknat."},
        ),
        (Details(restated_note="Ny organisation"), "", {"restated_number": None}),
        (
            Details(measured_on=date(2026, 3, 11)),
            "",
            {"measured_on": "Mätdagen har inte varit ännu."},
        ),
    ],
)
def test_contradictions_name_the_field(details, unit, problem):
    with pytest.raises(Contradiction) as refused:
        check_details(details, limits=SHARE if unit == "%" else FREE, today=TODAY)

    assert refused.value.problems.keys() == problem.keys()
    assert all(refused.value.problems[name] == text for name, text in problem.items() if text)


@pytest.mark.parametrize(
    ("details", "unit"),
    [
        (Details(), "%"),
        (Details(numerator=Decimal(228), denominator=Decimal(413)), "%"),
        (Details(numerator=Decimal(0), denominator=Decimal("0.5")), "%"),
        (Details(numerator=Decimal(414), denominator=Decimal(413)), "kr per invånare"),
        (Details(measured_on=TODAY, group_size=0), ""),
        (Details(restated_number=Decimal(7), restated_decimals=0, restated_note="Flytt"), ""),
    ],
)
def test_what_can_be_true_is_accepted(details, unit):
    check_details(details, limits=SHARE if unit == "%" else FREE, today=TODAY)


DETAILS = st.builds(
    Details,
    numerator=AMOUNTS,
    denominator=AMOUNTS,
    group_size=st.one_of(st.none(), st.integers(0, 9999)),
    scope=st.sampled_from(ValueScope),
    measured_on=st.one_of(st.none(), st.dates()),
    is_carried_forward=st.booleans(),
    is_stated=st.booleans(),
    source=st.text(max_size=20),
    comment=st.text(max_size=20),
    restated_number=st.just(Decimal("7.10")),
    restated_decimals=st.just(2),
    restated_note=st.text(max_size=20),
)


@given(DETAILS)
def test_what_the_history_tells_can_be_read_back(details):
    read = Details()
    for field in fields(Details):
        if field.name != "restated_decimals":
            read = reread(read, detail_data(details, field.name))

    assert read == details


@pytest.mark.parametrize(
    ("name", "details", "text"),
    [
        ("numerator", Details(numerator=Decimal("228.000000")), "228"),
        ("numerator", Details(numerator=Decimal("400.000000")), "400"),
        ("denominator", Details(denominator=Decimal("1234.500000")), "1\u00a0234,5"),
        ("group_size", Details(group_size=0), "0"),
        ("group_size", Details(), ""),
        ("scope", Details(scope=ValueScope.REGION), "Hela regionen"),
        ("is_stated", Details(), "Nej"),
        ("measured_on", Details(measured_on=date(2024, 10, 1)), "2024-10-01"),
        (
            "restated_number",
            Details(restated_number=Decimal("7.100000"), restated_decimals=2),
            "7,10",
        ),
    ],
)
def test_details_are_told_in_swedish(name, details, text):
    assert detail_text(details, name) == text
