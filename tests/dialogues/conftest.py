"""One dialogue of the committee with the working committee, at each of its stages."""

import pytest

from governance.enums import Role
from tests.dialogues import factories
from tests.factories import make_user


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def chief(org):
    """A signing chief: named on the proposal, without a role."""
    return make_user(org, "chief")


@pytest.fixture
def verifier(org, working_committee):
    return make_user(org, "verifier", roles={Role.MEMBER: working_committee})


@pytest.fixture
def signers(secretary, presiding, verifier):
    return factories.Signers(secretary=secretary, presiding=presiding, verifier=verifier)


@pytest.fixture
def dialogue(board, working_committee, committee):
    return factories.make_dialogue(board, working_committee, committee)


@pytest.fixture
def proposal(dialogue, chief):
    return factories.make_proposal(dialogue, [chief])


@pytest.fixture
def meeting(working_committee, signers):
    return factories.make_meeting(working_committee, signers)


@pytest.fixture
def paragraph(meeting, dialogue, proposal, secretary):
    return factories.make_paragraph(meeting, dialogue, secretary)


@pytest.fixture
def verification(paragraph, secretary):
    return factories.send(paragraph, secretary)


@pytest.fixture
def verified(verification, signers):
    """The verification, signed by all three and stamped."""
    factories.sign_all(verification, signers)
    return verification
