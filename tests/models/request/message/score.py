"""The score of the reader on messages whose facts are known."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from models.request.message.read import read_message
from models.request.message.said import Found, FoundGuest, Said

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo(ZONE))
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Message:
    """A message of the set, with what it states."""

    name: str
    text: str
    facts: dict[str, Any]
    doubtful: dict[str, list[str]]
    held_out: bool = False
    language: str = ""


@dataclass
class Score:
    """How many of the stated fields were read rightly, which were missed, and which are wrong."""

    stated: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        share = 100 * self.right / max(1, self.stated)
        return f"{self.right} of {self.stated} ({share:.1f} %), {len(self.wrong)} wrong"


def messages() -> list[Message]:
    """All messages of the set."""
    found = []
    for language in ("english", "chinese"):
        content = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        for each in content["message"]:
            facts = dict(each["facts"])
            doubtful = dict(each.get("doubtful", {}))
            held = bool(each.get("held_out"))
            found.append(Message(each["name"], each["text"], facts, doubtful, held, language))
    return found


def score(chosen: list[Message]) -> Score:
    """Reads each message, and counts."""
    total = Score()
    for message in chosen:
        found = read_message(message.text, NOW, ZONE)
        for name, is_stated, is_right, shown in _fields(message, found):
            total.stated += is_stated
            total.right += is_stated and is_right
            line = f"{message.language}/{message.name}: {name} {shown}"
            if is_stated and not is_right and "WRONG" not in shown:
                total.missed.append(line)
            if "WRONG" in shown:
                total.wrong.append(line)
    return total


def _fields(message: Message, found: Found) -> Iterator[tuple[str, bool, bool, str]]:
    """Each field: whether it is stated, whether it was read rightly, and what is to be shown."""
    names = set(message.facts) | set(message.doubtful) | set(found.texts) | set(found.moments)
    if found.party_size is not None:
        names.add("party_size")
    for name in sorted(names - {"guests"}):
        said = _said(found, name)
        if name in message.doubtful:
            is_right = said is not None and said.value is None and bool(said.candidates)
            has_all = is_right and said is not None and _has(said, message.doubtful[name])
            is_wrong = said is not None and said.value is not None
            yield name, True, has_all, _shown("doubtful", said, is_wrong)
        elif name in message.facts:
            is_right = said is not None and _equal(message.facts[name], said)
            is_wrong = said is not None and said.value is not None and not is_right
            yield name, True, is_right, _shown(message.facts[name], said, is_wrong)
        else:
            is_wrong = said is not None and said.value is not None
            yield name, False, not is_wrong, _shown("nothing", said, is_wrong)
    yield from _guests(message, found)


def _guests(message: Message, found: Found) -> Iterator[tuple[str, bool, bool, str]]:
    read = [_written(each.value) for each in found.guests if each.value is not None]
    stated = [str(each) for each in message.facts.get("guests", ())]
    for guest in stated:
        yield "guest", True, guest in read, f"wanted {guest!r}, read {read}"
    for guest in read:
        if guest not in stated:
            yield "guest", False, False, f"WRONG {guest!r}"


def _written(guest: FoundGuest) -> str:
    return " | ".join(filter(None, (guest.name, guest.title, guest.phone, guest.mail)))


def _said(found: Found, name: str) -> Said[Any] | None:
    if name == "party_size":
        return found.party_size
    return found.texts.get(name) or found.moments.get(name)


def _equal(fact: Any, said: Said[Any]) -> bool:
    value = said.value
    if not isinstance(value, datetime):
        return bool(value == fact)
    if "T" not in str(fact):
        return said.is_open and value.astimezone(ZoneInfo(ZONE)).date().isoformat() == fact
    return not said.is_open and value == datetime.fromisoformat(fact)


def _has(said: Said[Any], wanted: list[str]) -> bool:
    shown = []
    for each in said.candidates:
        name = each.name if isinstance(each, FoundGuest) else each
        shown.append(name.isoformat()[:10] if isinstance(name, datetime) else str(name))
    return all(any(want in each for each in shown) for want in wanted)


def _shown(wanted: object, said: Said[Any] | None, is_wrong: bool) -> str:
    read = "nothing" if said is None else f"{said.value or said.candidates} from {said.quote!r}"
    return f"{'WRONG ' if is_wrong else ''}wanted {wanted}, read {read}"
