"""What an organisation calls the columns and things of its steering in one plan year."""

from collections.abc import Collection, Mapping

from django.db.models import Value

from governance.enums import ScaleKind
from governance.queries import scale_levels
from targets.enums import IndicatorKind, concepts
from targets.models import Plan, Term
from targets.outcomes.queries.figures import lights_named

TERM, LIGHT = "term", "light"


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


def words_for_plan(plan: Plan) -> dict[str, str]:
    return words_for(plan.body.organisation_id, plan.year)


def kinds_said(words: Mapping[str, str], kinds: Collection[str]) -> str:
    """The words for the kinds of indicator there are; a label is said in its own plural, an
    organisation's word stands as it was said."""
    said = (words[kind] for kind in IndicatorKind if kind in kinds)
    plural = {str(IndicatorKind.GOAL.label): "Målindikatorer"}
    return "/".join(dict.fromkeys(plural.get(word, word) for word in said))


def words_and_lights(organisation_id: int, year: int) -> tuple[dict[str, str], dict[str, str]]:
    """``words_for`` and ``light_words`` in one query."""
    terms = Term.objects.filter(organisation=organisation_id, year=year)
    said = sorted(
        terms.values_list(Value(TERM), Value(""), Value(0), "concept", "word").union(
            scale_levels(organisation_id, ScaleKind.LIGHT, year)
            .order_by()
            .values_list(Value(LIGHT), "scale__key", "position", "tone", "name")
        )
    )
    lights = ((what, word) for of, _key, _position, what, word in said if of == LIGHT)
    terms_said = {what: word for of, _key, _position, what, word in said if of == TERM}
    return {**dict(concepts()), **terms_said}, lights_named(lights)
