"""Decision proposals: fetching and permission are one act."""

from datetime import date

from dialogues import permissions
from dialogues.models import Proposal
from governance.models import User
from governance.permissions import require, row_for


def get_proposal_for(user: User, pk: int, today: date, *, write: bool = False) -> Proposal:
    rows = Proposal.objects.select_related(
        "dialogue__receiving_body__organisation",
        "dialogue__receiving_body__parent",
        "dialogue__committee",
        "dialogue__round",
        "dialogue__pack",
        "appendix_version",
        "document",
    ).prefetch_related("points", "chiefs__person")
    found = row_for(rows, pk, lambda row: permissions.may_read_proposal(user, row, today))
    require(not write or permissions.is_case_officer(user, found.dialogue.receiving_body, today))
    return found
