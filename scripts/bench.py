"""`make bench`: ratios measured side by side in one run, the noise and the goal beside each.

(a) the whole way of a document (order, claim, print, store, finish) against bare WeasyPrint on the same HTML;
(b) four pages: queries, CPU against a bare view, 5.4 million outcomes against the everyday size; saves;
(c) saves under load, with 50 writers through a real web server, on SQLite and on PostgreSQL;
(d) the browser's side: bytes of the entry page on a cold cache, and how soon its first value is saved.
"""

import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "var" / "bench"
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import bench_browser  # noqa: E402 -- a script finds the project by its own place
import bench_load  # noqa: E402 -- the same
import bench_pages  # noqa: E402 -- the same
import servers  # noqa: E402 -- the same
from bench_report import measured, report  # noqa: E402 -- the same

from config import serve  # noqa: E402 -- the same

PRINTS = 7


def printing() -> None:
    """(a): the pack and the proposal of the walked demo, printed again from their stored HTML."""
    from weasyprint import HTML  # noqa: PLC0415 -- only after setup

    from dialogues.models import Proposal  # noqa: PLC0415 -- the same
    from documents import actions, jobs, pdf, running  # noqa: PLC0415 -- the same
    from documents.models import Document  # noqa: PLC0415 -- the same
    from reports.models import VersionHandling  # noqa: PLC0415 -- the same

    found: dict[str, Document | None] = {}
    version = VersionHandling.objects.exclude(document=None).select_related("document").first()
    proposal = Proposal.objects.exclude(document=None).select_related("document").first()
    found["pack"] = version.document if version else None
    found["proposal"] = proposal.document if proposal else None
    for name, document in found.items():
        if document is None:
            print(f"NOT RUN {name}: the walk left no document")
            continue
        names = (pdf.COMMON_CSS, pdf.PAGE_CSS[document.page_format], *document.css)

        def ours(document: Document = document) -> None:
            order = actions.request_pdf(
                organisation=document.organisation,
                html=document.html,
                page_format=document.page_format,
                css=document.css,
                title=document.title,
                filename=document.filename,
                created_at=document.created_stated_at,
                by=document.requested_by,
            )
            claim = jobs.claim(Document, order.pk, "bench", order.requested_at)
            assert claim is not None
            running.run(claim)
            order.refresh_from_db()
            assert order.is_ready, order.error

        def bare(html: str = document.html, names: tuple[str, ...] = names) -> None:
            fonts = pdf._font_configuration()
            sheets = [pdf._style_sheet(name) for name in names]
            source = HTML(string=html, base_url="about:blank", url_fetcher=pdf._fetcher())
            source.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/a-3a")

        report(f"(a) {name}: whole way against bare WeasyPrint", measured(ours, bare, PRINTS), 1.2)


def main() -> int:
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    for name in ("DATABASE_URL", "REDIS_URL", "BROKER_DIR", "MEDIA_DIR", "STAMP_DIR", "MAIL_DIR"):
        os.environ.pop(name, None)
    os.environ.update(serve.embedded(DATA, os.environ))
    serve.prepare()
    from django.core.management import call_command  # noqa: PLC0415 -- only after setup

    print("Walking the demo so that there is something to print …", flush=True)
    with bench_load.running(serve.worker_and_clock(os.environ)):
        call_command("walk_demo", output=str(DATA))
    printing()
    bench_browser.measure()
    with ExitStack() as stack:
        if server := own_postgres(stack):
            os.environ["BENCH_POSTGRES"] = server
            bench_pages.compare(DATA)
        bench_load.both(DATA)
    return 0


def own_postgres(stack: ExitStack) -> str:
    """A durable server, kept for the databases that take long to build; "" where none is to be had."""
    if given := os.environ.get("BENCH_POSTGRES"):
        return given
    try:
        return stack.enter_context(servers.postgres("bench", is_kept=True)).rpartition("/")[0]
    except servers.NotToBeHad as error:
        print(f"NOT RUN (b), (c) on PostgreSQL: no server of our own: {error}")
        return ""


if __name__ == "__main__":
    sys.exit(main())
