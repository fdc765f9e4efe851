"""Protocol part and extract as HTML, and the package that leaves the house."""

import io
import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256

from dialogues.verification.rules import ProtocolContent
from documents.actions import html_of

EARLIEST = (1980, 1, 1, 0, 0, 0)


def protocol_html(content: ProtocolContent) -> str:
    return html_of("dialogues/pdf/protocol.html", {"content": content})


def extract_html(content: ProtocolContent, *, paragraph_id: int) -> str:
    """The extract of one paragraph, from what was sealed."""
    paragraph = next(p for p in content.paragraphs if p.id == paragraph_id)
    return html_of("dialogues/pdf/extract.html", {"content": content, "paragraph": paragraph})


def package(files: Mapping[str, bytes], manifest: Mapping[str, object]) -> bytes:
    """A ZIP with the files, their sha256 sums and a manifest; the same input, the same bytes."""
    sums = {name: sha256(data).hexdigest() for name, data in sorted(files.items())}
    described = {**manifest, "files": [{"name": n, "sha256": s} for n, s in sums.items()]}
    everything = {
        **files,
        "checksums.sha256": "".join(f"{s}  {n}\n" for n, s in sums.items()).encode(),
        "manifest.json": json.dumps(described, ensure_ascii=False, indent=2).encode(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(everything.items()):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()
