"""From governance files to checked records: every error at once, nothing written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models

from exchange.governance_file import rules
from exchange.governance_file.format import (
    Entity,
    children,
    entity,
    is_required,
    lineage,
    start_of,
    steps,
    target_of,
)
from exchange.governance_file.queries import Path, Stored, stored
from exchange.governance_file.rules import FORMAT, Problem, Wrong, nearest, quoted
from exchange.governance_file.tree import Node, Refused, parse, read_text
from governance.declarations import NEVER, ROOT
from governance.rules import Refusal
from governance.writing import is_withheld


@dataclass(kw_only=True)
class Reference:
    text: str
    node: Node
    record: "Record | None" = None
    row: models.Model | None = None


@dataclass(kw_only=True)
class Record:
    """One row of the file: converted values, references, and where it stands."""

    entity: Entity
    parent: "Record | None"
    file: str
    node: Node
    values: dict[str, object] = field(default_factory=dict)
    refs: dict[str, Reference | None] = field(default_factory=dict)
    links: dict[str, list[Reference]] = field(default_factory=dict)
    options: dict[str, object] = field(default_factory=dict)  # not yet folded to their column
    nodes: dict[str, Node] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)  # fields already complained of
    path: Path = ()
    row: models.Model | None = None
    made: models.Model | None = None  # the row once written; the standing one before

    @property
    def where(self) -> str:
        """'organisations[region-halland].bodies[dnrgs].units[hela]'."""
        parts = zip(lineage(self.entity.model), self.path, strict=False)
        return ".".join(f"{e.name}[{','.join(filter(None, c))}]" if c else e.name for e, c in parts)

    @property
    def facts(self) -> tuple[object, ...]:
        """What the row itself says, to compare two files that both carry it."""
        refs = {name: found and found.text for name, found in self.refs.items()}
        links = {name: [each.text for each in found] for name, found in self.links.items()}
        return self.values, self.options, refs, links

    def owner(self, model: str) -> "Record | None":
        return next((r for r in self.owners() if r.entity.model == model), None)

    def owners(self) -> Iterable["Record"]:
        """The record itself and those it stands in, from the inside out."""
        record: Record | None = self
        while record is not None:
            yield record
            record = record.parent

    def needs(self) -> Iterable["Record"]:
        """The records that must be written before this one."""
        if self.parent is not None:
            yield self.parent
        for reference in self.refs.values():
            if reference is not None and reference.record is not None:
                yield reference.record


@dataclass(kw_only=True)
class RowChange:
    """What a record would do: make a row, change fields of one, or nothing."""

    record: Record
    fields: dict[str, tuple[object, object]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.record.row is None

    @property
    def is_needed(self) -> bool:
        return self.is_new or bool(self.fields) or bool(self.links)


@dataclass(kw_only=True)
class Checked:
    """The outcome of reading: problems, or the changes in an order they can be written."""

    problems: list[Problem]
    changes: list[RowChange] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)  # how what was written is read


def check_files(files: Sequence[FilePath]) -> Checked:
    """Read and check the files together against each other and the database."""
    reader = Reader()
    for file in files:
        reader.read(file)
    held = stored({r.path[0][0] for r in reader.records if r.entity.model == ROOT})
    resolver = Resolver(reader, held)
    resolver.resolve()
    changes = [resolver.change(record) for record in resolver.in_order()]
    readings = [told for record in reader.records if (told := resolver.reading(record))]
    problems = sorted(reader.problems, key=lambda p: (p.file, p.line, p.column))
    return Checked(problems=problems, changes=[] if problems else changes, readings=readings)


class Reader:
    """Trees to records; says what is wrong with names, values and missing fields."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.records: list[Record] = []
        self.index: dict[tuple[str, Path], Record] = {}
        self.file = ""

    def read(self, file: FilePath) -> None:
        self.file = str(file)
        try:
            root, problems = parse(read_text(file), self.file)
        except Refused as refused:
            self.problems.append(refused.problem)
            return
        self.problems += problems
        if root is not None:
            self.read_root(root)

    def wrong(self, node: Node, path: str, what: str, mend: str) -> None:
        self.problems.append(
            Problem(
                file=self.file, line=node.line, column=node.column, path=path, what=what, mend=mend
            )
        )

    def read_root(self, root: Node) -> None:
        if root.kind != "mapping":
            self.wrong(root, "", "Filen börjar inte med fält.", f"Börja med ”format: {FORMAT}”.")
            return
        fields = {name.text: value for name, value in root.pairs}
        if "format" not in fields or fields["format"].text != FORMAT:
            self.wrong(
                fields.get("format", root), "format",
                "Formatet saknas eller är okänt.", f"Skriv ”format: {FORMAT}” överst.",
            )  # fmt: skip
        for name, _value in root.pairs:
            if name.text not in {"format", "organisations"}:
                self.unknown(name, "", ["format", "organisations"])
        if "organisations" not in fields:
            self.wrong(root, "", "Fältet organisations saknas.", "Lägg till ”organisations:”.")
            return
        self.read_list(entity(ROOT), fields["organisations"], None)

    def unknown(self, name: Node, path: str, known: Iterable[str]) -> None:
        known = list(known)
        self.wrong(
            name, path, f"Fältet {quoted(name.text)} finns inte här.",
            f"{nearest(name.text, known)}Tillåtna fält: {', '.join(known)}.",
        )  # fmt: skip

    def read_list(self, kind: Entity, node: Node, parent: Record | None) -> None:
        path = f"{parent.where}.{kind.name}" if parent else kind.name
        if node.is_empty:
            return
        if kind.single:
            self.read_row(kind, node, parent)
            return
        if node.kind != "list":
            self.wrong(
                node, path, f"{kind.name} är {node.described}, inte en lista.",
                "Börja varje rad i listan med ”- ”.",
            )  # fmt: skip
            return
        for item in node.items:
            self.read_row(kind, item, parent)

    def read_row(self, kind: Entity, node: Node, parent: Record | None) -> None:
        record = Record(entity=kind, parent=parent, file=self.file, node=node)
        prefix = parent.path if parent else ()
        if node.kind != "mapping":
            record.path = (*prefix, (f"rad {node.line}",))
            self.wrong(
                node, record.where, f"Här står {node.described}, inte fält.",
                f"Skriv fält: {', '.join(kind.carried)}.",
            )  # fmt: skip
            return
        fields = {name.text: value for name, value in node.pairs}
        record.path = (*prefix, () if kind.single else identity(kind, fields, node))
        self.read_fields(record, node)
        holder = self.add(record)
        if holder is not None:
            self.read_below(holder, node)

    def read_below(self, record: Record, node: Node) -> None:
        kind = record.entity
        below = {child.name: child for child in children(kind.model)}
        for name, value in node.pairs:
            if name.text in below:
                self.read_list(below[name.text], value, record)
            elif name.text not in kind.carried:
                self.unknown(name, record.where, [*kind.carried, *below])

    def add(self, record: Record) -> Record | None:
        """Register the record; a row that says the same in another file is gone on with there."""
        kind = record.entity
        first = self.index.get((kind.model, record.path))
        if first is None:
            self.index[kind.model, record.path] = record
            self.records.append(record)
            return record
        if first.file != record.file and first.facts == record.facts:
            return first
        self.wrong(
            record.node, record.where,
            f"Raden finns redan ({first.file}, rad {first.node.line}).",
            "Ta bort den ena eller ge den en annan nyckel.",
        )  # fmt: skip
        return None

    def read_fields(self, record: Record, node: Node) -> None:
        fields = {name.text: value for name, value in node.pairs}
        for name in record.entity.carried:
            if name not in fields:
                continue
            record.nodes[name] = fields[name]
            try:
                self.read_field(record, name, fields[name])
            except Wrong as wrong:
                record.broken |= columns_of(record.entity, name)
                self.wrong(fields[name], f"{record.where}.{name}", wrong.what, wrong.mend)

    def read_field(self, record: Record, name: str, node: Node) -> None:
        kind = record.entity
        column = None if name in kind.numbers else kind.column(name)
        if column is not None and (column.many_to_many or isinstance(column, models.JSONField)):
            self.read_texts(record, name, node, is_link=bool(column.many_to_many))
            return
        if node.kind != "scalar":
            raise Wrong(f"Här står {node.described}, inte ett värde.", f"Skriv ”{name}: värde”.")
        if node.is_empty:
            empty(record, name, column)
            return
        if column is None:
            record.values.update(kind.read(name, node.text))
        elif target_of(kind, name) is not None:
            record.refs[name] = Reference(text=node.text, node=node)
        else:
            found = record.options if name in kind.options else record.values
            found[name] = convert(column, node.text)

    def read_texts(self, record: Record, name: str, node: Node, *, is_link: bool) -> None:
        items = [] if node.is_empty else node.items
        if not node.is_empty and node.kind != "list":
            raise Wrong(f"Här står {node.described}, inte en lista.", "Skriv ett värde per ”- ”.")
        if any(item.kind != "scalar" for item in items):
            raise Wrong("Listan får bara innehålla enkla värden.", "Skriv ett värde per ”- ”.")
        if is_link:
            record.links[name] = [Reference(text=item.text, node=item) for item in items]
        else:
            record.values[name] = [rules.as_text(item.text) for item in items]


