"""What root cannot do, nobody does for root's tests; what root may do anyway, they do without."""

import contextlib
import ctypes
import os
import pwd
from collections.abc import Iterator
from pathlib import Path

_CAPABILITY_VERSION = 0x20080522
_READS_EVERYTHING = 0b110


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
def bound_by_permissions() -> Iterator[None]:
    """Until the end of the block, what files permit their owner is true of root, too: this thread
    does without Linux's CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""
    if not is_root():
        yield
        return
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    held = (ctypes.c_uint32 * 6)()
    _system_call("capget", header, held)
    fewer = (ctypes.c_uint32 * 6)(*held)
    fewer[0] &= ~_READS_EVERYTHING
    _system_call("capset", header, fewer)
    try:
        yield
    finally:
        _system_call("capset", header, held)


def _system_call(name: str, *arguments: object) -> None:
    if ctypes.CDLL(None, use_errno=True)[name](*arguments):
        raise OSError(ctypes.get_errno(), f"{name} failed")
