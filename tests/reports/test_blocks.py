import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.enums import Light
from governance.rules import FigureRef
from reports.blocks.base import Bullets, Paragraph, parse_text
from reports.blocks.content import (
    PackContent,
    SectionContent,
    decode,
    differences,
    encode,
    figure_refs,
)
from reports.blocks.indicators import Figure, IndicatorFigures


def figure(value: str = "6,94", version: int = 1) -> Figure:
    return Figure(
        key="sjuk",
        name="Sjukfrånvaro",
        unit="%",
        value=value,
        previous="7,53",
        change="−0,59 procentenheter",
        target="7,0",
        light=Light.MET,
        light_word="Når målet",
        is_stated=False,
        source=FigureRef(model="targets.Outcome", id=7, version=version),
        previous_source=None,
    )


def content(*figures: Figure, text: str = "") -> PackContent:
    staff = IndicatorFigures(
        key="b1",
        title="",
        shows="Helår 2025",
        period="Helår 2025",
        previous_period="Helår 2024",
        figures=figures,
    )
    section = SectionContent(
        key="medarbetare",
        level=1,
        parent="",
        is_divider=False,
        heading="Medarbetare",
        subtitle="",
        slide_title="",
        text=parse_text(text),
        blocks=(staff,) if figures else (),
    )
    return PackContent(
        schema_version=1,
        organisation="Region Test",
        body="Nämnden",
        body_short="Nämnden",
        administration="",
        kind="Dialogunderlag",
        name="Dialog",
        year=2026,
        number=1,
        page_format="slides",
        sections=(section,),
    )


def test_decoding_gives_back_what_was_encoded():
    whole = content(figure(), text="Ett stycke.\n\n- punkt")

    assert decode(encode(whole)) == whole


def test_encoding_is_the_same_bytes_every_time():
    assert encode(content(figure())) == encode(content(figure()))


def test_unknown_fields_are_refused():
    data = encode(content(figure())).replace(b'"year"', b'"yaer"')

    with pytest.raises(ValueError, match="yaer"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("  \n\n ", ()),
        ("En rad\noch en till", (Paragraph(text="En rad och en till"),)),
        ("Ett.\n\nTvå.", (Paragraph(text="Ett."), Paragraph(text="Två."))),
        ("- a\n- b", (Bullets(items=("a", "b")),)),
        ("• a\n  fortsätter\n- b", (Bullets(items=("a fortsätter", "b")),)),
        (
            "Inled:\n- a\nSlut.",
            (Paragraph(text="Inled:"), Bullets(items=("a",)), Paragraph(text="Slut.")),
        ),
        ("-5 grader", (Paragraph(text="-5 grader"),)),
        ("- a\n\n- b", (Bullets(items=("a",)), Bullets(items=("b",)))),
    ],
)
def test_text_becomes_paragraphs_and_bullets(text, parts):
    assert parse_text(text) == parts


@given(st.text(alphabet="ab -\n•\t", max_size=60))
def test_no_letter_of_a_text_is_lost(text):
    kept = "".join(line for part in parse_text(text) for line in part.lines)

    assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]


def test_a_changed_figure_is_told_in_words():
    found = differences(content(figure()), content(figure("7,10")))

    assert found == (
        (
            "Medarbetare, Sjukfrånvaro: ”6,94 % (7,53), mål 7,0, Når målet” "
            "är nu ”7,10 % (7,53), mål 7,0, Når målet”."
        ),
    )


def test_a_changed_text_is_told_in_words():
    found = differences(content(text="Före."), content(text="Efter."))

    assert found == ("Medarbetare, text: ”Före.” är nu ”Efter.”.",)


def test_what_comes_and_goes_is_told():
    came = differences(content(), content(text="Ny."))
    went = differences(content(text="Ny."), content())

    assert came == ("Medarbetare, text: ”Ny.” har kommit till.",)
    assert went == ("Medarbetare, text: ”Ny.” finns inte längre.",)


def test_equal_contents_do_not_differ():
    assert differences(content(figure()), content(figure())) == ()


def test_every_figure_says_where_it_came_from():
    assert list(figure_refs(content(figure()))) == [
        ("Medarbetare: Sjukfrånvaro", FigureRef(model="targets.Outcome", id=7, version=1))
    ]
