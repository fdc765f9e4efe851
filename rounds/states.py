"""The five acts of a body in a round: the table that pages, refusals and tests read."""

from governance.states import StateTable, Transition
from rounds.enums import APPROVE, HAND_IN, LOCK, REOPEN, RETURN
from rounds.enums import RoundStateName as State

ROUND = StateTable(
    subject="Perioden",
    states=State,
    transitions=(
        Transition(
            name=HAND_IN,
            sources=frozenset({State.OPEN, State.RETURNED}),
            target=State.SUBMITTED,
            button="Lämna in",
            verb="lämnas in",
            done="är inlämnad",
            then="Förvaltningschefen godkänner uppgifterna eller skickar tillbaka dem.",
        ),
        Transition(
            name=APPROVE,
            sources=frozenset({State.SUBMITTED}),
            target=State.APPROVED,
            button="Godkänn",
            verb="godkännas",
            done="är godkänd",
            then="Regionkontoret låser uppgifterna.",
        ),
        Transition(
            name=RETURN,
            sources=frozenset({State.SUBMITTED}),
            target=State.RETURNED,
            button="Skicka tillbaka",
            verb="skickas tillbaka",
            done="är skickad tillbaka",
            then="Controllern ändrar uppgifterna och lämnar in på nytt.",
            asks_reason="Skriv vad som behöver ändras.",
        ),
        Transition(
            name=LOCK,
            sources=frozenset({*State} - {State.LOCKED}),
            target=State.LOCKED,
            button="Lås",
            verb="låsas",
            done="är låst",
            then="Uppgifterna kan ändras först när regionkontoret öppnar perioden igen.",
        ),
        Transition(
            name=REOPEN,
            sources=frozenset({State.APPROVED, State.LOCKED}),
            target=State.OPEN,
            button="Öppna igen",
            verb="öppnas igen",
            done="är öppnad igen",
            then="Controllern ändrar uppgifterna och lämnar in på nytt.",
            asks_reason="Skriv varför perioden öppnas igen.",
        ),
    ),
)
