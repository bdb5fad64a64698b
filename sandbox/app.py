"""The one app that is installed: its ids, and what its manifest allows and offers."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.model import Json

_HEARD_AT_FIRST = frozenset({"app_home_opened", "app_mention"})


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, such as `/visit`."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut."""

    callback_id: str
    name: str
    kind: Literal["global", "message"] = "global"


@dataclass(slots=True)
class App:
    """The installed app.

    Before a manifest is installed everything is allowed and every command is delivered (of the
    events only those in `_HEARD_AT_FIRST`); after, only what the manifest names.
    """

    id: str
    bot_user: str
    bot_id: str
    name: str = "Usher"
    installed: bool = False
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    commands: list[Command] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    home_tab: bool = True
    messages_tab: Literal["open", "read_only", "off"] = "open"
    interactive: bool = True

    def install(self, manifest: Json) -> None:
        """Take over a manifest. Raises KeyError when a part that Slack requires is missing."""
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        self.name = manifest["display_information"]["name"]
        self.scopes = frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ()))
        self.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
        self.commands = [
            Command(
                command["command"],
                command["description"],
                command.get("usage_hint", ""),
                bool(command.get("should_escape", False)),
            )
            for command in features.get("slash_commands", ())
        ]
        self.shortcuts = [
            Shortcut(shortcut["callback_id"], shortcut["name"], shortcut["type"])
            for shortcut in features.get("shortcuts", ())
        ]
        app_home = features.get("app_home", {})
        self.home_tab = bool(app_home.get("home_tab_enabled", False))
        self.messages_tab = "open"
        if app_home.get("messages_tab_read_only_enabled", False):
            self.messages_tab = "read_only"
        if not app_home.get("messages_tab_enabled", True):
            self.messages_tab = "off"
        self.interactive = bool(settings.get("interactivity", {}).get("is_enabled", False))
        self.installed = True

    def may(self, scopes: tuple[str, ...]) -> bool:
        """Whether the bot token has one of these scopes (none named: always)."""
        return not self.installed or not scopes or any(scope in self.scopes for scope in scopes)

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to this event."""
        return event in (self.events if self.installed else _HEARD_AT_FIRST)

    def command(self, name: str) -> Command | None:
        """The slash command of that name; None when there is none."""
        if not self.installed:
            return Command(name)
        return next((each for each in self.commands if each.command == name), None)

    def shortcut(self, wanted: str, kind: str = "global") -> Shortcut | None:
        """The shortcut with that name or callback id; None when there is none."""
        if not self.installed:
            return Shortcut(wanted, wanted)
        return next(
            (
                each
                for each in self.shortcuts
                if each.kind == kind and wanted in (each.name, each.callback_id)
            ),
            None,
        )
