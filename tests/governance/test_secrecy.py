"""One secrecy mark: what it takes out of a row, who reads it, what it refuses."""

from datetime import date

import pytest
from django.urls import reverse

from governance.actions import LegalGround, keep_mark, lift_mark, mark_secret
from governance.declarations import Open, Secret, tables
from governance.enums import Role
from governance.history import history_of
from governance.models import SecrecyMark, SecrecyPart
from governance.queries import mark_for, marks_to_review
from governance.rules import WITHHELD, Invalid, Refusal, Withheld
from governance.writing import add, change, remove
from internal_control.models import ControlArea, RemainingAction
from targets.models import Outcome
from tests.architecture.house import some
from tests.factories import TODAY, make_period, make_user
from tests.internal_control.factories import make_area, make_plan
from tests.targets.factories import make_indicator, make_outcome

GROUND = LegalGround(law="offentlighets- och sekretesslagen", chapter=18, section="8")
REVIEW = date(2027, 3, 10)
CANARY = "Reservkraften i kulvert 7 står olåst"


@pytest.fixture
def controller(org, committee):
    return make_user(org, "controller", roles={Role.CONTROLLER: committee})


@pytest.fixture
def reader(org, committee):
    return make_user(org, "sakerhetschef", roles={Role.READER: committee})


@pytest.fixture
def area(committee):
    area = make_area(make_plan(committee), "reservkraft")
    ControlArea.objects.filter(pk=area.pk).update(name=CANARY)
    return ControlArea.objects.get(pk=area.pk)


@pytest.fixture
def mark(controller, reader):
    def made(row, *, review_on=REVIEW):
        return mark_secret(
            row=row,
            ground=GROUND,
            reason="Visar var anläggningen är sårbar.",
            review_on=review_on,
            readers=[reader.person],
            by=controller,
            today=TODAY,
        )

    return made


def test_every_readable_table_says_what_is_taken_out_of_it():
    said = [table for table in tables() if isinstance(table.secret, Secret)]
    held_open = [each for each in tables() if isinstance(each.secret, Open) and each.secret.reason]

    assert len(some(said)) > 20
    assert len(some(held_open)) > 20


def test_marked_row_and_what_it_owns_no_longer_hold_what_is_secret(area, mark):
    action = RemainingAction.objects.create(area=area, key="las", text="Byt lås", position=1)

    made = mark(area)

    area.refresh_from_db()
    action.refresh_from_db()
    assert (area.name, area.question, area.position) == (WITHHELD, "", 0)
    assert action.text == WITHHELD
    assert CANARY not in made.name
    assert made.ground == "18 kap. 8 § offentlighets- och sekretesslagen"


def test_marked_number_is_no_number(org, committee, mark):
    indicator = make_indicator(org, "beredskap", unit="%", body=committee)
    outcome = make_outcome(indicator, committee, make_period(org), "57.3")

    mark(outcome)

    found = Outcome.objects.get(pk=outcome.pk)
    assert (found.kind, found.text, found.number) == ("text", WITHHELD, None)
    assert found.version == outcome.version + 1


def test_lifted_mark_puts_everything_back(org, committee, controller, mark):
    indicator = make_indicator(org, "beredskap", unit="%", body=committee)
    outcome = make_outcome(indicator, committee, make_period(org), "57.3")
    Outcome.objects.filter(pk=outcome.pk).update(comment="Mätt i maj.", is_stated=True)
    before = Outcome.objects.filter(pk=outcome.pk).values().get()
    made = mark(outcome)

    lift_mark(mark=made, seen=made.version, by=controller, today=TODAY)

    after = Outcome.objects.filter(pk=outcome.pk).values().get()
    assert after | {"version": 0} == before | {"version": 0}


def test_marked_row_is_changed_by_nobody(area, controller, mark):
    mark(area)
    area.refresh_from_db()

    with pytest.raises(Withheld):
        change(area, {"name": "Nytt namn"}, by=controller)
    with pytest.raises(Withheld):
        remove(area, by=controller)
    with pytest.raises(Withheld):
        add(RemainingAction(area=area, key="ny", text="Ny", position=2), by=controller)


