"""What a printed file holds, and that nothing is fetched for it."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.enums import PageFormat
from documents.pdf import EmbeddedFile, render_pdf
from tests.documents.factories import HTML, STATED
from tests.documents.tags import data_cells
from tests.vera.vera import assert_archivable, verdicts

SECRET = "hemlig-fil-innehall"  # noqa: S105 -- the text of a file that must not be read


def printed(body, head=""):
    html = (
        f'<html lang="sv"><head><title>T</title>{head}</head><body><h1>T</h1>{body}</body></html>'
    )
    return render_pdf(html, page_format=PageFormat.A4, css=[], created_at=STATED)


@pytest.fixture(scope="module")
def server():
    """A local server that remembers what it was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/css")
            self.end_headers()
            self.wfile.write(b"body{color:red}")

        def log_message(self, *_args):
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}", asked
    httpd.shutdown()
    thread.join()
    httpd.server_close()


HOSTILE = {
    "img": ('<img alt="x" src="{url}/img.png">', ""),
    "img file": ('<img alt="x" src="{file}">', ""),
    "stylesheet": ("", '<link rel="stylesheet" href="{url}/a.css">'),
    "stylesheet file": ("", '<link rel="stylesheet" href="{file}">'),
    "import": ("", '<style>@import "{url}/b.css";</style>'),
    "import url": ("", "<style>@import url({url}/c.css);</style>"),
    "font-face": ('<p style="font-family:Evil">x</p>', '<style>@font-face{{font-family:Evil;src:url({url}/f.ttf)}}</style>'),
    "background": ('<p style="background:url({url}/bg.png)">x</p>', ""),
    "list-style-image": ('<ul><li style="list-style-image:url({url}/l.png)">x</li></ul>', ""),
    "border-image": ('<p style="border:1px solid;border-image:url({url}/bi.png) 1">x</p>', ""),
    "content": ('<p class="c">x</p>', "<style>.c::before{{content:url({url}/c.png)}}</style>"),
    "link attachment": ("", '<link rel="attachment" href="{file}">'),
    "link attachment url": ("", '<link rel="attachment" href="{url}/att">'),
    "a attachment": ('<p><a rel="attachment" href="{file}">x</a></p>', ""),
    "object": ('<object data="{url}/o.svg" type="image/svg+xml">x</object>', ""),
    "embed": ('<embed src="{url}/e.svg">', ""),
    "iframe": ('<iframe src="{url}/i.html"></iframe>', ""),
    "svg image": ('<svg width="9" height="9"><title>t</title><image href="{url}/si.png" width="9" height="9"/></svg>', ""),
    "svg use": ('<svg width="9" height="9"><title>t</title><use href="{url}/su.svg#a"/></svg>', ""),
    "svg style": ('<svg width="9" height="9"><title>t</title><style>@import "{url}/ss.css";</style><rect width="9" height="9"/></svg>', ""),
    "base": ('<img alt="x" src="b.png">', '<base href="{url}/">'),
    "data svg": ("<img alt='x' src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"{url}/ds.png\" width=\"9\" height=\"9\"/></svg>'>", ""),
    "redirecting scheme": ('<img alt="x" src="HTTP://127.0.0.1:{port}/up.png">', ""),
    "ftp": ('<img alt="x" src="ftp://127.0.0.1:{port}/x.png">', ""),
    "own host, other path": ('<img alt="x" src="https://uppsikt.invalid/pdf/../../config/settings.py">', ""),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
@pytest.mark.filterwarnings("ignore")
def test_hostile_html_fetches_nothing_and_embeds_no_file(name, server, tmp_path):
    url, asked = server
    secret = tmp_path / "secret.css"
    secret.write_text(f"/* {SECRET} */ p::after{{content:'{SECRET}'}}")
    values = {"url": url, "port": url.rpartition(":")[2], "file": secret.as_uri()}
    body, head = (part.format(**values) for part in HOSTILE[name])

    reader = PdfReader(BytesIO(printed(body, head)))

    assert asked == []
    assert dict(reader.attachments) == {}
    assert SECRET not in reader.pages[0].extract_text()


def test_hostile_colour_profile_stops_the_printing_and_fetches_nothing(server):
    url, asked = server

    with pytest.raises(OSError, match="UnknownAsset"):
        printed("", f"<style>@color-profile --p{{src:url({url}/p.icc)}}</style>")

    assert asked == []


def test_own_static_files_are_found(tmp_path):
    target = tmp_path / "a.pdf"
    target.write_bytes(render_pdf(HTML, page_format=PageFormat.A4, css=[], created_at=STATED))

    fonts = subprocess.run(["pdffonts", target], capture_output=True, text=True, check=True)  # noqa: S603, S607

    families = {line.split()[0].partition("+")[2] for line in fonts.stdout.splitlines()[2:]}
    assert families
    assert {family.partition("-")[0] for family in families} == {"Inter"}


def test_one_wide_cell_does_not_take_long():
    table = '<table><tr><td colspan="65000" rowspan="65000">x</td></tr></table>'

    assert printed(table).startswith(b"%PDF-")


def test_a_wide_heading_is_said_of_every_cell_beneath_it_on_every_page(tmp_path):
    rows = "".join(f"<tr><th scope=row>r{n}<td>a{n}<td>b{n}" for n in range(60))
    tables = "".join(
        f"<table><caption>C</caption><thead><tr><th>N<th>A<th>B<tr><th colspan=3>{group}"
        f"<tr><th>x<th colspan=2>Båda</thead><tbody>{rows}</tbody></table>"
        for group in ("G1", "G2")
    )
    file = tmp_path / "groups.pdf"
    file.write_bytes(printed(tables))

    assert len(PdfReader(file).pages) > 2
    assert [(text, set(named)) for text, named in data_cells(file)] == [
        (f"{column}{n}".lower(), {f"r{n}", column, group, "Båda"})
        for group in ("G1", "G2")
        for n in range(60)
        for column in ("A", "B")
    ]
    assert_archivable(file)


def test_slides_are_sixteen_by_nine():
    data = render_pdf(
        '<html lang="sv"><head><title>T</title></head><body>'
        '<div class="slide"><h1>Ett</h1></div><div class="slide"><h2>Två</h2></div></body></html>',
        page_format=PageFormat.SLIDES,
        css=[],
        created_at=STATED,
    )

    pages = PdfReader(BytesIO(data)).pages
    assert len(pages) == 2
    assert float(pages[0].mediabox.width) / float(pages[0].mediabox.height) == pytest.approx(
        16 / 9, abs=0.001
    )


def test_steps_are_told_in_swedish():
    steps = []

    render_pdf(
        HTML,
        page_format=PageFormat.A4,
        css=[],
        created_at=STATED,
        on_step=lambda step, progress: steps.append((step, progress)),
    )

    assert [step for step, _progress in steps if "sida" in step] == ["Lägger ut sida 1"]
    assert steps[-1] == ("Skriver filen", 75)


def test_printed_file_is_archivable_and_a_plain_one_is_not(tmp_path):
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(
        render_pdf(
            HTML,
            page_format=PageFormat.A4,
            css=[],
            created_at=STATED,
            attachments=[EmbeddedFile(name="c.json", data=b"{}", description="Innehåll")],
        )
    )
    import weasyprint  # noqa: PLC0415 -- slow to load

    weasyprint.HTML(string=HTML).write_pdf(bad)

    assert_archivable(good)
    assert [verdict.passed for verdict in verdicts([bad])] == [False, False]
