"""Decision proposals: fetching and permission are one act."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from dialogues import permissions
from dialogues.models import Proposal
from governance.models import User


def get_proposal_for(user: User, pk: int, today: date, *, write: bool = False) -> Proposal:
    found = (
        Proposal.objects.select_related(
            "dialogue__receiving_body__organisation",
            "dialogue__receiving_body__parent",
            "dialogue__committee",
            "dialogue__round",
            "dialogue__pack",
            "appendix_version",
            "document",
        )
        .prefetch_related("points", "chiefs__person")
        .filter(pk=pk)
        .first()
    )
    if found is None or not permissions.may_read_proposal(user, found, today):
        raise Http404
    if write and not permissions.is_case_officer(user, found.dialogue.receiving_body, today):
        raise PermissionDenied
    return found
