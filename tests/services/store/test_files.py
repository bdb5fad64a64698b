"""The store of files: whole or not at all, and nothing outside of its folder."""

from pathlib import Path

import pytest

from services.store.files import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    store = FileStore(tmp_path / "files")
    store.prepare()
    return store


def test_what_is_kept_is_read_again(store: FileStore, tmp_path: Path) -> None:
    place = store.keep("V-2026-0001", "公司 简介.pdf", b"one")
    assert place.startswith("V-2026-0001/")
    assert place.endswith("-公司 简介.pdf")
    assert store.read(place) == b"one"
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


def test_two_of_one_name_keep_apart_and_the_same_one_is_one(
    store: FileStore, tmp_path: Path
) -> None:
    places = {store.keep("V-1", "a.txt", content) for content in (b"one", b"two", b"one")}
    assert len(places) == 2
    assert len(list((tmp_path / "files" / "V-1").iterdir())) == 2


def test_long_names_fit_the_file_system(store: FileStore) -> None:
    place = store.keep("V-1", "简" * 196 + ".png", b"x")
    assert place.endswith(".png")
    assert len(place.split("/")[1].encode()) <= 255
    assert store.read(place) == b"x"


@pytest.mark.parametrize("place", ["../secret", "/etc/passwd", "V-1/../../secret", "V-1/none"])
def test_nothing_else_is_read(store: FileStore, tmp_path: Path, place: str) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    with pytest.raises(FileNotFoundError):
        store.read(place)


def test_what_cannot_be_written_leaves_nothing(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("services.store.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep("V-1", "a.txt", b"x")
    assert list((tmp_path / "files" / "V-1").iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file")
    with pytest.raises(OSError, match="files"):
        FileStore(tmp_path / "files").prepare()
