"""What may be chosen for a block, besides its title, year and periods."""

from typing import Annotated

import msgspec

PlanGroup = Annotated[str, msgspec.Meta(max_length=120)]
Key = Annotated[str, msgspec.Meta(max_length=80, pattern="^[-a-zA-Z0-9_]*$")]


class Options(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Nothing, unless the kind says so. Every option has a default."""


class CommentOptions(Options, frozen=True, kw_only=True):
    with_comments: bool = False
