"""Documents for the tests, and one shared stamp: making keys takes a second."""

import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from django.test import override_settings
from django.utils import timezone

from documents import actions, jobs, running, stamping
from documents.enums import PageFormat
from documents.models import Document, Event, Mail
from governance.models import Body, Organisation, User

STATED = datetime(2026, 2, 23, 9, 0, tzinfo=UTC)
CONTENT = b'{"paragraf":58}'
HTML = """<!doctype html>
<html lang="sv">
<head><title>Protokollsutdrag § 58</title></head>
<body>
<h1>Protokollsutdrag § 58</h1>
<p>Sjukfrånvaron är 6,94 procent, −0,59 procentenheter; målvärdet är ≤\u202f7,0 → nått.</p>
<table>
<caption>Personal</caption>
<thead><tr><th scope="col">Nyckeltal</th><th scope="col">Utfall</th></tr></thead>
<tbody><tr><th scope="row">HME</th><td>79</td></tr></tbody>
</table>
<p><a href="https://example.org/">Läs mer</a></p>
</body>
</html>
"""


def request(
    org: Organisation,
    by: User,
    *,
    html: str = HTML,
    page_format: PageFormat = PageFormat.A4,
    content: bytes | None = None,
    stamp: bool = False,
) -> Document:
    return actions.request_pdf(
        organisation=org,
        html=html,
        page_format=page_format,
        css=[],
        title="Protokollsutdrag § 58",
        filename="protokollsutdrag-58",
        created_at=STATED,
        by=by,
        content=content,
        stamp=stamp,
    )


def mail(org: Organisation, by: User) -> Mail:
    return actions.request_mail(
        organisation=org,
        to="karin@example.se",
        subject="Påminnelse: utfall för Helår 2025,\r\nBcc: alla@example.se",
        text="Hej Karin!\n",
        about="/mal/omgangar/7/",
        by=by,
        now=timezone.now(),
    )


def make(document: Document) -> Document:
    """What the worker does, here and now."""
    claim = jobs.claim(Document, document.pk, "test", timezone.now())
    assert claim is not None
    running.run(claim)
    document.refresh_from_db()
    return document


def ready(org: Organisation, by: User, **values: object) -> Document:
    document = make(request(org, by, **values))  # type: ignore[arg-type]
    assert document.is_ready, document.error
    return document


def stamped(org: Organisation, by: User) -> Document:
    """A finished document with the stamp on its very bytes."""
    source = ready(org, by, content=CONTENT)
    document = make(
        actions.request_stamp(
            source=source, content=CONTENT, title="§ 58", filename="paragraf-58", by=by
        )
    )
    assert document.is_ready, document.error
    return document


@lru_cache
def stamp_folder(name: str = "ours") -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"uppsikt-stamp-{name}-"))
    with override_settings(STAMP_DIR=folder):
        stamping.make_stamp()
    return folder


def event(org: Organisation, by: User) -> Event:
    """Of a row that is gone: it waits for nobody."""
    return Event.objects.create(
        organisation=org,
        row_label="rounds.RoundState",
        row_id=0,
        act="hand_in",
        what="Perioden är inlämnad",
        about="/rapporteringar/",
        body=Body.objects.filter(organisation=org).earliest("pk"),
        happened_on=STATED.date(),
        requested_by=by,
        requested_at=timezone.now(),
    )
