"""Every app's declarations are read at start, and a wrong one says which app and table."""

from types import SimpleNamespace

import pytest
from django.apps import apps

from dialogues.models import Dispatch, Signature
from documents.models import Document
from economy.models import Amount
from governance.declarations import (
    Act,
    Facts,
    Misdeclared,
    Secret,
    Table,
    all_guards,
    check_complete,
    check_table,
    declared,
    read,
    table_of,
    tables,
)
from governance.guards import Guard
from governance.models import Body, Organisation, Person, Unit, User
from rounds.models import RoundState
from targets.models import Evidence, Indicator, Outcome
from tests.factories import make_body, make_organisation

LIST = Facts("rows", "Rows.")
NOTHING = Act("stored bytes")
STATE = Facts("states", "States.", acts={"changed_on": "an act"}, facts=("state",))
WRONG = [
    (Table(Person, file=LIST), "has neither an owner nor a reason why it has none"),
    (Table(Person, "organisation", LIST, outside="x"), "has neither an owner nor"),
    (Table(Person, "name", LIST), "'name' is no foreign key that every row has"),
    (Table(Person, "nothing", LIST), "'nothing' is no foreign key that every row has"),
    (Table(User, "person", NOTHING), "'person' is no foreign key that every row has"),
    (Table(Unit, "body", LIST, body="parent"), "does not reach its body by 'parent'"),
    (Table(Unit, "body", LIST, body="nothing__body"), "does not reach its body by"),
    (Table(Unit, "body", LIST, guard=Guard(table="governance_body")), "has the guard of"),
    (Table(Person, "organisation"), "says neither what a file carries of it nor why"),
    (Table(Person, "organisation", Facts("a", "b", acts={"nam": "c"})), "nam is no column"),
    (Table(Person, "organisation", Facts("a", "b", order=("x",))), "x is no column"),
    (Table(RoundState, "reporting_round", LIST), "state looks like an act: name it in acts"),
    (Table(RoundState, "reporting_round", STATE), "changed_by looks like an act"),
    (Table(Signature, "verification", LIST), "user looks like an act"),
    (Table(Document, "organisation", LIST), "requested_by looks like an act"),
    (Table(Evidence, "outcome", LIST), "sha256 looks like an act"),
    (Table(Dispatch, "paragraph", NOTHING), "says neither what a secrecy mark takes out"),
    (
        Table(Dispatch, "paragraph", NOTHING, secret=Secret("Rad", ("nothing",))),
        "nothing is no column",
    ),
    (
        Table(Person, "organisation", NOTHING, secret=Secret("Rad", ("name",))),
        "can be secret and has no body",
    ),
    (
        Table(Amount, "line", NOTHING, secret=Secret("Belopp", ("note",))),
        "value is neither taken out by a secrecy mark nor said to stay",
    ),
    (Table(Amount, "line", LIST), "has a period and a body but is never frozen"),
]


@pytest.mark.parametrize(("table", "what"), WRONG, ids=lambda each: str(each)[:40])
def test_wrong_table_fails_with_app_and_table(table, what):
    with pytest.raises(Misdeclared) as raised:
        check_table(table)

    assert str(raised.value).startswith(f"{table.app}/declares.py, {table.label}: ")
    assert what in str(raised.value)


def test_table_of_another_app_fails():
    with pytest.raises(
        Misdeclared, match=r"governance/declares\.py, economy\.Amount: is a table of"
    ):
        read("governance", SimpleNamespace(DECLARES=(Table(Amount, "line", LIST),)))


@pytest.mark.parametrize("found", [None, [Table(Person, "organisation", LIST)], ({},)])
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
    assert [t.guard.table for t in tables() if t.guard and t.app == "reports"] == [
        "reports_clearanceact",
        "reports_reportversion",
    ]


def test_paths_follow_the_owners():
    paths = {t.label: (t.organisation_path, t.body_path) for t in tables()}

    assert paths["governance.Organisation"] == ("", None)
    assert paths["governance.Body"] == ("organisation", "")
    assert paths["governance.User"] == (None, None)
    assert paths["targets.Goal"] == ("plan__body__organisation", "plan__body")
    assert paths["targets.Definition"] == ("indicator__organisation", "indicator__body")
    assert paths["targets.Evidence"] == ("outcome__indicator__organisation", "outcome__unit__body")
    assert paths["dialogues.SigningChief"] == (
        "proposal__dialogue__round__board__organisation",
        "proposal__dialogue__receiving_body",
    )


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
