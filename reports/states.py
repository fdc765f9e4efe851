"""What may follow what in a report's clearance; which step of the chain it waits for is a fact of
the row, so a step is left by the act that names it."""

from governance.states import StateTable, Transition
from reports.enums import WITH_THE_CONTROLLER, ReportState

WAITING = frozenset({ReportState.SUBMITTED})
REPORT = StateTable(
    subject="Underlaget",
    states=ReportState,
    transitions=(
        Transition(name="write", sources=WITH_THE_CONTROLLER, verb="ändras"),
        Transition(
            name="submit",
            sources=WITH_THE_CONTROLLER,
            target=ReportState.SUBMITTED,
            button="Lämna in",
            verb="lämnas in",
        ),
        Transition(name="comment", sources=WAITING, button="Kommentera", verb="kommenteras"),
        Transition(name="endorse", sources=WAITING, button="Godkänn", verb="godkännas"),
        Transition(
            name="approve",  # by the chain's last role
            sources=WAITING,
            target=ReportState.APPROVED,
            button="Godkänn",
            verb="godkännas",
        ),
        Transition(
            name="return",
            sources=WAITING,
            target=ReportState.RETURNED,
            button="Skicka tillbaka",
            verb="skickas tillbaka",
            asks_reason="Skriv vad som behöver ändras innan du skickar tillbaka.",
        ),
        Transition(
            name="start",
            sources=frozenset({ReportState.APPROVED}),
            target=ReportState.DRAFT,
            button="Skapa ny version",
            verb="få en ny version",
        ),
    ),
)
