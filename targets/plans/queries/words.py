"""What an organisation calls the columns and things of its steering in one plan year."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Value

from governance.enums import ScaleKind
from governance.queries import scale_levels
from targets.enums import IndicatorKind, concepts, many
from targets.models import Plan, Term
from targets.outcomes.queries.figures import lights_named

TERM, LIGHT = "term", "light"


PLURALS = {
    "Fokusområde": "Fokusområden",
    "Indikator": "Indikatorer",
    "Målindikator": "Målindikatorer",
}


def words_for(organisation_id: int, year: int) -> dict[str, str]:
    """The word for each Concept, by its value, so that a template prints ``words.outcome``.

    The concept's own label holds where the organisation has no word of its own that year. An
    indicator's kind is a concept too: ``words[indicator.kind]``. What many are called stands
    beside it, ``words.indicator_many``.
    """
    terms = Term.objects.filter(organisation=organisation_id, year=year)
    return _said(terms.values_list("concept", "word", "plural"))


def _said(terms: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """A word without a plural of its own has its label's, else stands as it was said."""
    labels = ((concept, str(label), "") for concept, label in concepts())
    words = {}
    for concept, word, plural in (*labels, *terms):
        words[concept], words[many(concept)] = word, plural or PLURALS.get(word, word)
    return words


def words_for_plan(plan: Plan) -> dict[str, str]:
    return words_for(plan.body.organisation_id, plan.year)


def kinds_said(words: Mapping[str, str], kinds: Collection[str]) -> str:
    """What the kinds of indicator there are are called, each once."""
    return "/".join(dict.fromkeys(words[many(kind)] for kind in IndicatorKind if kind in kinds))


def words_and_lights(organisation_id: int, year: int) -> tuple[dict[str, str], dict[str, str]]:
    """``words_for`` and ``light_words`` in one query."""
    terms = Term.objects.filter(organisation=organisation_id, year=year)
    said = sorted(
        terms.values_list(Value(TERM), Value(""), Value(0), "concept", "word", "plural").union(
            scale_levels(organisation_id, ScaleKind.LIGHT, year)
            .order_by()
            .values_list(Value(LIGHT), "scale__key", "position", "tone", "name", Value(""))
        )
    )
    lights = ((what, word) for of, _key, _position, what, word, _ in said if of == LIGHT)
    words = _said((what, word, plural) for of, _, _, what, word, plural in said if of == TERM)
    return words, lights_named(lights)
