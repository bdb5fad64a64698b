"""The card of an entry's owner, a file that was asked for, and the answer to what people write."""

from typing import Any

from models.base.words import EntryState
from models.records.people import Reader
from templates.keeping import lines
from templates.reading.facts import for_other
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Attachment, Message
from templates.slack.metadata import PostRef
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import guard, joined, mention


def entry(scene: Scene) -> Message | None:
    """One entry for its owner, until it is settled or somebody else's."""
    found = scene.picture.entry(int(scene.args.get("entry") or 0))
    if found is None:
        return None
    kind = lines.entry_kind(scene.language, found.kind)
    card = Card()
    card.header(scene.say("keeping", "entry_title", kind=kind))
    card.quote(guard(found.text, 2000, keep_lines=True))
    name = guard(found.said_by) if found.said_by else None
    said_by = scene.say("keeping", "entry_said_by", name=name) if name else None
    card.small(said_by)
    when = scene.language.moment(found.added_at)
    card.small(scene.say("keeping", "entry_from", who=mention(found.added_by), when=when))
    if found.state != EntryState.OPEN:
        ended = lines.settled(scene, found)
        card.text(ended)
        card.quote(guard(found.answer, 1000, keep_lines=True) if found.answer else None)
        return Message(joined(" · ", [scene.title, ended]).fallback(), card.done())
    if not scene.reader.is_among([found.owner_id]):
        gone = scene.say("keeping", "entry_with", kind=kind, who=mention(found.owner_id))
        card.text(gone)
        return Message(joined(" · ", [scene.title, gone]).fallback(), card.done())
    card.text(for_other(scene, found.for_id))
    card.text(lines.due(scene, found))
    card.buttons(*lines.entry_buttons(scene, found), scene.details_button())
    push = scene.say("keeping", "entry_push", kind=kind, text=guard(found.text, 200))
    return Message(push.fallback(), card.done())


def document(scene: Scene) -> Message | None:
    """A file of the visit, for whoever asked for it."""
    file = scene.picture.file(int(scene.args.get("file") or 0))
    if file is None:
        return None
    said = scene.say("keeping", "document", name=guard(file.name))
    card = Card()
    card.text(said)
    card.small(lines.file_line(scene, file))
    attachment = Attachment(file.name, place=file.place)
    return Message(said.fallback(), card.done(), attachment=attachment)


def offer(scene: Scene) -> Message:
    """The answer to what somebody wrote or sent; it says nothing of a visit."""
    return _offer(dict(scene.args), scene.reader)


def without_visit(kind: str, args: dict[str, Any], reader: Reader) -> Message | None:
    """What is said without a visit."""
    return _offer(args, reader) if kind == "offer" else None


def _offer(args: dict[str, Any], reader: Reader) -> Message:
    language = Language(reader)
    has_files = bool(args.get("has_files"))
    card = Card()
    if has_files and not args.get("can_read"):
        lacks = language.say("keeping", "lacks_reading")
        card.text(lacks)
        return Message(lacks.fallback(), card.done())
    said = language.say("keeping", "offer_files" if has_files else "offer_words")
    post = PostRef(
        str(args.get("channel")), str(args.get("ts")), args.get("thread"), args.get("visit")
    )
    add = Button(ids.ADD_TO_VISIT, language._("Add to a visit"), post.dump(), "primary")
    new = Button(ids.NEW_VISIT, language._("New visit"), "-")
    guests = Button(ids.GUESTS_OF_POST, language._("Guests of a visit"), post.dump())
    card.text(said)
    is_open = args.get("visit") is not None  # the thread of a visit card
    card.text(language.say("keeping", "offer_open") if has_files and is_open else None)
    mine = Button(ids.SAY, language._("My visits"), "list mine")
    card.buttons(add, guests, *(() if has_files else (new, mine)))
    card.small(None if has_files else language.say("keeping", "offer_help"))
    return Message(said.fallback(), card.done())
