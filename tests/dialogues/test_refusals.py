"""What the database refuses is told in words, the same on both databases."""

import pytest
from django.db import DatabaseError, connection

from dialogues.models import Dialogue, VerificationParagraph
from governance.models import Body
from governance.refusals import SEALED, atomic
from governance.rules import Refusal, Stale
from governance.writing import STALE


def test_a_constraint_speaks_its_own_words(verification, paragraph):
    with (
        pytest.raises(Refusal, match="Paragrafen är redan utsänd för justering") as refused,
        atomic(),
    ):
        VerificationParagraph.objects.create(
            verification=make_another(verification), paragraph=paragraph, position=1
        )

    assert refused.value.status == 409


def make_another(verification):
    verification.pk = None
    verification.save(force_insert=True)
    return verification


def test_a_unique_constraint_without_words_says_that_somebody_was_first(dialogue):
    with pytest.raises(Stale, match=STALE), atomic():
        Dialogue.objects.create(**{
            name: getattr(dialogue, name)
            for name in ("round", "committee", "receiving_body", "held_on", "pack_due_on")
        } | {"key": dialogue.key, "proposal_due_on": dialogue.proposal_due_on})  # fmt: skip


def test_a_sealed_row_says_so(verified):
    with pytest.raises(Refusal, match=SEALED), atomic():
        VerificationParagraph.objects.update(position=7)


def test_a_fault_of_ours_stays_a_fault(db):
    with pytest.raises(DatabaseError), atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    with pytest.raises(DatabaseError), atomic():
        Body.objects.create(key="x", organisation_id=None)
