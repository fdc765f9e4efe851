"""Verifications: fetching and permission are one act."""

from datetime import date

from django.core.exceptions import PermissionDenied

from dialogues import permissions
from dialogues.enums import SignerRole
from dialogues.models import Verification
from governance.models import User
from governance.permissions import row_for
from governance.queries import refuse_closed


def get_verification_for(
    user: User, pk: int, today: date
) -> tuple[Verification, SignerRole | None]:
    """The verification and what the user signs as, where it is one of the three named persons."""
    rows = Verification.objects.select_related(
        "meeting__body__organisation",
        "meeting__body__parent",
        "meeting__presiding",
        "meeting__secretary",
        "meeting__verifier",
        "document",
        "stamp",
    ).prefetch_related("items__paragraph__meeting__body", "items__paragraph__dialogue")
    found = row_for(rows, pk, lambda row: permissions.may_read_verification(user, row, today))
    refuse_closed(user, found)
    return found, permissions.signer_role(user, found.meeting)


def get_verification_to_sign(user: User, pk: int, today: date) -> tuple[Verification, SignerRole]:
    found, role = get_verification_for(user, pk, today)
    if role is None:
        raise PermissionDenied
    return found, role
