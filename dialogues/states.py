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
            awaits="väntar på ditt godkännande",
        ),
        Transition(
            name="endorse",  # by a chief who is not the last
            sources=frozenset({ProposalState.DRAFT}),
            button="Godkänn",
            verb="godkännas",
            done="är godkänt i ett steg och väntar på nästa chef",
            awaits="väntar på ditt godkännande",
            then="Det kan sändas ut när alla chefer har godkänt.",
        ),
        Transition(
            name="approve",
            sources=frozenset({ProposalState.DRAFT}),
            target=ProposalState.APPROVED,
            button="Godkänn",
            verb="godkännas",
            done="är godkänt av alla chefer",
            then="Handläggaren sänder ut det.",
        ),
        Transition(
            name="reopen",
            sources=frozenset({ProposalState.APPROVED}),
            target=ProposalState.DRAFT,
            button="Öppna för ändring",
            verb="öppnas igen",
            done="är öppnat för ändring",
            then="Cheferna godkänner igen när det är klart.",
        ),
        Transition(
            name="send",
            sources=frozenset({ProposalState.APPROVED}),
            target=ProposalState.SENT,
            button="Sänd ut",
            verb="sändas ut",
            done="är utsänt",
            then="PDF:en skapas nu, och ärendet tas upp vid sammanträdet.",
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
            done="är struken",
            then="Numret används inte igen.",
        ),
        Transition(
            name="send",
            sources=frozenset({ParagraphState.DRAFT}),
            target=ParagraphState.SENT,
            button="Sänd för justering",
            verb="sändas för justering",
            done="är utsänd för justering",
            then="Sekreterare, ordförande och justerare läser och skriver under.",
        ),
        Transition(
            name="decline",
            sources=frozenset({ParagraphState.SENT}),
            target=ParagraphState.DRAFT,
            verb="lämnas tillbaka",
            done="är tillbaka hos sekreteraren",
            then="Sekreteraren ändrar och sänder för justering på nytt.",
        ),
        Transition(
            name="verify",
            sources=frozenset({ParagraphState.SENT}),
            target=ParagraphState.VERIFIED,
            verb="justeras",
            done="är justerad",
            then="Sekreteraren expedierar och registratorn exporterar.",
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
            done="har fått din underskrift",
            then="Protokollet stämplas när alla tre har skrivit under.",
        ),
        Transition(
            name="decline",
            sources=frozenset({VerificationState.SENT}),
            target=VerificationState.DECLINED,
            button="Avböj",
            verb="avböjas",
            asks_reason="Skriv vad som behöver ändras.",
            done="är avböjd",
            then="Sekreteraren ändrar och sänder för justering på nytt.",
        ),
        Transition(
            name="verify",
            sources=frozenset({VerificationState.SENT}),
            target=VerificationState.VERIFIED,
            verb="justeras",
            done="är klar",
            then="Protokollet stämplas nu. Sekreteraren expedierar och registratorn exporterar.",
        ),
    ),
)
