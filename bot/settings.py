"""The settings: read from the environment and `.env`, checked all at once, explained by name."""

import os
import re
import urllib.request
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from models.policy import PolicyError, load_policy
from services.reading.desk import Site
from services.store.database import DatabaseTrouble, parse_url

ENV_FILE = Path(".env")
_PORT = 3000
_LONGEST_GUARD = 86400
_OURS = ("USHER_", "SLACK_")
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{8,}")
_CHANNEL_NAME = re.compile(r"[^A-Z\s.,!?'\"@#$%^&*()+=\[\]{}<>/\\|~`:;]{1,80}")


class SettingsError(Exception):
    """Usher cannot start; the message has a line for each setting, naming it and what to put there.

    No line holds the value of a secret.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _token(prefix: str, place: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        plain = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        kinds = {"xoxb-": "a bot token", "xapp-": "an app-level token", "xoxp-": "a user token"}
        other = next((kind for start, kind in kinds.items() if plain.startswith(start)), "no token")
        if not plain.startswith(prefix):
            raise ValueError(f"holds {other}; it begins with {prefix} and stands in {place}")
        if plain != plain.strip() or not plain.isascii() or " " in plain:
            raise ValueError("has spaces or strange characters in it: copy the token again")
        return value

    return BeforeValidator(check)


def _api_url(value: Any) -> str:
    url = str(value).strip()
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise ValueError(f"{url!r} is not an address; Slack's own is https://slack.com/api/")
    return url if url.endswith("/") else url + "/"


def _database_url(value: Any) -> SecretStr:
    written = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    try:
        url = parse_url(written.strip())
    except DatabaseTrouble as trouble:
        raise ValueError(trouble.message.removeprefix("DATABASE_URL ")) from None
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError("names no file, so all would be lost at the end: sqlite:///usher.db")
    return SecretStr(url.render_as_string(hide_password=False))


def _policy(value: Any) -> str:
    try:
        load_policy(str(value))
    except PolicyError as error:
        raise ValueError(str(error)) from None
    return str(value)


def _timezone(value: Any) -> str:
    zone = str(value).strip()
    known = available_timezones()
    if zone not in known:
        best = nearest(zone, known)
        hint = f"; did you mean {best}?" if best else "; write for example Asia/Shanghai"
        raise ValueError(f"{zone!r} is not an IANA time zone{hint}")
    return ZoneInfo(zone).key


def _locale(value: Any) -> str:
    locale = str(value).strip().lower().replace("_", "-").partition("-")[0]
    if locale not in {"en", "zh"}:
        raise ValueError(f"{value!r} is not a language that Usher speaks: write en or zh")
    return locale


def _channel(value: Any) -> str:
    channel = str(value).strip().removeprefix("#")
    if not _CHANNEL_ID.fullmatch(channel) and not _CHANNEL_NAME.fullmatch(channel):
        raise ValueError(f"{value!r} is not a channel: write its name (visits) or id (C0123456789)")
    return channel


def _folder(value: Any) -> str | None:
    if value is None:
        return None
    folder = str(value).strip()
    if "://" in folder:
        raise ValueError(f"{folder!r} is an address: write a folder, which several bots can share")
    if Path(folder).is_file():
        raise ValueError(f"{folder!r} is a file: write a folder")
    return folder


def _port(value: Any) -> int | None:
    if value is None:
        return None
    try:
        port = int(str(value).strip())
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise ValueError(f"{value!r} is not a port: write a number from 1 to 65535")
    return port


def _seconds(value: Any) -> int:
    try:
        seconds = int(str(value).strip())
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= _LONGEST_GUARD:
        raise ValueError(f"{value!r} is no number of seconds from 0 to {_LONGEST_GUARD}")
    return seconds


class Settings(BaseSettings):
    """What the environment says. Each field is the variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, validate_default=False
    )

    slack_bot_token: Annotated[
        SecretStr | None, _token("xoxb-", "your Slack app's page under OAuth & Permissions")
    ] = Field(
        default=None,
        description="the bot token of your Slack app (xoxb-…), from OAuth & Permissions",
    )
    slack_app_token: Annotated[
        SecretStr | None, _token("xapp-", "your Slack app's page under Basic Information")
    ] = Field(
        default=None,
        description="the app-level token (xapp-…) with connections:write, for Socket Mode",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="the signing secret from Basic Information, where HTTP is used instead",
    )
    slack_api_url: Annotated[str, BeforeValidator(_api_url)] = Field(
        default="https://slack.com/api/", description="where Slack's Web API is"
    )
    database_url: Annotated[SecretStr, BeforeValidator(_database_url)] = Field(
        default=SecretStr("sqlite:///usher.db"),
        description="a SQLite file (sqlite:///usher.db) or PostgreSQL (postgresql://…)",
    )
    usher_policy: Annotated[str, BeforeValidator(_policy)] = Field(
        default="standard", description="the company's procedure: a shipped one's name or a file"
    )
    usher_timezone: Annotated[str, BeforeValidator(_timezone)] = Field(
        default="Asia/Shanghai", description="the company's time zone (IANA name)"
    )
    usher_locale: Annotated[str, BeforeValidator(_locale)] = Field(
        default="en", description="the language of the channel: en or zh"
    )
    usher_channel: Annotated[str, BeforeValidator(_channel)] = Field(
        default="visits", description="the channel of the visit cards: its name or id"
    )
    usher_files: Annotated[str | None, BeforeValidator(_folder)] = Field(
        default=None,
        description="the folder of the files that people add to visits; several bots share it",
    )
    usher_clock_guard: Annotated[int, BeforeValidator(_seconds)] = Field(
        default=60,
        description="how long what time brings waits when the clock has jumped (seconds; 0: not)",
    )
    port: Annotated[int | None, BeforeValidator(_port)] = Field(
        default=None,
        description="where HTTP is served; with Socket Mode, health and metrics, if it is set",
    )

    @property
    def uses_socket_mode(self) -> bool:
        """Whether Slack is reached through a socket that the bot opens."""
        return self.slack_app_token is not None

    @property
    def http_port(self) -> int | None:
        """Where HTTP is served; None with Socket Mode unless a port is set."""
        return self.port if self.uses_socket_mode else self.port or _PORT

    @property
    def files_folder(self) -> Path:
        """Where files of visits are kept: unless a folder is named, one beside the database file,
        else in the working folder."""
        if self.usher_files is not None:
            return Path(self.usher_files)
        url = parse_url(self.database_url.get_secret_value())
        file = url.database if url.get_backend_name() == "sqlite" else None
        return (Path(file).parent if file else Path()) / "usher-files"

    @property
    def bot_token(self) -> str:
        """The bot token in the clear. Raises SettingsError when there is none."""
        self.require_slack()
        return self.slack_bot_token.get_secret_value() if self.slack_bot_token else ""

    @property
    def signing_secret(self) -> str:
        """What Slack signs by, in the clear; empty where there is none."""
        secret = self.slack_signing_secret
        return secret.get_secret_value() if secret is not None else ""

    def require_slack(self) -> Self:
        """Return the settings if they can reach Slack. Raises SettingsError."""
        faults = _missing(name.upper() for name in type(self).model_fields if getattr(self, name))
        if faults:
            raise SettingsError(faults)
        return self

    def site(self) -> Site:
        """The site that these settings describe, its policy loaded."""
        return Site(self.usher_timezone, self.usher_locale, load_policy(self.usher_policy))


