"""The container files, as far as they can be checked without building anything."""

import ast
import fnmatch
import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import yaml

from bot.settings import names
from tests.bot.commands import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
KNOWN = {
    "FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL",
    "HEALTHCHECK", "ENTRYPOINT", "CMD",
}  # fmt: skip

COPIES = (
    "usher-2026-12-01.db", "usher.db.lock", "copy.db.part", "usher.dump", "usher.dump.gz",
    "usher.sql", "usher.db.bak", "usher-files/V-2026-0001/list.pdf",
)  # fmt: skip


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with what they say, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", DOCKERFILE))
    lines = [line for line in joined.splitlines() if line.strip()]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def said(name: str) -> list[str]:
    return [words for each, words in instructions() if each == name]


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a path out of the image."""
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    return any(fnmatch.fnmatch(path, p) or path.startswith(f"{p}/") for p in patterns)


def test_every_instruction_is_known_and_the_base_is_pinned() -> None:
    assert {name for name, _ in instructions()} <= KNOWN
    assert len(said("FROM")) == 1
    assert re.fullmatch(r"python:3\.\d+-slim", said("FROM")[0])


def test_what_is_copied_is_there() -> None:
    for words in said("COPY"):
        for source in shlex.split(words)[:-1]:
            assert (ROOT / source).exists(), source
            assert source == "." or not ignored(source), source


def test_everything_the_product_needs_gets_into_the_image() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "bot", "handlers", "scheduler", "services", "templates", "models",
         "migrations", "policies", "sandbox", "pyproject.toml"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert tracked
    assert not [path for path in tracked if ignored(path)]
    for secret in (".env", "usher.db", "usher.db-wal", ".git/config", *COPIES):
        assert ignored(secret), secret


def test_databases_and_their_copies_do_not_get_into_the_repository() -> None:
    asked = ["git", "check-ignore", *COPIES, ".env", ".venv", "usher.db"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(found.split()) == set(asked[2:])


def test_packages_are_locked_and_no_index_is_named() -> None:
    installs = re.findall(r"pip install [^&]*", " ".join(said("RUN")))
    assert len(installs) == 3
    for install in installs:
        assert "--require-hashes" in install or "--no-deps --no-build-isolation" in install
    for text in (DOCKERFILE, (ROOT / "compose.yaml").read_text(encoding="utf-8")):
        assert not re.search(r"index-url|trusted-host|https?://(?!127\.0\.0\.1)", text)


def test_the_build_tool_is_cut_out_of_the_lock_file_with_its_hashes() -> None:
    (script,) = re.findall(r"sed -n '([^']*)'", DOCKERFILE)
    done = subprocess.run(
        ["sed", "-n", script, "requirements-dev.txt"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert re.match(r"setuptools==[\d.]+ \\", lines[0])
    assert re.search(r"--hash=sha256:\w{64}$", lines[-1])
    assert all("==" not in line for line in lines[1:])


def test_it_does_not_run_as_root() -> None:
    order = [name for name, _ in instructions()]
    assert said("USER") == ["usher"]
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert "useradd" in " ".join(said("RUN"))
    assert [name for name in order[order.index("USER") :] if name in {"RUN", "COPY"}] == []


def test_it_starts_the_bot_and_stops_by_the_signal_that_the_bot_knows() -> None:
    assert json.loads(said("ENTRYPOINT")[0]) + json.loads(said("CMD")[0]) == ["usher", "run"]
    assert said("STOPSIGNAL") == ["SIGTERM"]
    assert COMPOSE["services"]["usher"]["stop_grace_period"] == "40s"


def test_a_balancer_is_told_to_ask_for_healthz_and_who_alerts_for_readyz() -> None:
    """What waits is the whole database's: routed by /readyz, no bot would get Slack's clicks."""
    told = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    asks = dict(re.findall(r"(?m)^\| ([^|]*) \| (`/(?:healthz|readyz)`[^|]*) \|$", told))
    (routing,) = [path for who, path in asks.items() if "balancer" in who]
    (alerting,) = [path for who, path in asks.items() if "alerts" in who]
    assert routing == "`/healthz`"
    assert alerting.startswith("`/readyz`")
    assert "route requests by `/readyz`" not in told


def test_health_is_asked_at_healthz() -> None:
    in_image = json.loads(said("HEALTHCHECK")[0].partition("CMD ")[2])
    in_compose = COMPOSE["services"]["usher"]["healthcheck"]["test"][1:]
    for command in (in_image, in_compose):
        assert command[:2] == ["python", "-c"]
        ast.parse(command[2])
        assert "/healthz" in command[2]
        assert "/readyz" not in command[2]
    environment = " ".join(said("ENV"))
    assert "PORT=3000" in environment, "so that it is served with Socket Mode, too"
    assert said("EXPOSE") == ["3000"]
    settings = re.findall(r"(\w+)=", environment)
    assert {name for name in settings if not name.startswith(("PYTHON", "PIP_"))} <= set(names())


def test_the_compose_file_holds_together() -> None:
    services = COMPOSE["services"]
    usher, database = services["usher"], services["database"]
    assert (ROOT / usher["build"] / "Dockerfile").is_file()
    assert usher["environment"]["PORT"] == "3000"
    assert usher["ports"] == ["127.0.0.1:${PORT:-3000}:3000"], "figures are not for everybody"
    assert "ports" not in database
    assert usher["env_file"] == ".env"
    assert (ROOT / ".env.example").is_file()
    address = usher["environment"]["DATABASE_URL"]
    user, name = database["environment"]["POSTGRES_USER"], database["environment"]["POSTGRES_DB"]
    assert address.startswith(f"postgresql://{user}:")
    assert address.endswith(f"@database/{name}")
    assert database["environment"]["POSTGRES_PASSWORD"] in address
    assert f"pg_isready -U {user} -d {name}" in database["healthcheck"]["test"][1]
    password = database["environment"]["POSTGRES_PASSWORD"]
    assert re.fullmatch(r"\$\{POSTGRES_PASSWORD:\?[^}]+\}", password), "there is no default"
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert {"max-size", "max-file"} <= set(service["logging"]["options"])
        assert "/tmp" in service["tmpfs"]
        assert service["restart"] == "unless-stopped"
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in COMPOSE["volumes"]
    assert re.fullmatch(r"postgres:\d+", database["image"])


def test_nothing_in_the_repository_is_left_out_by_mistake() -> None:
    assert not ignored("requirements-dev.txt")
    assert Path(ROOT / ".dockerignore").is_file()
