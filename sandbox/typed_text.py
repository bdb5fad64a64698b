"""What a person typed, as Slack passes it on: escaped, with ids for names."""

import re

from sandbox.workspace import Workspace

_MENTION = re.compile(r"(?<!\S)([@#])([\w.\-]+)")


def written_by(workspace: Workspace, text: str, *, labelled: bool = False) -> str:
    """The text with `&`, `<`, `>` escaped and `@handle`, `#channel` as Slack's tokens.

    `labelled` adds the name after a bar, as in the text of slash commands.
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def token(match: re.Match[str]) -> str:
        sign, name = match.groups()
        try:
            found_id = (workspace.user(name) if sign == "@" else workspace.channel(name)).id
        except LookupError:
            return match.group(0)
        label = f"|{name}" if labelled else ""
        return f"<{sign}{found_id}{label}>"

    return _MENTION.sub(token, escaped)
