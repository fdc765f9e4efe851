"""HTML to PDF/A-3a and PDF/UA-1 in one file, with nothing fetched from anywhere.

The same HTML, style sheets, attachments and creation time give the same bytes.
"""

import atexit
import logging
import mimetypes
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

from documents.enums import PageFormat

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

PAPER: Final = Path(__file__).parent / "paper"
ASSETS: Final = "https://uppsikt.invalid/pdf/"
COMMON_CSS: Final = "base.css"
PAGE_CSS: Final = {PageFormat.A4: "page-a4.css", PageFormat.SLIDES: "page-slides.css"}
WIDEST_SPAN: Final = 100

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PDFUAID: Final = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION: Final = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA: Final = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY: Final = "http://www.aiim.org/pdfa/ns/property#"

StepListener = Callable[[str, int], None]


class UnknownAsset(ValueError):
    """Something that is not one of our own files for paper was asked for."""


@dataclass(frozen=True, kw_only=True)
class EmbeddedFile:
    name: str
    data: bytes
    description: str
    relationship: str = "Data"


def render_pdf(
    html: str,
    *,
    page_format: PageFormat,
    css: Sequence[str],
    created_at: datetime,
    attachments: Sequence[EmbeddedFile] = (),
    on_step: StepListener = lambda _step, _progress: None,
) -> bytes:
    """Print the HTML; `on_step` hears in Swedish what is being done and how far it has come."""
    from weasyprint import HTML  # noqa: PLC0415 -- slow to load and unsafe before fork

    names = (COMMON_CSS, PAGE_CSS[page_format], *css)
    with _steps(on_step, expected_pages=max(1, len(html) // 4000)):
        source = HTML(string=html, base_url="about:blank", url_fetcher=_fetcher())
        _clamp_spans(source.etree_element)
        document = source.render(
            font_config=_font_configuration(),
            stylesheets=[_style_sheet(name) for name in names],
            pdf_variant="pdf/a-3a",
        )
        document.metadata = _metadata(document.metadata, created_at, attachments)
        result: bytes = document.write_pdf(pdf_variant="pdf/a-3a", finisher=_spread_headings)
    return result


def _clamp_spans(root: Any) -> None:
    """One cell with colspan=65000 costs 24 seconds."""
    for element in root.iter():
        for attribute in ("colspan", "rowspan", "span"):
            value = element.get(attribute, "")
            if value.strip().isdigit() and int(value) > WIDEST_SPAN:
                element.set(attribute, str(WIDEST_SPAN))


# Tables: each cell names its headings in the tag tree.


def _spread_headings(_document: Any, pdf: Any) -> None:
    """WeasyPrint gives a wide heading to its first column only: give it to all."""
    for table in pdf.objects:
        if isinstance(table, dict) and table.get("S") == "/Table":
            wide: list[tuple[range, Any]] = []
            for part, columns, cell in _cells(pdf, table):
                if part == "/THead" and len(columns) > 1 and "ID" in cell:
                    wide.append((columns, cell["ID"]))
                named = cell["A"].get("Headers")
                if named is not None:
                    named += [
                        heading
                        for over, heading in wide
                        if heading not in named and set(over) & set(columns)
                    ]


def _cells(pdf: Any, table: Any) -> Iterator[tuple[str, range, Any]]:
    """Every cell with the part of the table it stands in and the columns it covers."""
    for part in _below(pdf, table, "/THead", "/TBody", "/TFoot"):
        for row in _below(pdf, part, "/TR"):
            start = 0
            for cell in _below(pdf, row, "/TH", "/TD"):
                columns = range(start, start + cell["A"].get("ColSpan", 1))
                start = columns.stop
                yield part["S"], columns, cell


def _below(pdf: Any, element: Any, *tags: str) -> Iterator[Any]:
    """What is tagged so: a word that no line holds may stand beside the cells, as marked content."""
    kids = (pdf.objects[int(kid.split()[0])] for kid in element["K"] if isinstance(kid, bytes))
    return (each for each in kids if each.get("S") in tags)


# Fetching: deny by default.


@lru_cache(maxsize=1)
def _assets() -> dict[str, Path]:
    """Style sheets and fonts for paper, by the only addresses the renderer may ask for."""
    return {
        ASSETS + path.relative_to(PAPER).as_posix(): path
        for path in PAPER.rglob("*")
        if path.is_file()
    }


@lru_cache(maxsize=64)
def _asset_bytes(url: str) -> bytes:
    try:
        return _assets()[url].read_bytes()
    except KeyError:
        raise UnknownAsset(f"Not one of our own files: {url[:200]}") from None


@lru_cache(maxsize=1)
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- see render_pdf

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url[:5].lower() == "data:":
                return super().fetch(url, headers)
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, _asset_bytes(url), {"Content-Type": kind})

    return OwnFilesOnly(allowed_protocols={"data"}, allow_redirects=False)


@lru_cache(maxsize=1)
def _font_configuration() -> "FontConfiguration":
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- see render_pdf

    # At the interpreter's end its finaliser would find WeasyPrint half gone.
    atexit.register(_font_configuration.cache_clear)
    return FontConfiguration()


@lru_cache(maxsize=64)
def _style_sheet(name: str) -> "CSS":
    from weasyprint import CSS  # noqa: PLC0415 -- see render_pdf

    url = ASSETS + name
    return CSS(
        string=_asset_bytes(url).decode("utf-8"),
        base_url=url,
        url_fetcher=_fetcher(),
        font_config=_font_configuration(),
    )


# Metadata: the one RDF says PDF/A-3a and PDF/UA-1.


def _metadata(found: Any, created_at: datetime, attachments: Sequence[EmbeddedFile]) -> Any:
    """What the HTML says of itself, without the attachments it asks for, plus ours."""
    from weasyprint import Attachment  # noqa: PLC0415 -- see render_pdf

    stated = created_at.astimezone(UTC).isoformat(timespec="seconds")
    return _metadata_class()(
        title=found.title,
        authors=found.authors,
        description=found.description,
        generator="Uppsikt",
        lang=found.lang,
        created=stated,
        modified=stated,
        attachments=[
            Attachment(
                string=attachment.data,
                name=attachment.name,
                description=attachment.description,
                created=created_at.astimezone(UTC),
                modified=created_at.astimezone(UTC),
                relationship=attachment.relationship,
            )
            for attachment in attachments
        ],
    )


@lru_cache(maxsize=1)
def _metadata_class() -> Any:
    from weasyprint.pdf.metadata import DocumentMetadata  # noqa: PLC0415 -- see render_pdf

    class UniversalMetadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint has no types
        def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
            own = super().generate_rdf_metadata(variant, version, conformance)
            rdf = fromstring(own)  # noqa: S314 -- WeasyPrint wrote it a line above
            _add_universal_accessibility(rdf)
            result: bytes = tostring(rdf, encoding="utf-8")
            return result

    return UniversalMetadata


def _add_universal_accessibility(rdf: Element) -> None:
    for prefix, uri in (
        ("pdfuaid", PDFUAID),
        ("pdfaExtension", EXTENSION),
        ("pdfaSchema", SCHEMA),
        ("pdfaProperty", PROPERTY),
    ):
        register_namespace(prefix, uri)
    SubElement(_description(rdf), f"{{{PDFUAID}}}part").text = "1"
    schema = _first_of_bag(SubElement(_description(rdf), f"{{{EXTENSION}}}schemas"), "Bag")
    _texts(
        schema,
        SCHEMA,
        schema="PDF/UA Universal Accessibility Schema",
        namespaceURI=PDFUAID,
        prefix="pdfuaid",
    )
    declared = _first_of_bag(SubElement(schema, f"{{{SCHEMA}}}property"), "Seq")
    _texts(
        declared,
        PROPERTY,
        name="part",
        valueType="Integer",
        category="internal",
        description="Indicates, which part of ISO 14289 standard is followed",
    )


def _description(rdf: Element) -> Element:
    return SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})


