"""A real PostgreSQL for the tests: the binaries that PyPI's pgserver carries, started once a run,
without durability. Nothing is installed; as root it runs as an unprivileged user."""

import contextlib
import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.unprivileged import hand_over, identity, is_root

FOLDER_VARIABLE = "USHER_TEST_FOLDER"
_PREFIX = "usher-test-"
_ENOUGH = 4 * 2**30
"""So much room in memory, and the tests' files lie there; in bytes. (A run needs a fifth of it.)"""
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "listen_addresses": "''",
}


class NoPostgres(Exception):
    """PostgreSQL cannot run here; the reason."""


def new_folder() -> Path:
    """A folder for one test run, short enough for a socket's path, open to other users.

    What runs that were killed have left is removed.
    """
    base = quick_folder()
    for old in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, ValueError, NoPostgres):
            if not _is_alive(int((old / "owner").read_text())):
                stop(old)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    folder.chmod(0o755)
    (folder / "owner").write_text(str(os.getpid()))
    return folder


def quick_folder() -> Path:
    """Where files of tests lie best: in memory where there is room, for every commit of SQLite
    waits for its disk; and where the names are short."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK | os.X_OK):
        found = os.statvfs(memory)
        may_run = not found.f_flag & os.ST_NOEXEC  # PostgreSQL's programs may have to be copied
        if may_run and found.f_bavail * found.f_frsize >= _ENOUGH:
            return memory
    return Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Among the processes of one test run."""
    with (folder / "turn").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def start(folder: Path, settings: Mapping[str, str] = _SETTINGS) -> str:
    """The address of the run's server (its database `postgres`), started by whoever comes first.

    To be called within `one_at_a_time`. Raises NoPostgres.
    """
    home = folder / "pg"
    address = f"postgresql://usher@/postgres?host={home}"
    refused = folder / "no-postgres"
    if refused.exists():
        raise NoPostgres(refused.read_text())
    if (home / "data" / "postmaster.pid").exists():
        return address
    try:
        _start(home, _binaries(folder), settings)
    except NoPostgres as reason:
        refused.write_text(str(reason))
        raise
    return address


def stop(folder: Path) -> None:
    """End the run's server, if one was started, and remove the folder."""
    home = folder / "pg"
    if (home / "data" / "postmaster.pid").exists():
        _run(_binaries(folder), "pg_ctl", "-D", str(home / "data"), "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def _start(home: Path, binaries: Path, settings: Mapping[str, str]) -> None:
    home.mkdir(mode=0o755)
    if is_root():
        hand_over(home)
    data = str(home / "data")
    locale = ("--encoding=UTF8", "--locale=C")
    _run(binaries, "initdb", "-D", data, "-U", "usher", "--auth=trust", "--no-sync", *locale)
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    log = str(home / "log")
    _run(binaries, "pg_ctl", "-D", data, "-w", "-o", f"-k {home} {options}", "-l", log, "start")


def _run(binaries: Path, program: str, *args: str) -> None:
    with tempfile.TemporaryFile("w+") as output:  # pg_ctl would hold a pipe open
        done = subprocess.run(
            [str(binaries / program), *args],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **identity(),  # type: ignore[call-overload]
        )
        if done.returncode:
            output.seek(0)
            raise NoPostgres(f"{program} failed: {output.read().strip()[-500:]}")


def _binaries(folder: Path) -> Path:
    """pgserver's programs, copied to where another user can read them if need be."""
    package = _package()
    if is_root() and not all(_is_open(place) for place in (package, *package.parents)):
        package = _copied(package, folder / "programs")
    return package / "pginstall" / "bin"


def _package() -> Path:
    spec = importlib.util.find_spec("pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise NoPostgres("pgserver is not installed for this Python and platform")
    return Path(spec.submodule_search_locations[0])


def _is_open(folder: Path) -> bool:
    return folder.stat().st_mode & 0o005 == 0o005


def _copied(package: Path, place: Path) -> Path:
    """A copy that belongs to nobody, with the libraries that the wheel lays beside the package."""
    if not place.exists():
        making = place.with_name("copying")
        for part in (package, *package.parent.glob(f"{package.name}.*")):
            if part.is_dir():
                shutil.copytree(part, making / part.name, symlinks=True)
        hand_over(making, *making.rglob("*"))
        making.rename(place)
    return place / package.name
