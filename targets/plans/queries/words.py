"""What an organisation calls the columns and things of its steering in one plan year."""

from targets.enums import concepts
from targets.models import Term


def words_for(organisation_id: int, year: int) -> dict[str, str]:
    """The word for each Concept, by its value, so that a template prints ``words.outcome``.

    The concept's own label holds where the organisation has no word of its own that year. An
    indicator's kind is a concept too: ``words[indicator.kind]``.
    """
    words = dict(concepts())
    words.update(
        Term.objects.filter(organisation=organisation_id, year=year).values_list("concept", "word")
    )
    return words
