import os
from datetime import timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from documents import files
from documents.rules import CorruptFile, MissingFile


def test_store_names_the_file_by_its_content():
    name = files.store(b"innehall")

    assert name == sha256(b"innehall").hexdigest()
    assert files.read(name) == b"innehall"


def test_store_twice_is_one_file_and_leaves_nothing_else(settings):
    files.store(b"innehall")
    name = files.store(b"innehall")

    assert [path.name for path in settings.MEDIA_ROOT.iterdir()] == [f"{name}.pdf"]


def test_read_refuses_changed_bytes():
    name = files.store(b"innehall")
    files.path_of(name).write_bytes(b"innehalL")

    with pytest.raises(CorruptFile):
        files.read(name)


def test_read_says_when_the_file_is_gone():
    with pytest.raises(MissingFile):
        files.read("0" * 64)


def test_old_temporary_files_are_removed_and_young_ones_kept(settings):
    kept = files.store(b"innehall")
    old, young = (settings.MEDIA_ROOT / f"{name}.part" for name in ("old", "young"))
    old.write_bytes(b"halv")
    young.write_bytes(b"halv")
    os.utime(old, (0, 0))

    removed = files.remove_temporary(older_than=timezone.now() - timedelta(seconds=20))

    assert removed == 1
    assert {path.name for path in settings.MEDIA_ROOT.iterdir()} == {"young.part", f"{kept}.pdf"}


def test_same_bytes_under_two_suffixes_are_two_files(settings):
    name = files.store(b"innehall", ".png")
    files.store(b"innehall")

    assert files.read(name, ".png") == b"innehall"
    assert {path.name for path in settings.MEDIA_ROOT.iterdir()} == {f"{name}.pdf", f"{name}.png"}


def test_changed_bytes_are_refused_whatever_the_suffix():
    name = files.store(b"innehall", ".xlsx")
    files.path_of(name, ".xlsx").write_bytes(b"innehalL")

    with pytest.raises(CorruptFile):
        files.read(name, ".xlsx")
