"""A decision proposal as HTML."""

from dialogues.models import Proposal
from documents.actions import html_of


def proposal_html(proposal: Proposal) -> str:
    return html_of(
        "dialogues/pdf/proposal.html",
        {
            "proposal": proposal,
            "organisation": proposal.dialogue.receiving_body.organisation,
            "points": list(proposal.points.all()),
            "chiefs": list(proposal.chiefs.select_related("person")),
        },
    )
