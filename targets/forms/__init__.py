"""Between the pages' fields and the actions: text in, clean values out."""

from targets.forms.entry import answered, seen_version, status_of, typed_in

__all__ = ["answered", "seen_version", "status_of", "typed_in"]
