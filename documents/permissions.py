"""Who may fetch a document: whoever the owner of the row above says. Else nobody."""

from collections.abc import Callable

from documents.models import Document
from governance.models import User
from governance.permissions import same_organisation

OwnerCheck = Callable[[User, Document], bool]
_owners: list[OwnerCheck] = []


def register_owner(check: OwnerCheck) -> None:
    """An upper app registers, in AppConfig.ready(), who may read the documents it owns."""
    if check not in _owners:
        _owners.append(check)


def may_read(user: User, document: Document) -> bool:
    """Deny by default; same_organisation is false for a system administrator."""
    return same_organisation(user, document.organisation_id) and any(
        check(user, document) for check in _owners
    )
