"""A real PostgreSQL for the tests: the binaries that PyPI's pgserver carries, started once a run,
without durability. Nothing is installed; as root it runs as an unprivileged user."""

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER_VARIABLE = "USHER_TEST_FOLDER"
_PREFIX = "usher-test-"
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
    base = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())
    for old in base.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, ValueError, NoPostgres):
            if not _is_alive(int((old / "owner").read_text())):
                stop(old)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    folder.chmod(0o755)
    (folder / "owner").write_text(str(os.getpid()))
    return folder


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
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    data = str(home / "data")
    locale = ("--encoding=UTF8", "--locale=C")
    _run(binaries, "initdb", "-D", data, "-U", "usher", "--auth=trust", "--no-sync", *locale)
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    log = str(home / "log")
    _run(binaries, "pg_ctl", "-D", data, "-w", "-o", f"-k {home} {options}", "-l", log, "start")


def _run(binaries: Path, program: str, *args: str) -> None:
    identity = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile("w+") as output:  # pg_ctl would hold a pipe open
        done = subprocess.run(
            [str(binaries / program), *args],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **identity,  # type: ignore[call-overload]
        )
        if done.returncode:
            output.seek(0)
            raise NoPostgres(f"{program} failed: {output.read().strip()[-500:]}")


def _binaries(folder: Path) -> Path:
    """pgserver's programs, copied where another user can read them if need be."""
    spec = importlib.util.find_spec("pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise NoPostgres("pgserver is not installed for this Python and platform")
    original = Path(spec.submodule_search_locations[0]) / "pginstall"
    if os.geteuid() != 0 or all(path.stat().st_mode & 0o005 == 0o005 for path in original.parents):
        return original / "bin"
    copy = folder / "pginstall"
    if not copy.exists():
        shutil.copytree(original, copy, symlinks=True)
    return copy / "bin"
