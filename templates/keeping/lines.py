"""Entries and files of a visit in the reader's words, a line each."""

from models.base.permissions import Verb, reads_file
from models.base.words import EntryKind, EntryState, FileUse
from models.records.entries import Entry
from models.records.files import VisitFile
from templates.slack import ids
from templates.slack.blocks import Button, Card, few, rest
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text, guard, joined, mention

_KINDS = {
    EntryKind.QUESTION: N_("Question"),
    EntryKind.SUGGESTION: N_("Suggestion"),
    EntryKind.INTENTION: N_("Intention"),
    EntryKind.PROMISE: N_("Promise"),
    EntryKind.ORDER: N_("Order"),
    EntryKind.PROBLEM: N_("Issue"),
    EntryKind.INCIDENT: N_("Incident"),
    EntryKind.ERROR: N_("Error"),
    EntryKind.COMPLAINT: N_("Complaint"),
    EntryKind.PRAISE: N_("Praise"),
    EntryKind.PROGRESS: N_("Progress"),
    EntryKind.CALL: N_("Call"),
}
_USES = {
    FileUse.PHOTO: N_("Photograph"),
    FileUse.RECEIPT: N_("Receipt"),
    FileUse.SIGNED: N_("Signed original"),
    FileUse.WORD: N_("What a leader said"),
    FileUse.OTHER: N_("Other"),
}
_KILO = 1024
_TEXT_SHOWN = 300


def entry_kind(language: Language, code: str) -> Text:
    """What kind of entry it is."""
    return language._(_KINDS[EntryKind(code)]) if code in set(EntryKind) else guard(code)


def entry_kinds(language: Language) -> list[tuple[str, Text]]:
    """Every kind: code and words."""
    return [(str(kind), language._(words)) for kind, words in _KINDS.items()]


def file_uses(language: Language) -> list[tuple[str, Text]]:
    """What a file can be: code and words."""
    return [(str(use), language._(words)) for use, words in _USES.items()]


def file_use(language: Language, code: str) -> Text:
    """What a file is to its visit."""
    return language._(_USES[FileUse(code)]) if code in set(FileUse) else guard(code)


def due(scene: Scene, entry: Entry) -> Text | None:
    """Until when it is wanted."""
    at = entry.due_at
    return scene.say("keeping", "entry_due", when=scene.when(at)) if at is not None else None


def settled(scene: Scene, entry: Entry) -> Text:
    """How it was settled, by whom and when."""
    name = "entry_dropped" if entry.state == EntryState.DROPPED else "entry_done"
    when = scene.when(entry.answered_at) if entry.answered_at is not None else Text("–")
    who = mention(entry.answered_by or entry.owner_id)
    return scene.say(
        "keeping", name, kind=entry_kind(scene.language, entry.kind), who=who, when=when
    )


def show_entries(scene: Scene, card: Card, allowed: frozenset[Verb]) -> None:
    """What is open, whose and until when; then what was settled, newest first. All for whoever
    reads them, else what is one's own or was noted by oneself; buttons for who settles them."""
    entries = scene.picture.entries
    if Verb.READ_ENTRIES not in allowed:
        entries = [e for e in entries if scene.reader.is_among([e.owner_id, e.added_by])]
    settles = Verb.SETTLE_ENTRY in allowed
    waiting = [entry for entry in entries if entry.state == EntryState.OPEN]
    ended = [entry for entry in entries[::-1] if entry.state != EntryState.OPEN]
    if waiting:
        card.divider()
        card.text(scene.say("keeping", "open_entries"))
        shown = few(card, waiting, size=3, spare=25, most=8)
        for entry in shown:
            kind = Text(f"▫️ *{entry_kind(scene.language, entry.kind)}*")
            card.text(joined(" · ", [kind, mention(entry.owner_id), due(scene, entry)]))
            card.quote(guard(entry.text, _TEXT_SHOWN, keep_lines=True))
            if settles:
                card.buttons(*entry_buttons(scene, entry))
        rest(card, scene.language, waiting, shown)
    if ended:
        card.divider()
        card.text(scene.say("keeping", "settled_entries"))
        listed = few(card, ended, size=2, spare=20, most=5)
        for entry in listed:
            reopen = Button(ids.ENTRY_REOPEN, scene._("Reopen"), ids.pack(entry.id))
            card.text(settled(scene, entry), reopen if settles else None)
            said = [guard(words, _TEXT_SHOWN) for words in (entry.text, entry.answer) if words]
            card.quote(joined("\n→ ", said))
        rest(card, scene.language, ended, listed)


def entry_buttons(scene: Scene, entry: Entry) -> list[Button]:
    """What can be done about an open entry."""
    value = ids.pack(entry.id)
    return [
        Button(ids.ENTRY_DONE, scene._("Done"), value, "primary"),
        Button(ids.ENTRY_ANSWER, scene._("Answer"), value),
        Button(ids.ENTRY_HAND_OVER, scene._("Hand over"), value),
    ]


def show_files(scene: Scene, card: Card, allowed: frozenset[Verb], *, sends: bool) -> None:
    """The files that the reader may have by name, who added them and when; `sends`: with a button
    that sends each."""
    found = scene.picture.files[::-1]
    files = [
        file
        for file in found
        if scene.reader.is_among([file.added_by]) or reads_file(file.use, allowed)
    ]
    if not files:
        return
    card.divider()
    card.text(scene.say("keeping", "files"))
    shown = few(card, files, size=2, spare=15, most=8)
    for file in shown:
        send = Button(ids.SEND_FILE, scene._("Send to me"), ids.pack(scene.visit_id, file.id))
        card.text(Text(f"📎 {guard(file.name, 200)}"), send if sends else None)
        card.small(file_line(scene, file))
    rest(card, scene.language, files, shown)


def file_line(scene: Scene, file: VisitFile) -> Text:
    """What a file is, how large, and who added it."""
    return scene.say(
        "keeping",
        "file_added",
        use=file_use(scene.language, file.use),
        size=size(file.size),
        who=mention(file.added_by),
        when=scene.language.moment(file.added_at),
    )


def size(count: int) -> Text:
    """A number of bytes, in kB or MB."""
    if count < _KILO * _KILO:
        return Text(f"{max(count // _KILO, 1)} kB")
    return Text(f"{count / _KILO / _KILO:.1f} MB")
