"""Static files as the web server answers them: under the hash of their content, kept for ever, compressed."""

import gzip
import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.urls import reverse

from config.static_files import collect, refuse_uncollected
from config.wsgi import application
from tests.architecture.house import some
from tests.targets import factories as targets

pytestmark = pytest.mark.usefixtures("db")  # an unknown address is asked of the whole house
HASHED = re.compile(r"\.[0-9a-f]{12}(\.[a-z0-9]+)?$")
AGE = re.compile(r"^max-age=(\d+), public, immutable$")
LINK = re.compile(r'(?:src|href)="(/static/[^"#]+)')
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([./][^"']+)["']""")
STYLE_URL = re.compile(r"""url\(["']?(?!data:)([^"')#]+)""")
YEAR = 365 * 24 * 3600
WOFF2 = ".woff2"  # is compressed already


class Answer:
    """What the server sends, byte for byte."""

    def __init__(self, address: str, *, method: str = "GET", **headers: str) -> None:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": address, "HTTP_HOST": "localhost"}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        found = application(environ, self.start)
        self.content = b"".join(found)
        found.close()

    def start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)


def served() -> Mapping[str, str]:
    """Each file's address by its name in static/."""
    return {name: f"/static/{hashed}" for name, hashed in staticfiles_storage.hashed_files.items()}


def references(name: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """What the served file of that name refers to, as addresses."""
    address = served()[name]
    text = Answer(address).content.decode()
    return {found: normpath(join(dirname(address), found)) for found in pattern.findall(text)}


def test_every_file_has_its_hash_in_its_name_and_is_kept_for_ever():
    ages = {}
    for name, address in some(served()).items():
        answer = Answer(address)
        kept = AGE.match(answer.headers.get("Cache-Control", ""))
        ages[name] = (
            answer.status,
            bool(HASHED.search(address)),
            bool(kept and int(kept[1]) >= YEAR),
        )

    assert ages == dict.fromkeys(ages, (200, True, True))


def test_every_file_is_smaller_when_that_is_accepted_and_the_same_when_not():
    for name, address in served().items():
        plain, small = Answer(address), Answer(address, accept_encoding="gzip")
        if name.endswith(WOFF2):
            assert "Content-Encoding" not in small.headers
            assert small.content == plain.content
            continue
        assert "Content-Encoding" not in plain.headers
        assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
        assert small.headers["Content-Encoding"] == "gzip"
        assert len(small.content) < len(plain.content)
        assert gzip.decompress(small.content) == plain.content


def test_a_browser_that_takes_brotli_gets_it():
    answer = Answer(served()["css/app.css"], accept_encoding="gzip, deflate, br")

    assert answer.headers["Content-Encoding"] == "br"


def test_only_what_refers_to_others_is_changed():
    changed = {
        name
        for name, address in served().items()
        if Answer(address).content != Path("static", name).read_bytes()
    }

    assert changed == {
        name
        for name in served()
        if (name.endswith(".js") and references(name, IMPORT))
        or (name.endswith(".css") and references(name, STYLE_URL))
    }


@pytest.mark.parametrize(("suffix", "pattern"), [(".js", IMPORT), (".css", STYLE_URL)])
def test_what_a_file_refers_to_is_a_hashed_name_that_exists(suffix, pattern):
    known = set(served().values())
    found = {name: references(name, pattern) for name in served() if name.endswith(suffix)}

    assert some({name: refers for name, refers in found.items() if refers})
    assert {
        (name, reference)
        for name, refers in found.items()
        for reference, address in refers.items()
        if address not in known
    } == set()


def test_a_module_is_one_whoever_asks_for_it():
    """Under two names it would run twice."""
    text = Answer(served()["js/grid.js"]).content.decode()

    assert f'"./{served()["js/app.js"].rpartition("/")[2]}"' in text


def test_a_page_links_hashed_names_alone(login, controller, round_state, committee, org):
    targets.make_place(targets.make_plan(committee), targets.make_indicator(org))
    page = login(controller).get(reverse("targets:entry_grid", args=[round_state.pk]))
    links = set(LINK.findall(page.content.decode()))

    assert {served()["js/grid.js"], served()["css/app.css"]} <= links <= set(served().values())


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "500.html"])
def test_a_fault_page_links_hashed_names_alone(rf, template):
    links = set(LINK.findall(render_to_string(template, request=rf.get("/"))))

    assert some(links) <= set(served().values())


def test_the_page_before_login_links_hashed_names_alone():
    links = set(LINK.findall(Answer(reverse("governance:login")).content.decode()))

    assert some(links) <= set(served().values())


@pytest.mark.parametrize(
    "address",
    [
        "/static/css/app.css",
        "/static/css/app.000000000000.css",
        "/static/../manage.py",
        "/static/staticfiles.json",
        "/static/collected",
    ],
)
def test_no_other_name_is_answered(address):
    answer = Answer(address)

    assert answer.status == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_head_says_what_get_would_send_and_sends_nothing():
    address = served()["css/app.css"]
    asked, sent = (
        Answer(address, method=method, accept_encoding="gzip") for method in ("HEAD", "GET")
    )

    assert (asked.status, asked.headers) == (200, sent.headers)
    assert asked.content == b""


def test_what_the_browser_has_is_not_sent_again():
    address = served()["css/app.css"]
    again = Answer(address, if_none_match=Answer(address).headers["ETag"])

    assert (again.status, again.content) == (304, b"")
    assert again.headers["Vary"] == "Accept-Encoding"
    assert AGE.match(again.headers["Cache-Control"])


@pytest.fixture
def sources(settings, tmp_path) -> Path:
    settings.STATIC_ROOT = tmp_path / "served"
    settings.STATICFILES_DIRS = [tmp_path / "sources"]
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "page.css").write_text("a { color: red }")
    return tmp_path / "sources"


def names(root: Path) -> set[str]:
    return {path.name for path in root.glob("page.*.css")}


def test_collect_does_nothing_until_a_source_changes(sources, settings):
    collect()
    before = names(settings.STATIC_ROOT)
    made_at = (settings.STATIC_ROOT / "staticfiles.json").stat().st_mtime_ns
    collect()
    assert (settings.STATIC_ROOT / "staticfiles.json").stat().st_mtime_ns == made_at

    (sources / "page.css").write_text("a { color: blue }")
    collect()

    assert len(before) == 1
    assert len(names(settings.STATIC_ROOT)) == 2
    assert before < names(settings.STATIC_ROOT)  # an open page still finds its own


def test_collect_refuses_a_module_that_imports_what_is_missing(sources, settings):
    (sources / "page.js").write_text('import { gone } from "./gone.js";\n')

    with pytest.raises(ValueError, match=r"page\.js' references a file which could not be found"):
        collect()
    with pytest.raises(ImproperlyConfigured):
        refuse_uncollected()


def test_a_server_without_static_files_says_so_at_its_start(sources, settings):
    with pytest.raises(ImproperlyConfigured, match=r"run python manage\.py collectstatic"):
        refuse_uncollected()
    collect()

    refuse_uncollected()
