"""Verifications: fetching and permission are one act."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404

from dialogues import permissions
from dialogues.enums import SignerRole
from dialogues.models import Verification
from governance.models import User


def get_verification_for(
    user: User, pk: int, today: date, *, sign: bool = False
) -> tuple[Verification, SignerRole | None]:
    """The verification and what the user signs as; with sign, the three named persons' alone."""
    found = (
        Verification.objects.select_related(
            "meeting__body__organisation",
            "meeting__body__parent",
            "meeting__presiding",
            "meeting__secretary",
            "meeting__verifier",
            "document",
            "stamp",
        )
        .prefetch_related("items__paragraph__meeting__body", "items__paragraph__dialogue")
        .filter(pk=pk)
        .first()
    )
    if found is None or not permissions.may_read_verification(user, found, today):
        raise Http404
    role = permissions.signer_role(user, found.meeting)
    if sign and role is None:
        raise PermissionDenied
    return found, role
