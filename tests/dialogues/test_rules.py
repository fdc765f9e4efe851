"""From points and motions to a decision, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.enums import MotionOutcome
from dialogues.meetings.rules import (
    Motion,
    PointChange,
    derive_decision,
    difference,
    motions_as_written,
    question_order,
)
from dialogues.proposals.rules import Point, fill, unfilled
from dialogues.verification.rules import ParagraphContent, ProtocolContent, decode, encode

OUTCOMES = st.sampled_from(list(MotionOutcome))
NAMES = {
    "namnd": "driftnämnd Regionservice",
    "namnd_bestamd": "driftnämnden",
    "namnd_genitiv": "driftnämndens",
    "organ": "Regionstyrelsens arbetsutskott",
}


def point(key, text="Arbetsutskottet noterar arbetet."):
    return Point(key=key, text=text)


def motion(key, outcome=MotionOutcome.CARRIED, *, by_presiding=True):
    return Motion(
        key=key, text=f"Tillägg {key}.", mover="Birgitta Almgren (C)", outcome=outcome,
        by_presiding=by_presiding,
    )  # fmt: skip


@st.composite
def meetings(draw):
    points = [point(f"p{n}") for n in range(draw(st.integers(0, 6)))]
    motions = [motion(f"m{n}", draw(OUTCOMES)) for n in range(draw(st.integers(0, 6)))]
    return points, motions


@given(meetings())
def test_decision_is_the_proposal_then_the_carried_additions(meeting):
    points, motions = meeting

    decided = derive_decision(points=points, motions=motions)

    carried = [one.key for one in motions if one.outcome == MotionOutcome.CARRIED]
    assert [one.key for one in decided] == [one.key for one in points] + carried


@given(meetings())
def test_only_a_carried_motion_adds_a_point(meeting):
    points, motions = meeting

    decided = derive_decision(points=points, motions=motions)

    lines = difference(proposed=points, decided=decided)
    assert [line.key for line in lines if line.change == PointChange.ADDED] == [
        one.key for one in motions if one.outcome == MotionOutcome.CARRIED
    ]
    assert [
        line for line in lines if line.change in (PointChange.REMOVED, PointChange.REWORDED)
    ] == []


@given(meetings())
def test_a_withdrawn_motion_leaves_the_text_and_a_rejected_one_stays(meeting):
    _points, motions = meeting

    written = motions_as_written(motions)

    assert [one.key for one in written] == [
        one.key for one in motions if one.outcome != MotionOutcome.WITHDRAWN
    ]


def test_the_halland_decision_has_the_five_points_and_two_additions():
    points = [point(f"p{n}") for n in range(1, 6)]
    motions = [motion("m1"), motion("m2"), motion("m3", MotionOutcome.REJECTED)]

    decided = derive_decision(points=points, motions=motions)

    assert [one.key for one in decided] == ["p1", "p2", "p3", "p4", "p5", "m1", "m2"]


def test_two_points_with_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        derive_decision(points=[point("a")], motions=[motion("a")])


def test_difference_tells_reworded_and_removed_apart():
    proposed = [point("a", "Förr."), point("b")]

    lines = difference(proposed=proposed, decided=[point("a", "Nu.")])

    assert [(line.key, line.change, line.was) for line in lines] == [
        ("a", PointChange.REWORDED, "Förr."),
        ("b", PointChange.REMOVED, proposed[1].text),
    ]


@pytest.mark.parametrize(
    ("motions", "ending"),
    [
        ([], "liggande förslag och finner att arbetsutskottet beslutar enligt detta."),
        (
            [motion("a"), motion("b")],
            (
                "liggande förslag samt sina egna tilläggsyrkanden och finner att arbetsutskottet "
                "beslutar enligt dessa."
            ),
        ),
        (
            [motion("a")],
            (
                "liggande förslag samt sitt eget tilläggsyrkande och finner att arbetsutskottet "
                "beslutar enligt dessa."
            ),
        ),
        (
            [motion("a", by_presiding=False), motion("b")],
            (
                "liggande förslag samt tilläggsyrkandena vart för sig och finner att arbetsutskottet "
                "beslutar enligt dessa."
            ),
        ),
        (
            [motion("a", MotionOutcome.REJECTED)],
            (
                "liggande förslag samt sitt eget tilläggsyrkande och finner att arbetsutskottet "
                "beslutar enligt liggande förslag och avslår yrkandet."
            ),
        ),
        (
            [motion("a"), motion("b", MotionOutcome.REJECTED)],
            (
                "liggande förslag samt sina egna tilläggsyrkanden och finner att arbetsutskottet "
                "beslutar enligt liggande förslag, bifaller 1 och avslår 1 av tilläggsyrkandena."
            ),
        ),
        (
            [motion("a", MotionOutcome.WITHDRAWN)],
            "liggande förslag och finner att arbetsutskottet beslutar enligt detta.",
        ),
    ],
)
def test_question_order_is_drafted(motions, ending):
    text = question_order(presiding="Birgitta Almgren (C)", body="arbetsutskottet", motions=motions)

    assert text == f"Ordförande Birgitta Almgren (C) ställer proposition på {ending}"


def test_a_phrase_gets_the_committees_own_name():
    text = fill("{organ} antecknar informationen från {namnd} till protokollet.", NAMES)

    assert text == (
        "Regionstyrelsens arbetsutskott antecknar informationen från driftnämnd Regionservice "
        "till protokollet."
    )
    assert "diftnämnd" not in text


def test_an_unknown_field_stays_and_is_found():
    text = fill("{organ} noterar {nämnd}.", NAMES)

    assert unfilled([text, "Klart.", " "]) == [text, " "]


@given(st.text(max_size=80), st.text(max_size=80))
def test_content_survives_its_bytes(heading, text):
    content = protocol(heading, text)

    assert decode(encode(content)) == content
    assert encode(decode(encode(content))) == encode(content)


@pytest.mark.parametrize(("count", "words"), [(1, "§ 58"), (2, "§§ 58, 59")])
def test_a_protocol_part_is_called_by_its_numbers(count, words):
    content = protocol("Rubrik", "Text.", count=count)

    assert content.numbers == words


def protocol(heading, text, count=1):
    paragraphs = [
        ParagraphContent(
            id=number,
            number=57 + number,
            year=2026,
            heading=heading,
            diary_number="RS251695",
            decision=[point("p", text)],
            motions=[],
            question_order=text,
            matter=text,
            proposed=[point("p", text)],
            supporting_documents=[],
            dispatched_to=[],
        )
        for number in range(1, count + 1)
    ]
    return ProtocolContent(
        organisation="Region Test", body="Utskottet", held_on=date(2026, 3, 10), place="",
        time_span="", present=[], signers=[], paragraphs=paragraphs,
    )  # fmt: skip
