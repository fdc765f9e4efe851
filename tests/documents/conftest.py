import pytest

from documents import permissions
from tests.documents.factories import stamp_folder


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Every test has its own files and the same stamp."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STAMP_DIR = stamp_folder()


@pytest.fixture
def owned(monkeypatch):
    """Register, for this test only, who may read: `owned.append(check)`."""
    owners = []
    monkeypatch.setattr(permissions, "_owners", owners)
    return owners
