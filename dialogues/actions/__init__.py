"""Writing, approving, signing, sealing, dispatching, exporting: each in one transaction."""

from dialogues.actions.dispatch import dispatch_extract, export_paragraph
from dialogues.actions.meetings import (
    add_motion,
    create_meeting,
    create_paragraph,
    save_meeting,
    save_paragraph,
    settle_motion,
    strike_paragraph,
    take_number,
)
from dialogues.actions.proposals import (
    approve_proposal,
    create_proposal,
    print_proposal,
    reopen_proposal,
    save_proposal,
    send_proposal,
)
from dialogues.actions.verification import decline, send_for_verification, sign

__all__ = [
    "add_motion",
    "approve_proposal",
    "create_meeting",
    "create_paragraph",
    "create_proposal",
    "decline",
    "dispatch_extract",
    "export_paragraph",
    "print_proposal",
    "reopen_proposal",
    "save_meeting",
    "save_paragraph",
    "save_proposal",
    "send_for_verification",
    "send_proposal",
    "settle_motion",
    "sign",
    "strike_paragraph",
    "take_number",
]
