"""Twenty hostile files at once from one person occupy one child; the rest are told to wait."""

from collections import Counter

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import UploadTurn
from tests.concurrency.arena import TWENTY, Request, at_once, world_as_loaded
from tests.documents import hostile


def test_twenty_hostile_files_at_once_occupy_one_child(arena):
    with arena.at(world_as_loaded) as w:
        file = SimpleUploadedFile("utdrag.pdf", hostile.field_tree_pdf(), "application/pdf")
        by = w.users["registrator"]
        request = Request(name="dialogues:verify_upload", args=(), by=by, data={"file": file})

        answers = at_once(*[request] * TWENTY)

        turn = UploadTurn.objects.get(person=by.person)
    assert Counter(answer.status for answer in answers) == {200: 1, 429: TWENTY - 1}
    assert {answer.status: answer for answer in answers}[200].text.count("för mycket tid") == 1
    assert (turn.number, turn.held_until) == (1, None)