def _first_of_bag(parent: Element, kind: str) -> Element:
    bag = SubElement(parent, f"{{{RDF}}}{kind}")
    return SubElement(bag, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})


def _texts(parent: Element, namespace: str, **values: str) -> None:
    for name, text in values.items():
        SubElement(parent, f"{{{namespace}}}{name}").text = text


# Progress: WeasyPrint tells its steps to a logger.


class _StepHandler(logging.Handler):
    def __init__(self, on_step: StepListener, expected_pages: int) -> None:
        super().__init__(logging.INFO)
        self.on_step = on_step
        self.expected_pages = expected_pages
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread != self.thread:
            return
        message = record.getMessage()
        if message.startswith("Step 5") and record.args and "Page" in message:
            page = int(str(record.args[0])) if isinstance(record.args, tuple) else 1
            share = min(1.0, page / self.expected_pages)
            self.on_step(f"Lägger ut sida {page}", 15 + int(55 * share))
        elif message.startswith(("Step 1", "Step 3", "Step 4")):
            self.on_step("Läser in underlaget", 10)
        elif message.startswith(("Step 6", "Step 7")):
            self.on_step("Skriver filen", 75)


@contextmanager
def _steps(on_step: StepListener, *, expected_pages: int) -> Iterator[None]:
    logger = logging.getLogger("weasyprint.progress")
    logger.propagate = False  # a line per page is for the row, not for the log
    handler = _StepHandler(on_step, expected_pages)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
