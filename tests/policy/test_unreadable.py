"""Policy files that cannot be read, or barely."""

from pathlib import Path

import pytest

from models.policy import PolicyError, load_policy
from tests.policy.make import BASE, policy_of
from tests.unprivileged import bound_by_permissions


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 20000, "name = ", "\x00", 'name = "a"\nname = "b"']
)
def test_a_file_that_cannot_be_read_is_a_fault_and_no_crash(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"mine\.toml: cannot be read"):
        load_policy(str(file))


def test_a_folder_is_no_policy(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read: it is a folder"):
        load_policy(str(tmp_path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BASE.encode("utf-16"), "it is not UTF-8 text (byte 1); save it as UTF-8"),
        (BASE.encode("gb18030"), "it is not UTF-8 text"),
        (b"#" * (10 * 2**20), "with 10.0 MB it is no policy, which has at most 1 MB"),
    ],
)
def test_a_file_that_is_no_text_or_far_too_large(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(PolicyError) as caught:
        load_policy(str(file))
    assert f"{file}: cannot be read: " in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_file_without_permission_is_named(tmp_path: Path, closed: str) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    file = folder / "mine.toml"
    file.write_text(BASE, encoding="utf-8")
    shut = file if closed == "file" else folder
    with bound_by_permissions():
        assert load_policy(str(file)).name == "mine"
        shut.chmod(0)
        try:
            with pytest.raises(PolicyError, match="cannot be read: Permission denied"):
                load_policy(str(file))
        finally:
            shut.chmod(0o700)


@pytest.mark.parametrize("problem", [PermissionError(13, "Permission denied"), OSError(5, "I/O")])
def test_whatever_the_disk_answers_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: OSError
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(BASE, encoding="utf-8")

    def refused(*_: object, **__: object) -> str:
        raise problem

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(PolicyError, match=f"cannot be read: {problem.strerror}"):
        load_policy(str(file))


@pytest.mark.parametrize("name", ["x" * 5000, "nothing\x00here", "", "/dev/null"])
def test_a_name_that_is_none(name: str) -> None:
    with pytest.raises(PolicyError):
        load_policy(name)


def test_windows_editors_are_welcome(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    found = load_policy(str(file))
    assert found.name == "mine"
    assert found.digest == policy_of(BASE).digest
    assert found.lines == policy_of(BASE).lines
