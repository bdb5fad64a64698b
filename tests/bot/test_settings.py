"""Settings: what is wrong is named, with what to put there, and no secret is shown."""

from pathlib import Path

import pytest
import yaml

from bot.settings import Settings, SettingsError, load_settings, misspelled, names
from tests.bot.commands import ROOT

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1-hush", "SLACK_APP_TOKEN": "xapp-1-hush"}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment with nothing of Usher's in it, in an empty folder."""
    for name in names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("USHER_TEST_FOLDER", raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def faults(env: pytest.MonkeyPatch, **given: str) -> list[str]:
    """The lines that come of these variables and two good tokens."""
    for name, value in {**GOOD, **given}.items():
        env.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load_settings(for_slack=True)
    return raised.value.faults


def test_defaults_are_enough_besides_the_tokens(env: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        env.setenv(name, value)
    settings = load_settings(for_slack=True)
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url.get_secret_value() == "sqlite:///usher.db"
    assert (settings.usher_policy, settings.usher_channel) == ("standard", "visits")
    assert settings.site().policy.name == "standard"
    assert settings.bot_token == "xoxb-1-hush"


def test_dot_env_is_read_and_the_environment_wins(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nUSHER_LOCALE=zh_CN\nPORT=\n"
        "USHER_CHANNEL='#来访'\nPOSTGRES_PASSWORD=x\n",
        encoding="utf-8",
    )
    env.setenv("SLACK_BOT_TOKEN", "xoxb-environment")
    settings = load_settings(for_slack=True)
    assert settings.bot_token == "xoxb-environment"
    assert (settings.usher_locale, settings.usher_channel, settings.port) == ("zh", "来访", None)


def test_what_is_missing_is_named_with_what_to_put_there(env: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(for_slack=True)
    first, second = raised.value.faults
    assert first.startswith("SLACK_BOT_TOKEN is missing: put there the bot token")
    assert second.startswith("SLACK_APP_TOKEN is missing")
    assert "SLACK_SIGNING_SECRET" in second


def test_without_slack_nothing_is_missing(env: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN is missing"):
        _ = settings.bot_token


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1-hush", "SLACK_BOT_TOKEN holds an app-level token"),
        ("SLACK_BOT_TOKEN", "nonsense", "SLACK_BOT_TOKEN holds no token; it begins with xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxb-1 hush", "SLACK_BOT_TOKEN has spaces"),
        ("SLACK_APP_TOKEN", "xoxb-1-hush", "SLACK_APP_TOKEN holds a bot token"),
        ("SLACK_API_URL", "slack.com/api", "SLACK_API_URL 'slack.com/api' is not an address"),
        ("DATABASE_URL", "mysql://u:hush@h/d", "DATABASE_URL names mysql"),
        ("DATABASE_URL", "usher.db", "DATABASE_URL is not an address of a database"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL names no file"),
        ("USHER_POLICY", "standrad", "did you mean 'standard'?"),
        ("USHER_TIMEZONE", "Asia/Shanghia", "did you mean Asia/Shanghai?"),
        ("USHER_TIMEZONE", "Nowhere", "'Nowhere' is not an IANA time zone"),
        ("USHER_LOCALE", "fr", "USHER_LOCALE 'fr' is not a language that Usher speaks"),
        ("USHER_CHANNEL", "My Visits", "USHER_CHANNEL 'My Visits' is not a channel"),
        ("USHER_CLOCK_GUARD", "a minute", "'a minute' is no number of seconds from 0 to 86400"),
        ("USHER_CLOCK_GUARD", "-1", "'-1' is no number of seconds"),
        ("PORT", "eighty", "PORT 'eighty' is not a port"),
        ("PORT", "70000", "PORT '70000' is not a port"),
    ],
)
def test_a_wrong_value_is_named(env: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    (line,) = faults(env, **{name: value})
    assert words in line
    assert line.startswith(name)
    assert "hush" not in line


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("USHER_TIMEZNE", "USHER_TIMEZONE"),
        ("USHER_CHANEL", "USHER_CHANNEL"),
        ("SLACK_BOT_TOKN", "SLACK_BOT_TOKEN"),
        ("SLACK_SIGNIN_SECRET", "SLACK_SIGNING_SECRET"),
    ],
)
def test_a_misspelled_name_is_named_with_the_right_one(
    env: pytest.MonkeyPatch, name: str, right: str
) -> None:
    assert faults(env, **{name: "hush"}) == [f"{name} is not a setting: did you mean {right}?"]


def test_other_programs_variables_are_left_alone() -> None:
    assert misspelled(["SLACK_WEBHOOK", "SLACK_CLI_XOXP", "PORTS", "DATABASE_URI"]) == []
    (line,) = misspelled(["USHER_COLOUR_OF_EVERYTHING"])
    assert "there are SLACK_BOT_TOKEN" in line


def test_in_dot_env_anything_near_one_of_ours_counts() -> None:
    assert misspelled([], ["DATABSE_URL", "POSTGRES_PASSWORD"]) == [
        "DATABSE_URL is not a setting: did you mean DATABASE_URL?"
    ]


def test_everything_wrong_is_said_at_once(env: pytest.MonkeyPatch) -> None:
    lines = faults(env, PORT="x", USHER_LOCALE="fr", USHER_POLCY="x", SLACK_BOT_TOKEN="x")
    assert [line.split()[0] for line in lines] == [
        "USHER_POLCY", "SLACK_BOT_TOKEN", "USHER_LOCALE", "PORT",
    ]  # fmt: skip


def test_a_dot_env_that_is_no_text_is_named(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"USHER_CHANNEL=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"\.env cannot be read: it is not UTF-8 text"):
        load_settings()


def test_secrets_do_not_show(env: pytest.MonkeyPatch) -> None:
    env.setenv("DATABASE_URL", "postgresql://usher:hush@db/usher")
    for name, value in GOOD.items():
        env.setenv(name, value)
    assert "hush" not in repr(load_settings())


def test_example_and_documentation_name_every_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name in names():
        assert f"{name}=" in example
        assert f"`{name}`" in manual


def test_the_compose_file_sets_what_there_is() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services["usher"]["environment"]) <= set(names())
    assert services["usher"]["depends_on"]["database"]["condition"] == "service_healthy"


def test_the_example_can_be_used_as_it_is(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text("utf-8"), encoding="utf-8")
    assert isinstance(load_settings(for_slack=True), Settings)
