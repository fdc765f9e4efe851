"""Between the entry grid's fields and the actions: what was typed, and what to answer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.http import Http404, QueryDict

from figures.enums import CHOICES, CHOSEN_BLANKS, ValueKind
from governance.rules import Refusal, Stale, whole_number
from targets.outcomes.actions.outcomes import Typed
from targets.outcomes.queries.entry_page import EntryPage
from targets.outcomes.queries.entry_rows import EntryGroup, EntryRow
from targets.outcomes.rules.row_key import CellKey, cell_key

VALUE, COMMENT = "value-", "comment-"
CHOSEN = {kind.value: kind for kind in CHOICES}

Answers = Mapping[Typed, Refusal | None]


def typed_in(data: QueryDict, *, is_partial: bool) -> list[Typed]:
    """The values and comments that were sent and, of a whole form, touched.

    Without JavaScript every row is sent with what it showed (``was-7``, ``was-comment-7``); rows
    left as they were are skipped. ``is_partial``: the script sends what was changed, and all of it
    counts. 404 for a name that no row can have.
    """
    fields = (_field(data, name) for name in data if name.startswith((VALUE, COMMENT)))
    return [field for field in fields if is_partial or _is_touched(field)]


def _field(data: QueryDict, name: str) -> Typed:
    is_comment = name.startswith(COMMENT)
    row = name.removeprefix(COMMENT if is_comment else VALUE)
    key = cell_key(row)
    if key is None:
        raise Http404
    return Typed(
        row=key,
        text=data.get(name, "").replace("\r\n", "\n").strip(),
        seen=whole_number(data.get(f"version-{row}", "")),
        kind=ValueKind.NUMBER if is_comment else _kind(data.get(f"kind-{row}", "")),
        was=data.get(f"was-comment-{row}" if is_comment else f"was-{row}"),
        is_comment=is_comment,
    )


def _kind(text: str) -> ValueKind:
    return CHOSEN.get(text, ValueKind.NUMBER)


def _is_touched(field: Typed) -> bool:
    """True where the row does not say any longer what it showed."""
    if field.was is None:
        return True
    says = field.text or field.kind.value if field.kind in CHOSEN_BLANKS else field.text
    return says != field.was.replace("\r\n", "\n").strip()


def answered_page(page: EntryPage, answers: Answers) -> EntryPage:
    """The page with what was typed kept, and the reason, where a field was refused."""
    groups = (EntryGroup(name=one.name, rows=answered(one.rows, answers)) for one in page.groups)
    return replace(page, groups=tuple(groups))


def answered(rows: Iterable[EntryRow], answers: Answers) -> tuple[EntryRow, ...]:
    refused: dict[str, list[tuple[Typed, Refusal]]] = {}
    for field, refusal in answers.items():
        if refusal is not None:
            refused.setdefault(str(field.row), []).append((field, refusal))
    return tuple(_refused(row, refused.get(row.id, ())) for row in rows)


def _refused(row: EntryRow, refused: Iterable[tuple[Typed, Refusal]]) -> EntryRow:
    for field, refusal in refused:
        state = "conflict" if isinstance(refusal, Stale) else "invalid"
        if field.is_comment:
            row = replace(
                row, typed_comment=field.text, comment_error=refusal.message, comment_state=state
            )
        else:
            row = replace(
                row,
                typed=field.text,
                typed_kind=field.kind.value,
                error=refusal.message,
                state=state,
            )
    return row


def sent_keys(typed: Iterable[Typed]) -> set[CellKey]:
    return {field.row for field in typed}


def status_of(answers: Answers) -> int:
    """409 when somebody was first or the period is locked, 422 when a value cannot be taken."""
    return max((refusal.status for refusal in answers.values() if refusal), default=200)
