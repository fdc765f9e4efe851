"""Who is reminded and what the mail says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rounds.rules.days import due_words, last_day_words, late_days, late_words
from rounds.rules.reminders import MAX_SUBJECT, Addressee, WaitingBody, mailing

TODAY = date(2026, 3, 10)


def waiting(
    body: str = "DN Regionservice", *, days: int = 2, returned: bool = False
) -> WaitingBody:
    return WaitingBody(
        body=body,
        period="Helår 2025",
        occasion="Årsrapport 2025",
        due=TODAY + timedelta(days=days),
        is_returned=returned,
        url="https://uppsikt.example.se/mal/rapportera/7/",
    )


def addressee(*items: WaitingBody, address: str = "karin@example.se", name: str = "Karin Berg"):
    return Addressee(person_id=1, name=name, address=address, waiting=items or (waiting(),))


def sent(*addressees: Addressee, reminded: tuple[int, ...] = ()):
    return mailing(
        addressees,
        reminded=reminded,
        sender="Sofia Nyberg",
        organisation="Regionkontoret, Region Test",
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("days", "words", "late"),
    [
        (5, "Sista dag 2026-03-15, om 5 dagar", 0),
        (1, "Sista dag 2026-03-11, i morgon", 0),
        (0, "Sista dag 2026-03-10, i dag", 0),
        (-1, "Försenad 1 dag, sista dag var 2026-03-09", 1),
        (-40, "Försenad 40 dagar, sista dag var 2026-01-29", 40),
    ],
)
def test_due_words(days, words, late):
    due = TODAY + timedelta(days=days)

    assert (due_words(due, TODAY), late_days(due, TODAY)) == (words, late)


def test_lateness_is_told_while_something_is_waited_for():
    due = TODAY - timedelta(days=3)

    assert last_day_words(due, TODAY, is_waiting=True) == due_words(due, TODAY)
    assert last_day_words(due, TODAY, is_waiting=False) == "Sista dag 2026-03-07"


@pytest.mark.parametrize(("late", "words"), [(0, ""), (1, "1 försenad"), (2, "2 försenade")])
def test_late_words(late, words):
    assert late_words(late) == words


def test_the_mail_as_it_reads():
    letter = sent(addressee(waiting(), waiting("HSN", days=-3, returned=True))).letters[0]

    assert letter.subject == "Påminnelse: 2 perioder att lämna in utfall för"
    assert letter.text == (
        "Hej Karin Berg!\n\n"
        "De här utfallen är inte inlämnade ännu:\n\n"
        "HSN: Helår 2025 (Årsrapport 2025)\n"
        "Försenad 3 dagar, sista dag var 2026-03-07.\n"
        "Skickad tillbaka för komplettering.\n"
        "https://uppsikt.example.se/mal/rapportera/7/\n\n"
        "DN Regionservice: Helår 2025 (Årsrapport 2025)\n"
        "Sista dag 2026-03-12, om 2 dagar.\n"
        "https://uppsikt.example.se/mal/rapportera/7/\n\n"
        "Har du redan lämnat in dem kan du bortse från påminnelsen.\n\n"
        "Hälsningar\nSofia Nyberg\nRegionkontoret, Region Test\n"
    )


def test_a_single_reporting_is_named_in_the_subject():
    assert sent(addressee()).letters[0].subject == (
        "Påminnelse: utfall för Helår 2025, DN Regionservice"
    )


def test_persons_without_an_address_are_named_and_get_no_letter():
    found = sent(addressee(address="", name="Oskar\nLindh"))

    assert (found.letters, found.without_address) == ((), ("Oskar Lindh",))


def test_a_second_letter_the_same_day_is_marked():
    assert sent(addressee(), reminded=(1,)).letters[0].is_repeated
    assert not sent(addressee(), reminded=(2,)).letters[0].is_repeated


@given(name=st.text(), body=st.text())
def test_no_name_reaches_another_header_line(name, body):
    letter = sent(addressee(waiting(body), name=name)).letters[0]

    assert "".join(letter.subject.splitlines()) == letter.subject
    assert len(letter.subject) <= MAX_SUBJECT
    assert letter.name == " ".join(letter.name.split())
    assert letter.text.startswith(f"Hej {letter.name}!\n\nDe här")
