"""What may follow what: proposal, paragraph and verification."""

from dialogues.enums import ParagraphState, ProposalState, VerificationState
from governance.states import StateTable, Transition

PROPOSAL = StateTable(
    subject="Beslutsförslaget",
    states=ProposalState,
    ends=frozenset({ProposalState.SENT}),
    transitions=(
        Transition(
            name="change",
            sources=frozenset({ProposalState.DRAFT}),
            button="Redigera",
            verb="ändras",
        ),
        Transition(
            name="endorse",  # by a chief who is not the last
            sources=frozenset({ProposalState.DRAFT}),
            button="Godkänn",
            verb="godkännas",
        ),
        Transition(
            name="approve",
            sources=frozenset({ProposalState.DRAFT}),
            target=ProposalState.APPROVED,
            button="Godkänn",
            verb="godkännas",
        ),
        Transition(
            name="reopen",
            sources=frozenset({ProposalState.APPROVED}),
            target=ProposalState.DRAFT,
            button="Öppna för ändring",
            verb="öppnas igen",
        ),
        Transition(
            name="send",
            sources=frozenset({ProposalState.APPROVED}),
            target=ProposalState.SENT,
            button="Sänd ut",
            verb="sändas ut",
        ),
    ),
)
PARAGRAPH = StateTable(
    subject="Paragrafen",
    states=ParagraphState,
    ends=frozenset({ParagraphState.VERIFIED, ParagraphState.STRUCK}),
    transitions=(
        Transition(
            name="change",
            sources=frozenset({ParagraphState.DRAFT}),
            button="Skriv",
            verb="ändras",
        ),
        Transition(
            name="strike",
            sources=frozenset({ParagraphState.DRAFT}),
            target=ParagraphState.STRUCK,
            button="Stryk paragrafen",
            verb="strykas",
        ),
        Transition(
            name="send",
            sources=frozenset({ParagraphState.DRAFT}),
            target=ParagraphState.SENT,
            button="Sänd för justering",
            verb="sändas för justering",
        ),
        Transition(
            name="decline",
            sources=frozenset({ParagraphState.SENT}),
            target=ParagraphState.DRAFT,
            verb="lämnas tillbaka",
        ),
        Transition(
            name="verify",
            sources=frozenset({ParagraphState.SENT}),
            target=ParagraphState.VERIFIED,
            verb="justeras",
        ),
    ),
)
VERIFICATION = StateTable(
    subject="Justeringen",
    states=VerificationState,
    ends=frozenset({VerificationState.DECLINED, VerificationState.VERIFIED}),
    transitions=(
        Transition(
            name="sign",
            sources=frozenset({VerificationState.SENT}),
            button="Justera och skriv under",
            verb="skrivas under",
        ),
        Transition(
            name="decline",
            sources=frozenset({VerificationState.SENT}),
            target=VerificationState.DECLINED,
            button="Avböj",
            verb="avböjas",
            asks_reason="Skriv vad som behöver ändras.",
        ),
        Transition(
            name="verify",
            sources=frozenset({VerificationState.SENT}),
            target=VerificationState.VERIFIED,
            verb="justeras",
        ),
    ),
)
