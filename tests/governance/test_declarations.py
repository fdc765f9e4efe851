"""Every app's declarations are read at start, and a wrong one says which app and table."""

from types import SimpleNamespace

import pytest
from django.apps import apps

from economy.models import Amount
from governance.declarations import (
    Misdeclared,
    Table,
    check_complete,
    declared,
    read,
    table_of,
    tables,
)
from governance.guards import Guard, all_guards, guards_of
from governance.models import Body, Organisation, Person, Unit, User
from targets.models import Indicator, Outcome
from tests.factories import make_body, make_organisation

WRONG = [
    (Table(Person), "governance.Person: has neither a path"),
    (Table(Person, organisation="organisation", outside="x"), "governance.Person: has neither"),
    (Table(Person, organisation="name"), "does not reach its organisation by 'name'"),
    (Table(Person, organisation="nothing"), "does not reach its organisation by 'nothing'"),
    (Table(User, organisation="person__organisation"), "does not reach its organisation"),
    (Table(Unit, organisation="body__organisation", body="parent"), "does not reach its body"),
    (
        Table(Amount, organisation="line__body__organisation"),
        "economy.Amount: is a table of economy",
    ),
    (
        Table(Unit, organisation="body__organisation", guard=Guard(table="governance_body")),
        "governance.Unit: has the guard of governance_body",
    ),
]


@pytest.mark.parametrize(("table", "what"), WRONG, ids=lambda each: str(each)[:40])
def test_wrong_table_fails_with_app_and_table(table, what):
    with pytest.raises(Misdeclared, match=r"governance/declares\.py, ") as raised:
        read("governance", SimpleNamespace(DECLARES=(table,)))

    assert what in str(raised.value)


@pytest.mark.parametrize("found", [None, [Table(Person, organisation="organisation")], ({},)])
def test_what_is_no_frozen_tuple_fails(found):
    with pytest.raises(Misdeclared, match=r"governance/declares\.py"):
        read("governance", SimpleNamespace(DECLARES=found))


def test_app_without_its_tables_fails():
    with pytest.raises(Misdeclared, match=r"auth\.Permission: is declared 0 times"):
        check_complete(apps.get_app_config("auth"))


def test_every_model_of_ours_is_declared_once_lowest_app_first():
    ours = [m for c in apps.get_app_configs() if "django." not in c.name for m in c.get_models()]

    assert {table.model for table in tables()} == set(ours)
    assert len(tables()) == len(ours)
    assert next(t.app for t in tables()) == "governance"
    assert declared(Table) == tables()


def test_guards_are_those_of_the_tables():
    assert [g.table for g in all_guards()] == [t.guard.table for t in tables() if t.guard]
    assert [g.table for g in guards_of("reports")] == [
        "reports_clearanceact",
        "reports_reportversion",
    ]


@pytest.mark.django_db
def test_row_tells_its_organisation_and_body(django_assert_num_queries):
    organisation = make_organisation()
    body = make_body(organisation)
    unit = Unit.objects.get(body=body)
    row = Outcome(unit=unit, indicator=Indicator(organisation=organisation, body=None))

    with django_assert_num_queries(0):
        assert table_of(Outcome).organisation_of(row) == organisation.pk
        assert table_of(Outcome).body_of(row) == body.pk
        assert table_of(Indicator).body_of(row.indicator) is None
        assert table_of(Organisation).organisation_of(organisation) == organisation.pk
        assert table_of(Organisation).body_of(organisation) is None
        assert table_of(Body).body_of(body) == body.pk
        with pytest.raises(LookupError, match=r"governance\.User reaches no organisation: a login"):
            table_of(User).organisation_of(User(username="a"))
