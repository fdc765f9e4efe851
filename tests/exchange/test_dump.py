"""The way out and in again: dump(load(dump(x))) is byte-equal in an empty database."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from exchange.governance_file.actions import load
from exchange.governance_file.queries import dump
from exchange.governance_file.tree import parse
from exchange.governance_file.writing import Writer
from governance.declarations import tables
from governance.models import Organisation, Period, Person, User
from tests.exchange.conftest import SMALL
from tests.guards import lifted

DEMO = Path(settings.BASE_DIR) / "demo" / "halland-regionservice-2026.yaml"


def empty_the_database() -> None:
    with lifted():
        for table in reversed([each for each in tables() if each.model is not User]):
            for links in table.model._meta.many_to_many:
                links.remote_field.through._default_manager.all()._raw_delete("default")
            table.model._default_manager.all()._raw_delete("default")


@pytest.mark.parametrize("path", [SMALL, DEMO], ids=["small", "demo"])
def test_dump_of_what_was_loaded_from_a_dump_is_byte_equal(
    db: None, path: Path, write: Callable[[str], Path]
) -> None:
    load([path])
    first = dump()
    assert load([write(first)]).is_nothing
    empty_the_database()

    load([write(first)])

    assert dump() == first


def test_dump_keeps_decimals_as_written(db: None) -> None:
    load([SMALL])

    assert "            value: 6.940\n" in dump()


def test_dump_names_one_organisation_or_all(db: None, write: Callable[..., Path]) -> None:
    load([SMALL])
    load([write(SMALL.read_text(encoding="utf-8").replace("region-prov", "region-annan"))])
    one, every = StringIO(), StringIO()

    call_command("dump_governance", "region-annan", stdout=one)
    call_command("dump_governance", stdout=every)

    assert "region-prov" not in one.getvalue()
    assert every.getvalue().count("  - key: region-") == 2


def test_dump_of_an_unknown_organisation_says_which_there_are(db: None) -> None:
    load([SMALL])

    with pytest.raises(CommandError, match="Det finns: region-prov"):
        call_command("dump_governance", "region-okand")


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)
ANY = st.one_of(
    TEXTS,
    st.lists(TEXTS, max_size=4).map("\n".join),
    st.sampled_from(
        ["ja", "null", "~", "", "- a", "a: b", "# a", "6.940", "2026-03-10", " a ", "'"]
    ),
)


@given(text=ANY)
def test_every_text_survives_the_way_out_and_in(text: str) -> None:
    writer = Writer("prov")
    writer.open("rader", depth=0)
    with writer.item(depth=1):
        writer.pair("text", text, depth=2)

    root, problems = parse(writer.text(), "prov.yaml")

    assert not problems
    assert root is not None
    value = root.pairs[0][1].items[0].pairs[0][1]
    assert (value.text, value.is_empty) == (text, False)


KEYS = st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True), unique=True, max_size=4)


@hypothesis_settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(keys=KEYS, names=st.lists(TEXTS.filter(bool), min_size=4, max_size=4, unique=True))
def test_small_organisations_survive_the_way_out_and_in(
    db: None, write: Callable[[str], Path], keys: list[str], names: list[str]
) -> None:
    """Random persons and a random chain of periods in random order."""
    with transaction.atomic():
        org = Organisation.objects.create(key="region-slump", name=names[0])
        before = None
        for key, name in zip(keys, names, strict=False):
            Person.objects.create(organisation=org, key=key, name=name)
            before = Period.objects.create(
                organisation=org, key=key, name=name, short_name="x", previous=before,
                starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
            )  # fmt: skip
        first = dump()
        Period.objects.update(previous=None)
        for model in (Period, Person, Organisation):
            model._default_manager.all().delete()

        load([write(first)])

        assert dump() == first
        assert apps.get_model("governance.Person").objects.count() == len(keys)
        transaction.set_rollback(True)
