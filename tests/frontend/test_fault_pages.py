"""The fault pages speak plain Swedish, also where no request or context is to be had."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("400.html", "Begäran gick inte att läsa"),
        ("500.html", "Det du har sparat finns kvar."),
    ],
)
def test_fault_page_needs_no_context(template, words):
    assert words in render_to_string(template)


@pytest.mark.parametrize(
    ("template", "words"),
    [("403.html", "Inget har ändrats."), ("404.html", "Sidan finns inte")],
)
def test_refusal_page_stands_for_an_anonymous_reader(rf, template, words):
    assert words in render_to_string(template, request=rf.get("/finns-inte/"))
