import pytest

from targets.enums import Concept, IndicatorKind, concepts
from targets.models import Term
from targets.outcomes.rules.lights import IS_STEERED_BY, columns_of, status_is_due
from targets.plans.queries.words import words_and_lights, words_for


def test_words_are_the_organisations_own_that_year_else_the_concepts(org, other_org):
    Term.objects.create(organisation=org, year=2025, concept=Concept.OUTCOME, word="Resultat")
    Term.objects.create(organisation=org, year=2024, concept=Concept.CHANGE, word="Diff")
    Term.objects.create(
        organisation=other_org, year=2025, concept=Concept.CHANGE, word="Utfall +/-"
    )

    words = words_for(org.pk, 2025)

    assert {each: words[each] for each, _ in concepts()} == dict(concepts()) | {
        "outcome": "Resultat"
    }


@pytest.mark.parametrize(
    ("word", "plural", "said"),
    [
        (None, "", "Indikatorer"),
        ("Målindikator", "", "Målindikatorer"),
        ("Mått", "", "Mått"),
        ("Mätare", "Mätarna", "Mätarna"),
    ],
)
def test_many_are_called_the_organisations_plural_else_the_labels(org, word, plural, said):
    if word:
        Term.objects.create(
            organisation=org, year=2025, concept=Concept.INDICATOR, word=word, plural=plural
        )

    assert words_for(org.pk, 2025)["indicator_many"] == said
    assert words_and_lights(org.pk, 2025)[0] == words_for(org.pk, 2025)


def test_words_are_one_query_and_cover_every_kind(org, django_assert_num_queries):
    with django_assert_num_queries(1):
        words = words_for(org.pk, 2025)

    assert [words[kind] for kind in IndicatorKind.values] == IndicatorKind.labels


def test_every_kind_says_whether_a_target_is_owed():
    assert set(IS_STEERED_BY) == set(IndicatorKind)


@pytest.mark.parametrize(
    ("kind", "has_target", "columns", "due"),
    [
        ("goal", False, ["outcome", "target_year", "target_long_term"], True),
        ("goal", True, ["outcome", "target_year", "target_long_term"], True),
        ("steering", False, ["outcome", "target_year", "target_long_term"], True),
        ("key_figure", False, ["outcome", "previous", "change"], False),
        ("production", False, ["outcome", "previous", "change"], False),
        ("key_figure", True, ["outcome", "target_year", "previous", "change"], True),
    ],
)
def test_kind_chooses_columns_and_whether_a_status_is_due(kind, has_target, columns, due):
    kind = IndicatorKind(kind)

    assert [c.value for c in columns_of(kind, has_target=has_target)] == columns
    assert status_is_due(kind, has_target=has_target) == due
