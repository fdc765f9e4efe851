"""The table of pages is whole."""

from tests.architecture.house import url_patterns
from tests.pages import ENTRIES


def test_every_url_name_has_an_entry():
    assert {name for name, _pattern in url_patterns()} == set(ENTRIES)


def test_every_number_in_an_address_has_a_model():
    patterns = dict(url_patterns())
    wrong = [
        name
        for name, entry in ENTRIES.items()
        if set(entry.objects) != set(patterns[name].pattern.converters)
    ]

    assert wrong == []
