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
        ),
        Transition(
            name=APPROVE,
            sources=frozenset({State.SUBMITTED}),
            target=State.APPROVED,
            button="Godkänn",
            verb="godkännas",
        ),
        Transition(
            name=RETURN,
            sources=frozenset({State.SUBMITTED}),
            target=State.RETURNED,
            button="Skicka tillbaka",
            verb="skickas tillbaka",
            asks_reason="Skriv vad som behöver ändras.",
        ),
        Transition(
            name=LOCK,
            sources=frozenset({*State} - {State.LOCKED}),
            target=State.LOCKED,
            button="Lås",
            verb="låsas",
        ),
        Transition(
            name=REOPEN,
            sources=frozenset({State.APPROVED, State.LOCKED}),
            target=State.OPEN,
            button="Öppna igen",
            verb="öppnas igen",
            asks_reason="Skriv varför perioden öppnas igen.",
        ),
    ),
)
