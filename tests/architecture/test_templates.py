"""Templates know only their own app and floors below; nothing inline; none forgotten."""

import re
from datetime import UTC, datetime

import pytest

from governance.templatetags.sv import instant
from reports.blocks.base import Bullets, Paragraph
from reports.blocks.kinds import block_kinds
from tests.architecture.house import FLOORS, ROOT, TEMPLATES, below, project_files, template_files

LINK = re.compile(r"{%\s*(?:url|include|extends)\s+[\"']([\w/.:-]+)")
# The frame of every page belongs to the project: it may name the pages that always exist.
FRAME = {"base.html"}
# Django and the browser ask for these by name.
CALLED_BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}
# A declared block names its template, and a part of a text is named after its class.
NAMED_BY_CLASS = {
    *(kind.template for kind in block_kinds().values()),
    *(f"reports/blocks/{part.__name__.lower()}.html" for part in (Paragraph, Bullets)),
}
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=|\shx-on|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE
)

# What an organisation words for a plan year (targets.enums.Concept) is printed from the words of
# that year; a template that says it itself has no plan year to ask, and says why.
CONCEPTS = re.compile(
    r"målvärde|utfall|indikator|fokusområde|måluppfyllelse|prognos för året"
    r"|[>\"'](?:föregående|förändring) ?[<\"']",
    re.IGNORECASE,
)
IN_MANY_YEARS = "rows of many bodies and plan years stand side by side"
NOT_ASKED = {
    "governance/login.html": "nobody's region yet",
    "targets/indicator_list.html": "the register stands in the menu and holds in every plan year",
    "targets/indicator_form.html": "as the register",
    "targets/indicator_detail.html": "the register's name on the way there",
    "desk/reporting.html": IN_MANY_YEARS,
    "rounds/round_detail.html": "a round is many bodies'; it hands in more than outcomes",
    "rounds/round_create.html": "as round_detail",
    "rounds/round_remind.html": "as round_detail",
    "reports/blocks/_indicators_schema_1.html": "frozen bytes are printed as they were",
    "reports/blocks/economytable.html": "the economy's own word for a blank",
}


def app_named(reference: str) -> str:
    return re.split(r"[:/]", reference, maxsplit=1)[0]


def owner(name: str) -> str:
    return name.partition("/")[0]


def relative(path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def test_templates_link_and_include_downwards():
    upward = [
        f"{relative(path)} -> {reference}"
        for path in template_files()
        if owner(relative(path)) in FLOORS
        for reference in LINK.findall(path.read_text())
        if app_named(reference) in FLOORS and not below(owner(relative(path)), app_named(reference))
    ]

    assert upward == []


def test_components_know_no_app():
    knowing = [
        f"{relative(path)} -> {reference}"
        for path in template_files()
        if owner(relative(path)) not in FLOORS and relative(path) not in FRAME
        for reference in LINK.findall(path.read_text())
        if app_named(reference) in FLOORS
    ]

    assert knowing == []


def test_nothing_is_inline():
    found = [
        f"{relative(path)}: {match.group(0).strip()}"
        for path in template_files()
        for match in INLINE.finditer(re.sub(r"{#.*?#}", "", path.read_text()))
    ]

    assert found == []


def test_no_template_says_what_the_organisation_has_a_word_for():
    saying = {
        relative(path)
        for path in template_files()
        if CONCEPTS.search(
            re.sub(r"{#.*?#}|{% url .*?%}|href=\"[^\"]*\"", "", path.read_text(), flags=re.DOTALL)
        )
    }

    assert saying == NOT_ASKED.keys()


def test_no_template_is_forgotten():
    files = [*project_files(".py"), *template_files()]
    sources = {path: path.read_text() for path in files if "tests" not in path.parts}
    unused = [
        name
        for path in template_files()
        if not (name := relative(path)).startswith("django/forms/")
        and name not in CALLED_BY_DJANGO | NAMED_BY_CLASS
        and not any(
            re.search(rf"[\"']{re.escape(name)}[\"'#]", text)
            for source, text in sources.items()
            if source != path
        )
    ]

    assert unused == []


def test_scan_finds_what_it_looks_for():
    assert INLINE.search('<p style="color:red">')
    assert INLINE.search('<button onclick="x()">')
    assert INLINE.search("<script>alert(1)</script>")
    assert not INLINE.search('<script src="/a.js" defer></script>')
    assert LINK.findall("{% url 'reports:report_detail' report.pk %}") == ["reports:report_detail"]
    assert not below("targets", "economy")


@pytest.mark.parametrize("name", sorted(NAMED_BY_CLASS))
def test_every_block_has_its_template(name):
    assert (TEMPLATES / name).is_file()


@pytest.mark.parametrize("app", sorted(FLOORS))
def test_no_app_keeps_templates_of_its_own(app):
    assert not (ROOT / app / "templates").exists()


WITHIN_A_LINE = "span|strong|em|small|time|a|b|code"
TEMPLATE_TAG = re.compile(r"{%.*?%}|{#.*?#}")
BRANCH = re.compile(r"{%\s*(?:else|elif|empty).*?%}")
ONE_AFTER_ANOTHER = re.compile(
    rf"{{%\s*for [^%]*%}}(?:{{%[^%]*%}})*(<(?:{WITHIN_A_LINE})\b[^\n]*?</(?:{WITHIN_A_LINE})>)"
    r"(?:{%\s*end(?:if|with)\s*%})*{%\s*(?:endfor|empty)\s*%}"
)
CLOSE_BEHIND = re.compile(
    rf"(?:}}}}|\w|</(?:{WITHIN_A_LINE})>)<(?:{WITHIN_A_LINE})\b[^>]*class=\"([^\"]*)\""
)
RULE = re.compile(r"([^{}]+){([^{}]*)}")


def set_apart() -> set[str]:
    """The classes that a style sheet puts on a line or in a box of their own."""
    sheets = [*(ROOT / "static/css").glob("*.css"), *(ROOT / "documents/paper").glob("*.css")]
    return {
        name
        for sheet in sheets
        for selector, body in RULE.findall(sheet.read_text())
        if re.search(r"display:\s*(block|flex|grid)", body)
        for each in selector.split(",")
        for name in re.findall(r"\.([\w-]+)\s*$", each.strip())
    }


def running_together(text: str) -> list[str]:
    """What style alone keeps apart: a text browser, a copied text and the PDF's tags do not."""
    apart = set_apart()
    looped = [found[:60] for found in ONE_AFTER_ANOTHER.findall(text)]
    plain = TEMPLATE_TAG.sub("", BRANCH.sub("\n", text))
    return looped + [names for names in CLOSE_BEHIND.findall(plain) if apart & {*names.split()}]


def test_what_style_alone_keeps_apart_has_a_separator():
    found = {relative(path): running_together(path.read_text()) for path in template_files()}

    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize(
    "text",
    [
        '{% for name in names %}<span class="x">{{ name }}</span>{% endfor %}',
        '{{ name }}<span class="overview__missing">{{ more }}</span>',
    ],
)
def test_what_runs_together_is_found(text):
    assert len(running_together(text)) == 1


def test_instants_are_told_without_fractions():
    wrong = [
        relative(path) for path in template_files() if re.search(r"date:['\"]c", path.read_text())
    ]

    assert wrong == []
    assert (
        instant(datetime(2026, 3, 10, 8, 0, 5, 123456, tzinfo=UTC)) == "2026-03-10T09:00:05+01:00"
    )
