"""Writes the governance file line by line, the same bytes for the same facts."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

WORD = r"[A-Za-zÅÄÖåäöÉéÜü]"
SAFE = re.compile(rf"{WORD}[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*")
KEYLIKE = re.compile(r"[a-z0-9]+([-/_][a-z0-9]+)*")
RESERVED = {"true", "false", "null", "yes", "no", "on", "off", "ja", "nej", "y", "n", "inf", "nan"}
# A literal block keeps its lines as they are; what could be lost in one is quoted instead.
BLOCK = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")
INVISIBLE = re.compile(r"[\x7f-\xa0\u00ad\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]")


class Writer:
    def __init__(self, header: str) -> None:
        self.lines = [f"# {header}"]
        self.dash = ""

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def line(self, text: str, *, depth: int) -> None:
        if self.dash:
            self.lines.append("  " * (depth - 1) + "- " + text)
            self.dash = ""
            return
        self.lines.append("  " * depth + text)

    @contextmanager
    def item(self, *, depth: int) -> Iterator[None]:
        """The first line written inside begins with a dash."""
        self.dash = "-"
        yield
        if self.dash:
            self.dash = ""
            self.lines.append("  " * depth + "- {}")

    def open(self, name: str, *, depth: int) -> None:
        self.line(f"{name}:", depth=depth)

    def pair(self, name: str, text: str, *, depth: int, plain: bool = False) -> None:
        if plain:
            self.line(f"{name}: {text}", depth=depth)
            return
        if "\n" in text and fits_block(text):
            self.line(f"{name}: |-", depth=depth)
            self.lines += ["  " * (depth + 1) + row if row else "" for row in text.split("\n")]
            return
        self.line(f"{name}: {scalar(text)}", depth=depth)

    def texts(self, name: str, texts: Sequence[str], *, depth: int) -> None:
        if not texts:
            return
        self.open(name, depth=depth)
        for text in texts:
            self.lines.append("  " * (depth + 1) + f"- {scalar(text)}")


def fits_block(text: str) -> bool:
    return (
        BLOCK.fullmatch(text) is not None
        and not INVISIBLE.search(text)
        and text == text.strip()
        and not any(row != row.rstrip() for row in text.split("\n"))
    )


def scalar(text: str) -> str:
    """Plain where nothing can be misread, else in double quotes with what is invisible escaped."""
    if is_plain(text):
        return text
    return INVISIBLE.sub(
        lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False)
    )


def is_plain(text: str) -> bool:
    if text.lower() in RESERVED or text != text.strip() or INVISIBLE.search(text):
        return False
    if KEYLIKE.fullmatch(text) and not text[0].isdigit():
        return True
    return SAFE.fullmatch(text) is not None and not re.search(r":(\s|$)|\s#", text)
