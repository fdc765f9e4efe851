import copy
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from dialogues.models import Proposal
from documents.models import Document


@pytest.fixture
def without_proposal_template(settings, tmp_path):
    """The project's templates but one."""
    source = Path(settings.TEMPLATES[0]["DIRS"][0])
    shutil.copytree(source, tmp_path / "templates")
    (tmp_path / "templates/dialogues/pdf/proposal.html").unlink()
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path / "templates"]
    settings.TEMPLATES = templates


def test_missing_template_is_told_in_words_and_orders_nothing(
    login, case_officer, proposal, without_proposal_template
):
    before = Proposal.objects.values().get(pk=proposal.pk)

    response = login(case_officer).post(reverse("dialogues:proposal_pdf", args=[proposal.pk]))

    assert response.status_code == 409
    assert "mallen dialogues/pdf/proposal.html saknas" in response.content.decode()
    assert Proposal.objects.values().get(pk=proposal.pk) == before
    assert not Document.objects.exists()
