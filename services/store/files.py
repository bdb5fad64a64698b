"""The store of files: a folder by visit. What is written stands whole or not at all."""

import hashlib
import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

_NAME_BYTES = 200  # file systems take 255 bytes; the rest is for what stands before the name
_MARK = 12


class FileStore:
    """Files of one site under one folder. Several bots of a site share that folder.

    A file lies under its visit's number; before its name stands the beginning of its content's
    SHA-256, so that two of one name keep apart and the same one stored twice is one.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def prepare(self) -> None:
        """Make the folder and see that it can be written to. Raises OSError."""
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._root):
            pass

    def keep(self, visit: str, name: str, content: bytes) -> str:
        """Store a file of a visit (by its number), whose name is safe; returns its place.

        Raises OSError, and then has stored nothing.
        """
        folder = self._root / visit
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stored = f"{digest(content)[:_MARK]}-{_short(name)}"
        with NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as part:
            try:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(folder / stored)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
        return f"{visit}/{stored}"

    def drop(self, visit: str) -> None:
        """Delete what is stored of a visit, by its number."""
        shutil.rmtree(self._root / visit, ignore_errors=True)

    def read(self, place: str) -> bytes:
        """What stands at a place. Raises FileNotFoundError for one that is none, or not in it."""
        path = (self._root / place).resolve()
        if not path.is_relative_to(self._root.resolve()):
            raise FileNotFoundError(place)
        return path.read_bytes()


def digest(content: bytes) -> str:
    """The SHA-256 of a content, in hex."""
    return hashlib.sha256(content).hexdigest()


def _short(name: str) -> str:
    """The name cut to what file systems take, its ending kept."""
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    room = _NAME_BYTES - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + suffix
