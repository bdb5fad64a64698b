"""Whom root's tests let do what root cannot do or may do anyway: the user nobody."""

import contextlib
import os
import pwd
from collections.abc import Iterator
from pathlib import Path


def is_root() -> bool:
    """Whether the tests run as root."""
    return os.geteuid() == 0


def hand_over(*paths: Path) -> None:
    """Give files or folders to nobody; only root can."""
    nobody = pwd.getpwnam("nobody")
    for path in paths:
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def identity() -> dict[str, object]:
    """As whom subprocess.run starts a program: as root nobody, else whoever runs the tests."""
    if not is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def not_root() -> Iterator[None]:
    """Until the end of the block, what files permit is true of this process as well."""
    if not is_root():
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