def load_settings(*, for_slack: bool = False, env_file: Path = ENV_FILE) -> Settings:
    """Read the environment and `.env` (the environment wins).

    `for_slack`: the tokens have to be there. Raises SettingsError with everything that is wrong.
    """
    written = _written(env_file)
    faults = misspelled(os.environ, written)
    if for_slack:
        faults += _missing(
            name.upper() for name, value in {**written, **os.environ}.items() if value
        )
    settings = None
    try:
        settings = Settings(_env_file=env_file if written else None, _env_file_encoding="utf-8")
    except ValidationError as error:
        faults += [_line(dict(fault)) for fault in error.errors(include_input=False)]
    if faults or settings is None:
        raise SettingsError(faults)
    return settings


def leave_proxies_out(api_url: str) -> None:
    """Have slack_sdk go straight to a Slack on this machine, or one that NO_PROXY names.

    It would send even those calls through the proxy of the environment.
    """
    host = urlsplit(api_url).hostname or ""
    try:
        here = ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    if here or urllib.request.proxy_bypass(host):
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
            os.environ.pop(name, None)


def names() -> list[str]:
    """The variables that Usher reads."""
    return [field.upper() for field in Settings.model_fields]


def misspelled(environment: Iterable[str], written: Iterable[str] = ()) -> list[str]:
    """Lines about variables that look like ours and are not, each with the nearest right one.

    The environment belongs to others too: there a name counts when it begins with USHER_, or
    begins with SLACK_ and is near one of ours. In `.env` anything near one of ours counts.
    """
    known = names()
    lines = []
    for name in sorted({*environment, *written}):
        upper = name.upper()
        if upper in known:
            continue
        best = nearest(upper, known)
        mine = upper.startswith("USHER_")
        near = best is not None and (upper.startswith(_OURS) or name in set(written))
        if mine or near:
            hint = f"did you mean {best}?" if best else f"there are {', '.join(known)}"
            lines.append(f"{name} is not a setting: {hint}")
    return lines


def _missing(given: Iterable[str]) -> list[str]:
    there, fields = set(given), Settings.model_fields
    faults = []
    if "SLACK_BOT_TOKEN" not in there:
        faults.append(
            f"SLACK_BOT_TOKEN is missing: put there {fields['slack_bot_token'].description}"
        )
    if not there & {"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}:
        faults.append(
            f"SLACK_APP_TOKEN is missing: put there {fields['slack_app_token'].description}; "
            f"or set SLACK_SIGNING_SECRET: {fields['slack_signing_secret'].description}"
        )
    return faults


def _written(env_file: Path) -> dict[str, str | None]:
    if not env_file.is_file():
        return {}
    try:
        source = DotEnvSettingsSource(Settings, env_file=env_file, env_file_encoding="utf-8")
        return {name.upper(): value for name, value in source.env_vars.items()}
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError([f"{env_file} cannot be read: {reason}"]) from None


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that is most like this one, if any is near."""
    choices = sorted(words)
    best = process.extractOne(
        word, choices, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.7
    )
    return str(best[0]) if best else None


def _line(fault: dict[str, Any]) -> str:
    name = str(fault["loc"][0]).upper() if fault["loc"] else "the settings"
    return f"{name} {str(fault['msg']).removeprefix('Value error, ')}"
