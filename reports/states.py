"""What may follow what in a report's clearance; which step of the chain it waits for is a fact of
the row, so a step is left by the act that names it. The words agree with any kind's own word."""

from dataclasses import replace

from django.utils.text import capfirst

from governance.states import StateTable, Transition
from reports.enums import WAITING, WITH_THE_CONTROLLER, ReportState

REPORT = StateTable(
    subject="Rapporten",
    states=ReportState,
    refused="{subject} kan inte {verb}: läget är ”{label}”.",
    transitions=(
        Transition(name="write", sources=WITH_THE_CONTROLLER, verb="ändras"),
        Transition(
            name="submit",
            sources=WITH_THE_CONTROLLER,
            target=ReportState.SUBMITTED,
            button="Lämna in",
            verb="lämnas in",
            done="har lämnats in",
            awaits="väntar på ditt godkännande",
            then="Nu väntar granskning: godkännande, eller tillbaka till controllern.",
        ),
        Transition(name="comment", sources=WAITING, button="Kommentera", verb="kommenteras"),
        Transition(
            name="endorse",
            sources=WAITING,
            button="Godkänn",
            verb="godkännas",
            done="har godkänts i ett steg och väntar på nästa",
            awaits="väntar på ditt godkännande",
            then="Överlämnas när alla steg har godkänt.",
        ),
        Transition(
            name="approve",  # by the chain's last role
            sources=WAITING,
            target=ReportState.APPROVED,
            button="Godkänn",
            verb="godkännas",
            done="har godkänts och lämnats över",
            then="Mottagaren tar emot eller begär komplettering.",
        ),
        Transition(
            name="return",
            sources=WAITING,
            target=ReportState.RETURNED,
            button="Skicka tillbaka",
            verb="skickas tillbaka",
            done="har skickats tillbaka",
            then="Controllern ändrar och lämnar in på nytt.",
            asks_reason="Skriv vad som behöver ändras innan du skickar tillbaka.",
        ),
        Transition(
            name="start",
            sources=frozenset({ReportState.APPROVED}),
            target=ReportState.DRAFT,
            button="Skapa ny version",
            verb="få en ny version",
            done="har fått en ny version",
            then="Controllern skriver den nya versionen och lämnar in den.",
        ),
        Transition(
            name="receive",  # of a version, wherever the next one stands
            sources=frozenset(ReportState),
            verb="tas emot",
            done="har tagits emot",
            then="Så länge ingen ny version är påbörjad kan komplettering begäras.",
        ),
        Transition(
            name="complete",
            sources=frozenset({ReportState.APPROVED}),
            target=ReportState.DRAFT,
            verb="kompletteras",
            asks_reason="Skriv vad som behöver kompletteras.",
            done="ska kompletteras",
            then="Controllern skriver en ny version och lämnar in den. Den överlämnade står kvar.",
        ),
    ),
)


def table_for(called: str) -> StateTable:
    """The table of reports of one kind, said of what they are called: "årsrapporten"."""
    return replace(REPORT, subject=capfirst(called))
