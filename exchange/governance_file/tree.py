"""YAML as a tree of nodes with line and column; every scalar is kept as the text it was written as.

The tree is built from the parser's events, so that no YAML type ever touches a value (6.940 stays
6.940), nothing recurses, and aliases, tags and deep nesting are refused before they cost anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from exchange.governance_file.rules import DECIMAL, INTEGER, Problem, quoted

LARGEST = 5 * 1024 * 1024
DEEPEST = 40
EMPTY = {"", "~", "null", "Null", "NULL"}


@dataclass(kw_only=True)
class Node:
    """A scalar (text), a mapping (pairs) or a list (items), and where it stands."""

    kind: str
    line: int
    column: int
    text: str = ""
    plain: bool = True
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)
    items: list["Node"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return self.kind == "scalar" and self.plain and self.text in EMPTY

    @property
    def described(self) -> str:
        words = {"mapping": "en grupp av fält", "list": "en lista", "scalar": "ett enkelt värde"}
        return words[self.kind]


class Refused(Exception):
    """The file cannot be read at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_text(path: Path) -> str:
    """The file as text, or Refused with the reason."""
    name = str(path)

    def refuse(what: str, mend: str, line: int = 1) -> Refused:
        return Refused(Problem(file=name, line=line, what=what, mend=mend))

    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise refuse("Filen är för stor.", f"Högst {LARGEST // 1024 // 1024} MB kan läsas in.")
        raw = path.read_bytes()
    except OSError as error:
        raise refuse("Filen kan inte läsas.", f"Kontrollera sökvägen ({error.strerror}).") from None
    if b"\0" in raw:
        raise refuse("Filen är inte en textfil.", "Ange en YAML-fil.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refuse("Filen är inte sparad som UTF-8.", "Spara om den som UTF-8.", line) from None


def parse(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The one document of the file as a tree, and what is wrong with its form."""
    builder = Builder(file)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except Refused as refused:
        return None, [*builder.problems, refused.problem]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, [*builder.problems, syntax(file, mark.line + 1, mark.column + 1, error)]
    except (YAMLError, ValueError, RecursionError) as error:
        return None, [*builder.problems, syntax(file, 1, 1, error)]
    if builder.root is None:
        builder.problems.append(
            Problem(file=file, line=1, what="Filen är tom.", mend="Se docs/governance-file.md.")
        )
    return builder.root, builder.problems


def syntax(file: str, line: int, column: int, error: Exception) -> Problem:
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(
        file=file,
        line=line,
        column=column,
        what=f"Raden kan inte läsas som YAML ({reason}).",
        mend="Kontrollera indrag, kolon och citattecken.",
    )


class Builder:
    """Puts events together to a tree without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.open: list[Node] = []
        self.names: list[Node | None] = []
        self.seen: list[set[str]] = []
        self.documents = 0

    def take(self, event: Any) -> None:  # ruamel's events have no types
        kind = type(event).__name__.removesuffix("Event")
        if kind == "DocumentStart":
            self.documents += 1
            if self.documents > 1:
                self.refuse(event, "Filen innehåller flera dokument.", "Ta bort raden ”---”.")
        elif kind == "Alias":
            self.refuse(event, "Alias (*) används inte i styrfilen.", "Skriv ut värdet igen.")
        elif kind in {"MappingStart", "SequenceStart"}:
            self.check(event)
            self.push(event, "mapping" if kind == "MappingStart" else "list")
        elif kind in {"MappingEnd", "SequenceEnd"}:
            self.open.pop()
            self.names.pop()
            self.seen.pop()
        elif kind == "Scalar":
            self.check(event)
            self.place(self.node(event, "scalar"))

    def refuse(self, event: Any, what: str, mend: str) -> None:
        mark = event.start_mark
        raise Refused(
            Problem(
                file=self.file, line=mark.line + 1, column=mark.column + 1, what=what, mend=mend
            )
        )

    def check(self, event: Any) -> None:
        if event.anchor is not None:
            self.refuse(event, "Ankare (&) används inte i styrfilen.", "Skriv ut värdet.")
        if event.tag is not None:
            self.refuse(event, "Taggar (!) används inte i styrfilen.", "Ta bort taggen.")
        if len(self.open) > DEEPEST:
            self.refuse(event, "Filen är för djupt nästlad.", "Se docs/governance-file.md.")

    def node(self, event: Any, kind: str) -> Node:
        mark = event.start_mark
        node = Node(kind=kind, line=mark.line + 1, column=mark.column + 1)
        if kind == "scalar":
            node.text, node.plain = event.value, event.style in {None, ""}
        return node

    def push(self, event: Any, kind: str) -> None:
        node = self.node(event, kind)
        self.place(node)
        self.open.append(node)
        self.names.append(None)
        self.seen.append(set())

    def place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        holder = self.open[-1]
        if holder.kind == "list":
            holder.items.append(node)
            return
        name = self.names[-1]
        if name is None:
            self.name(node)
            return
        self.names[-1] = None
        if node.is_empty and not node.text:
            node.line, node.column = name.line, name.column
        if name.text in self.seen[-1]:
            self.problems.append(
                Problem(
                    file=self.file,
                    line=name.line,
                    column=name.column,
                    what=f"{quoted(name.text)} står två gånger i samma grupp.",
                    mend="Behåll en av raderna.",
                )
            )
            return
        self.seen[-1].add(name.text)
        holder.pairs.append((name, node))

    def name(self, node: Node) -> None:
        if node.kind != "scalar":
            raise Refused(
                Problem(
                    file=self.file,
                    line=node.line,
                    column=node.column,
                    what="Ett fältnamn måste vara ett ord.",
                    mend="Skriv namn: värde.",
                )
            )
        self.names[-1] = node


def plain_data(node: Node) -> Any:  # JSON-like data
    """The tree as JSON-like data for the published schema: numbers and ja/nej when unquoted."""
    if node.kind == "mapping":
        return {name.text: plain_data(value) for name, value in node.pairs}
    if node.kind == "list":
        return [plain_data(item) for item in node.items]
    return plain_scalar(node)


def plain_scalar(node: Node) -> Any:  # str, int, float, bool or None
    if not node.plain:
        return node.text
    if node.is_empty:
        return None
    if node.text in {"true", "false"}:
        return node.text == "true"
    if INTEGER.fullmatch(node.text):
        return int(node.text)
    return float(node.text) if DECIMAL.fullmatch(node.text) else node.text


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += [*current.items, *(value for _, value in current.pairs)]
