"""Answers to the forms for entries and files, shown to the person alone."""

from collections.abc import Sequence

from models.keeping.files import FileRefused
from models.reading.picture import VisitPicture
from models.records.entries import Entry
from models.records.files import VisitFile
from models.records.people import Reader
from templates.slack.blocks import Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined, mention


def entry_added(
    reader: Reader, picture: VisitPicture, entry: Entry, *, is_repeat: bool = False
) -> Message:
    """That an entry is kept, and who has it."""
    scene = Scene.of(reader, picture, entry.added_at)
    name = "entry_added_before" if is_repeat else "entry_added"
    said = scene.say("keeping", name, who=mention(entry.owner_id))
    return short(said, scene.details_button())


def files_added(
    reader: Reader,
    picture: VisitPicture | None,
    files: Sequence[VisitFile],
    refused: Sequence[FileRefused],
) -> Message:
    """Which files are kept with the visit, and which are not and why."""
    language = Language(reader)
    said: list[Text] = []
    card = Card()
    if picture is not None and files:
        scene = Scene.of(reader, picture, files[0].added_at)
        names = joined(language.comma, [guard(file.name, 200) for file in files])
        said.append(scene.say("keeping", "files_added", names=names))
    said += [refusal(language, each) for each in refused]
    for each in said:
        card.text(each)
    return Message(joined(" ", said).fallback(), card.done())


def refusal(language: Language, refused: FileRefused) -> Text:
    """Why a file is not kept."""
    why, name = refused.facts["why"], guard(refused.facts["name"], 100)
    return language.say("keeping", f"file_{why}", name=name)


def file_sent(reader: Reader, file: VisitFile) -> Message:
    """That a file comes by message."""
    said = Language(reader).say("keeping", "file_sent", name=guard(file.name, 100))
    return short(said)


def calendar_coming(reader: Reader) -> str:
    """That the calendar file comes by message."""
    return Language(reader).say("keeping", "calendar_coming").mrkdwn()


def no_visit(reader: Reader) -> str:
    """There is no visit to add anything to."""
    return Language(reader).say("keeping", "no_visit").mrkdwn()


def lacks(reader: Reader, scope: str) -> str:
    """That the app is installed without what this needs."""
    name = "lacks_reading" if scope == "files:read" else "lacks_writing"
    return Language(reader).say("keeping", name).mrkdwn()