def identity(kind: Entity, fields: Mapping[str, Node], node: Node) -> tuple[str, ...]:
    """The texts that name the row among its siblings; its line when they are not there."""
    found = []
    for name in kind.identity:
        if name in fields and fields[name].kind == "scalar" and not fields[name].is_empty:
            found.append(fields[name].text)
        elif name not in kind.numbers and kind.column(name).has_default():
            found.append(str(kind.column(name).get_default()))
        elif name not in kind.numbers and kind.column(name).null:
            found.append("")
        else:
            return (f"rad {node.line}",)
    return tuple(found)


def columns_of(kind: Entity, name: str) -> set[str]:
    return set(kind.numbers[name]) if name in kind.numbers else {name}


def empty(record: Record, name: str, column: "models.Field[Any, Any] | None") -> None:
    """An empty value clears what may be empty."""
    if column is None:
        record.values.update(dict.fromkeys(record.entity.numbers[name]))
    elif column.name in record.entity.options:
        record.options[column.name] = column.get_default()
    elif column.is_relation and column.null:
        record.refs[name] = None
    elif column.null:
        record.values[name] = None
    elif column.blank and isinstance(column, models.CharField | models.TextField):
        record.values[name] = ""
    else:
        raise Wrong("Värdet saknas.", "Skriv ett värde efter kolonet.")