def test_words_typed_without_a_mark_lock_nothing(area, controller):
    ControlArea.objects.filter(pk=area.pk).update(name=WITHHELD)
    area.refresh_from_db()

    change(area, {"name": "Nytt namn"}, by=controller)

    assert ControlArea.objects.get(pk=area.pk).name == "Nytt namn"


def test_row_is_marked_once(area, mark):
    mark(area)

    with pytest.raises(Refusal, match="redan sekretessmarkerad"):
        mark(area)


def test_review_lies_ahead(area, controller, mark):
    with pytest.raises(Invalid, match="framåt"):
        mark(area, review_on=TODAY)
    made = mark(area)

    with pytest.raises(Invalid, match="framåt"):
        keep_mark(mark=made, review_on=TODAY, seen=made.version, by=controller, today=TODAY)


def test_mark_is_lifted_once(area, controller, mark):
    made = mark(area)
    seen = made.version
    lift_mark(mark=made, seen=seen, by=controller, today=TODAY)

    with pytest.raises(Refusal, match="redan hävd"):
        lift_mark(mark=SecrecyMark.objects.get(pk=made.pk), seen=seen, by=controller, today=TODAY)


def test_history_of_a_marked_row_hides_what_it_said(area, controller, mark):
    change(area, {"question": CANARY}, by=controller)
    assert CANARY in [each.new for each in history_of(area, is_open=True)]

    made = mark(area)

    told = [(each.field, each.new) for each in history_of(area, is_open=True)]
    assert told == [("secrecy", made.ground), ("question", "Visas inte")]


def test_review_waits_a_month_ahead(area, controller, reader, mark):
    mark(area, review_on=date(2026, 4, 1))

    assert [each.what for each in marks_to_review(controller, TODAY)] == [
        "Ompröva en sekretessmarkering"
    ]
    assert list(marks_to_review(controller, date(2026, 3, 1))) == []
    assert list(marks_to_review(reader, TODAY)) == []


def test_named_reader_reads_by_an_act_that_is_noted(client, area, controller, reader, mark):
    made = mark(area)
    page = reverse("governance:secrecy_detail", args=[made.pk])
    reading = reverse("governance:secrecy_read", args=[made.pk])

    client.force_login(controller)
    assert CANARY not in client.get(page).content.decode()
    assert client.post(reading).status_code == 403
    client.force_login(reader)
    assert CANARY not in client.get(page).content.decode()
    answer = client.post(reading)

    assert CANARY in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert history_of(made)[0].actor == str(reader)


def test_mark_is_set_on_a_page_and_its_row_leads_to_it(client, area, controller, reader):
    url = reverse("governance:secrecy_mark", args=[f"internal_control.ControlArea-{area.pk}"])
    client.force_login(controller)
    typed = {
        "chapter": "18",
        "section": "8",
        "law": GROUND.law,
        "reason": "Sårbarhet.",
        "review_on": "2027-03-10",
        "readers": [reader.person_id],
    }

    assert client.post(url, typed | {"readers": []}).status_code == 422
    answer = client.post(url, typed)

    made = SecrecyMark.objects.get()
    page = reverse("governance:secrecy_detail", args=[made.pk])
    assert answer["Location"] == client.get(url)["Location"] == page
    assert (made.reason, made.marked_by, made.marked_on) == ("Sårbarhet.", str(controller), TODAY)
    assert list(mark_for(controller, made.pk, TODAY).readers) == [reader.person]
    assert SecrecyPart.objects.count() == 1


def test_mark_is_set_by_those_who_answer_for_the_row_alone(client, org, area, other_committee):
    url = reverse("governance:secrecy_mark", args=[f"internal_control.ControlArea-{area.pk}"])
    other = make_user(org, "annan", roles={Role.CONTROLLER: other_committee})
    client.force_login(other)

    assert client.get(url).status_code == 404
    assert client.get(reverse("governance:secrecy_mark", args=["x.Y-1"])).status_code == 404


def test_mark_is_known_to_those_it_concerns_alone(client, org, committee, area, mark):
    made = mark(area)
    client.force_login(make_user(org, "lasare", roles={Role.READER: committee}))

    assert client.get(reverse("governance:secrecy_detail", args=[made.pk])).status_code == 404
    assert (
        "Inga sekretessmarkeringar"
        in client.get(reverse("governance:secrecy_list")).content.decode()
    )
