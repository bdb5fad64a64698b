"""What a person reads: blocks flattened to lines, Slack's `<...>` tokens as words."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.blocks import elements, nested
from sandbox.model import Json, Message, User
from sandbox.workspace import Workspace

_TOKEN = re.compile(r"<([^<>]*)>")
_DATE_PART = re.compile(r"\{(\w+)\}")


class Reader:
    """Turns what the app sent into what one person sees."""

    def __init__(self, workspace: Workspace, user: User) -> None:
        self._workspace = workspace
        self._user = user

    def message(self, message: Message) -> str:
        """All words of a message, one part per line; blocks replace the text, as in Slack."""
        lines = [self.words(message.text)] if message.text and not message.blocks else []
        lines += self.blocks(message.blocks)
        for attachment in message.attachments:
            parts = [attachment.get(part) for part in ("pretext", "title", "text")]
            lines += [self.words(part) for part in parts if part]
            lines += self.blocks(attachment.get("blocks", []))
        lines += [file.title for file in message.files]
        return "\n".join(lines)

    def blocks(self, blocks: list[Json]) -> list[str]:
        """The lines of some blocks and those within, buttons and inputs left out."""
        return [line for block in nested(blocks) for line in self.own_lines(block)]

    def own_lines(self, block: Json) -> list[str]:
        """The lines of one block without those of the blocks within."""
        return [line for line in self._block(block) if line]

    def words(self, text: str) -> str:
        """mrkdwn as it is shown: names for ids, dates in the reader's zone, `&amp;` as `&`."""
        shown = _TOKEN.sub(lambda match: self._token(match.group(1)), text)
        return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def _block(self, block: Json) -> Iterator[str]:
        kind = block["type"]
        if kind in ("section", "header"):
            if "text" in block:
                yield self._text(block["text"])
            for field in block.get("fields", ()):
                yield self._text(field)
        elif kind == "context":
            yield " ".join(
                self._text(part) for part in block["elements"] if part["type"] != "image"
            )
        elif kind in ("image", "video"):
            if "title" in block:
                yield self._text(block["title"])
            yield block.get("alt_text", "")
        elif kind == "input":
            yield self._text(block["label"])
            if "hint" in block:
                yield self._text(block["hint"])
        elif kind == "markdown":
            yield block["text"]
        elif kind == "rich_text":
            yield from self._rich_lines(block["elements"])
        elif kind in ("table", "data_table"):
            yield block.get("caption", "")
            for row in block["rows"]:
                yield " | ".join(self._cell(cell) for cell in row)
        elif kind == "data_visualization":
            yield block["title"]
            yield from _chart_lines(block["chart"])
        elif kind == "alert":
            yield self._text(block["text"])
        elif kind in ("card", "container"):
            yield from self._rich_lines(block.get("rich_text_title", {}).get("elements", []))
            for part in ("title", "subtitle", "body"):
                if part in block:
                    yield self._text(block[part])
        elif kind == "plan":
            yield block["title"]
            for task in block.get("tasks", ()):
                yield from self._block(task)
        elif kind == "task_card":
            yield block["title"]
            for part in ("details", "output"):
                yield from self._rich_lines(block.get(part, {}).get("elements", []))
            for source in block.get("sources", ()):
                yield source["text"]

    def _text(self, text: Json) -> str:
        if text["type"] == "plain_text":
            return str(text["text"])
        return self.words(text["text"])

    def _cell(self, cell: Json) -> str:
        if cell["type"] == "rich_text":
            return " ".join(self._rich_lines(cell["elements"]))
        return str(cell.get("text", cell.get("value", "")))

    def _rich_lines(self, parts: list[Json]) -> Iterator[str]:
        for part in parts:
            if part["type"] == "rich_text_list":
                yield from self._rich_lines(part["elements"])
            else:
                yield "".join(self._rich_piece(piece) for piece in part.get("elements", ()))

    def _rich_piece(self, piece: Json) -> str:
        kind = piece["type"]
        if kind == "user":
            return self._token("@" + piece["user_id"])
        if kind == "channel":
            return self._token("#" + piece["channel_id"])
        if kind == "emoji":
            return f":{piece['name']}:"
        if kind == "broadcast":
            return "@" + str(piece["range"])
        if kind == "link":
            return str(piece.get("text") or piece["url"])
        if kind == "date":
            return format_date(piece["timestamp"], piece["format"], self._user)
        return str(piece.get("text", ""))

    def _token(self, token: str) -> str:
        body, _, label = token.partition("|")
        if body.startswith("@"):
            user = self._workspace.users.get(body[1:])
            return "@" + (user.shown_name if user else label or body[1:])
        if body.startswith("#"):
            channel = self._workspace.channels.get(body[1:])
            return "#" + (channel.name if channel else label or body[1:])
        if body.startswith("!date^"):
            _, stamp, pattern, *_link = body.split("^")
            return format_date(int(stamp), pattern, self._user)
        if body.startswith("!"):
            return label or "@" + body[1:].partition("^")[0]
        return label or body


def format_date(stamp: int, pattern: str, reader: User) -> str:
    """Slack's date pattern, such as `{date_short} {time}`, in the reader's zone and language."""
    when = datetime.fromtimestamp(stamp, tz=UTC).astimezone(ZoneInfo(reader.tz))
    chinese = reader.locale.startswith("zh")

    def part(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("time"):
            seconds = ":%S" if name == "time_secs" else ""
            if reader.locale == "en-US":
                return when.strftime(f"%I:%M{seconds} %p").lstrip("0")
            return when.strftime(f"%H:%M{seconds}")
        if name == "date_num":
            return when.strftime("%Y-%m-%d")
        if chinese:
            return f"{when.year}年{when.month}月{when.day}日"
        if name.startswith("date_short"):
            return f"{when:%b} {when.day}, {when.year}"
        if name.startswith("date_long"):
            return f"{when:%A}, {when:%B} {when.day}, {when.year}"
        if name.startswith("date"):
            return f"{when:%B} {when.day}, {when.year}"
        return match.group(0)

    return _DATE_PART.sub(part, pattern)


def _chart_lines(chart: Json) -> Iterator[str]:
    for segment in chart.get("segments", ()):
        yield f"{segment['label']}: {segment['value']}"
    for series in chart.get("series", ()):
        points = ", ".join(f"{point['label']} {point['value']}" for point in series["data"])
        yield f"{series['name']}: {points}"


def button_labels(blocks: list[Json]) -> list[str]:
    """The words on the buttons, in order."""
    return [
        str(element["text"]["text"])
        for _, element in elements(blocks)
        if element["type"] == "button"
    ]


def options_of(element: Json) -> list[Json]:
    """The options of a select, overflow, checkboxes or radio element, groups flattened."""
    options: list[Json] = list(element.get("options", ()))
    for group in element.get("option_groups", ()):
        options += group["options"]
    return options


def option_words(option: Json) -> str:
    """The text of an option."""
    text: Any = option["text"]
    return str(text["text"])