def convert(column: "models.Field[Any, Any]", text: str) -> object:
    """The text as the column's type; Wrong when it is none."""
    if column.choices:
        return rules.as_choice(text, [str(value) for value, _label in column.flatchoices])
    converters = (
        (models.BooleanField, rules.as_boolean),
        (models.DecimalField, rules.as_decimal),
        (models.IntegerField, rules.as_integer),
        (models.DateTimeField, rules.as_moment),
        (models.DateField, rules.as_date),
        (models.TimeField, rules.as_time),
    )
    for kind, converter in converters:
        if isinstance(column, kind):
            return converter(text)
    return rules.as_text(text)


class Resolver:
    """Records against each other and the database: references, frozen rows, constraints, order."""

    def __init__(self, reader: Reader, held: Stored) -> None:
        self.reader = reader
        self.held = held
        self.drafts: dict[int, models.Model] = {}

    def wrong(self, record: Record, name: str, what: str, mend: str) -> None:
        node = record.nodes.get(name, record.node)
        path = f"{record.where}.{name}" if name else record.where
        self.reader.problems.append(
            Problem(
                file=record.file,
                line=node.line,
                column=node.column,
                path=path,
                what=what,
                mend=mend,
            )
        )

    def resolve(self) -> None:
        for record in self.reader.records:
            record.row = record.made = self.held.rows.get((record.entity.model, record.path))
            if record.row is None:
                self.check_whole(record)
            for name, reference in record.refs.items():
                if reference is not None:
                    self.find(record, name, reference)
            for name, references in record.links.items():
                for reference in references:
                    self.find(record, name, reference)
            self.fold(record)

    def check_whole(self, record: Record) -> None:
        """A row that stands keeps what is left out; a new one cannot do without."""
        for name in record.entity.carried:
            if name not in record.nodes and is_required(record.entity, name):
                self.wrong(
                    record, name, f"Fältet {name} saknas.", f"Lägg till raden ”{name}: ...”."
                )

    def fold(self, record: Record) -> None:
        """The options that stand and those of the file become one text, if the kind has them."""
        folded = record.entity.facts.folded
        if folded is None or folded.by in record.broken:
            return
        stands = getattr(record.row, folded.by, "")
        kind = str(record.values.get(folded.by, stands))
        if not kind or (not record.options and kind == stands):
            return
        known = folded.names(kind)
        old = record.entity.unfolded(record.row) if record.row else {}
        for name, value in record.options.items():
            self.check_option(record, name, value, known)
        if not record.options.keys() & record.broken:
            kept = {name: value for name, value in old.items() if name in known}
            record.values[folded.column] = folded.write(kind, kept | record.options)

    def check_option(self, record: Record, name: str, value: object, known: Sequence[str]) -> None:
        what, mend = "", ""
        if name not in known:
            what = f"{quoted(name)} kan inte väljas för raden."
            mend = f"Ta bort fältet. Här finns: {', '.join(known) or 'inga val'}."
        try:
            record.entity.options[name].run_validators(value)
        except ValidationError as error:
            what, mend = " ".join(error.messages), "Rätta värdet."
        if what:
            record.broken.add(name)
            self.wrong(record, name, what, mend)

    def find(self, record: Record, name: str, reference: Reference) -> None:
        target = target_of(record.entity, name)
        if target is None:
            raise TypeError(name)
        named = steps(record.entity, name)
        texts = reference.text.split("/")
        if len(texts) != len(named):
            form = "/".join(f"<{e.name}>" for e in named)
            self.dangling(record, name, reference, f"Skriv hänvisningen som {form} med nycklar.")
            return
        prefix_length = start_of(record.entity, name)
        given = iter(texts)
        tail = [() if e.single else (next(given),) for e in lineage(target.model)[prefix_length:]]
        path = (*record.path[:prefix_length], *tail)
        reference.record = self.reader.index.get((target.model, path))
        reference.row = self.held.rows.get((target.model, path))
        if reference.record is None and reference.row is None:
            self.dangling(record, name, reference, self.known(target, path))

    def dangling(self, record: Record, name: str, reference: Reference, mend: str) -> None:
        record.nodes[name] = reference.node
        self.wrong(record, name, f"Hänvisningen {quoted(reference.text)} leder ingenstans.", mend)

    def known(self, target: Entity, path: Path) -> str:
        """The nearest key that exists, or how to make the missing row."""
        places = [*self.reader.index, *self.held.rows]
        near = [
            place[-1][0]
            for model, place in places
            if model == target.model and place[:-1] == path[:-1]
        ]
        guess = nearest(path[-1][0], near)
        return f"{guess}Rätta nyckeln eller lägg till raden under {target.name}."

    def change(self, record: Record) -> RowChange:
        """What the record would do to its row; refuses what is frozen or against a constraint."""
        change = RowChange(record=record)
        if record.row is not None:
            self.compare(change)
        if not change.is_needed:
            return change
        if self.is_frozen(record):
            self.wrong(
                record, next(iter(change.fields), ""),
                "Raden är låst eller justerad och kan inte ändras.",
                "Ta bort ändringen; en rättelse görs i systemet.",
            )  # fmt: skip
        if record.row is not None and is_withheld(record.row):
            self.wrong(
                record, next(iter(change.fields), ""),
                "Raden är sekretessmarkerad och kan inte ändras.",
                "Ta bort ändringen, eller häv markeringen först.",
            )  # fmt: skip
        self.check_model(record)
        return change

    def is_frozen(self, record: Record) -> bool:
        """The row as it would be, the row as it stands or an owner of it may not be written."""
        rows = [(each.entity, each.row) for each in record.owners() if each.row is not None]
        return any(
            kind.table.frozen is not None and kind.table.frozen(row)
            for kind, row in [(record.entity, self.draft(record)), *rows]
        )

    def draft(self, record: Record) -> models.Model:
        """The row as it would be, for checking only; rows still to be made stand as number 0."""
        if id(record) in self.drafts:
            return self.drafts[id(record)]
        kind = record.entity
        instance = self.drafts[id(record)] = kind.django(pk=0)
        if record.row is None and kind.facts.supposes:
            record.values = {**kind.facts.supposes(record.values), **record.values}
        if record.row is not None:
            for column in instance._meta.concrete_fields:
                setattr(instance, column.attname, getattr(record.row, column.attname))
        if record.parent is not None:
            setattr(instance, kind.parent_field, self.draft(record.parent))
        for name, value in record.values.items():
            setattr(instance, name, value)
        for name, reference in record.refs.items():
            setattr(instance, name, reference and self.stand_in(kind, name, reference))
        return instance

    def stand_in(self, kind: Entity, name: str, reference: Reference) -> models.Model:
        """What the reference leads to, or a row of its kind that says nothing."""
        if reference.record is not None:
            return self.draft(reference.record)
        target = target_of(kind, name)
        if target is None:
            raise TypeError(name)
        return reference.row or target.django(pk=0)

    def reading(self, record: Record) -> str:
        """How the row is read, where its table says; it may not be able to stand as it is."""
        reads = record.entity.table.reads
        if reads is None or record.broken:
            return ""
        try:
            told = reads(self.draft(record))
        except ObjectDoesNotExist:  # a reference that is complained of
            return ""
        except Refusal as refusal:
            self.wrong(
                record, "", refusal.message, "Rätta värdet, eller vilka värden som får finnas."
            )
            return ""
        return f"{record.where}: {told}" if told else ""

    def compare(self, change: RowChange) -> None:
        record, row = change.record, change.record.row
        for name, value in record.values.items():
            if name not in record.entity.facts.initial and getattr(row, name) != value:
                change.fields[name] = (getattr(row, name), value)
        for name, reference in record.refs.items():
            old = getattr(row, record.entity.column(name).attname)
            new = reference.row.pk if reference and reference.row else None
            if old != new or (reference is not None and reference.row is None):
                change.fields[name] = (old, reference.text if reference else None)
        for name, references in record.links.items():
            pks = self.held.links.get((record.entity.model, row.pk if row else 0, name), [])
            if set(pks) != {r.row.pk if r.row else 0 for r in references}:
                change.links.append(name)
        self.lose(change)

    def lose(self, change: RowChange) -> None:
        """What changes with the columns the file changes, unless the file states it itself."""
        record, replaces = change.record, change.record.entity.table.replaces
        new = {name: new for name, (_old, new) in change.fields.items()}
        for name, value in replaces(record.row, new).items() if replaces else ():
            if name not in record.values:
                record.values[name] = value
                if getattr(record.row, name) != value:
                    change.fields[name] = (getattr(record.row, name), value)

    def check_model(self, record: Record) -> None:
        """Lengths, ranges and the model's own constraints, before any transaction opens."""
        instance = self.draft(record)
        relations = {f.name for f in instance._meta.fields if f.is_relation}
        try:
            instance.clean_fields(
                exclude=relations | NEVER | set(record.entity.facts.acts) | record.broken
            )
        except ValidationError as error:
            for column, messages in error.message_dict.items():
                told = [n for n in record.nodes if column in columns_of(record.entity, n)]
                if told:
                    self.wrong(record, told[0], " ".join(messages), "Rätta värdet.")
            return
        if record.broken:
            return
        for constraint in instance._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                self.check_constraint(record, instance, constraint)

    def check_constraint(
        self, record: Record, instance: models.Model, constraint: models.CheckConstraint
    ) -> None:
        try:
            constraint.validate(type(instance), instance)
        except ValidationError as error:
            what = " ".join(error.messages)
            self.wrong(
                record, "", f"Raden går inte ihop: {what}",
                f"Rätta fälten i raden (villkoret {constraint.name}).",
            )  # fmt: skip

    def in_order(self) -> list[Record]:
        """Owners and referred rows first; a ring of references is a problem."""
        done: dict[int, bool] = {}
        ordered: list[Record] = []
        for start in self.reader.records:
            waiting = [start]
            while waiting:
                record = waiting[-1]
                if id(record) in done:
                    waiting.pop()
                    if not done[id(record)]:
                        done[id(record)] = True
                        ordered.append(record)
                    continue
                done[id(record)] = False
                waiting += [n for n in record.needs() if self.is_open(record, n, done)]
        return ordered

    def is_open(self, record: Record, needed: Record, done: dict[int, bool]) -> bool:
        """True when the needed record is still to be walked; one being walked is a ring."""
        state = done.get(id(needed))
        if state is False and needed.row is None:
            self.wrong(
                record, "", f"Raden hänvisar i en ring till {needed.where}.",
                "Ta bort en av hänvisningarna.",
            )  # fmt: skip
        return state is None
