"""What is said while guests are added and changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.customers.party import FIELDS
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.request.guest_terms import answers, field_label
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined


def saved_words(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    name: str,
    party_size: int | None,
    alike: Sequence[str] = (),
) -> Text:
    """That a guest was saved, and what came of it."""
    scene = Scene.of(reader, picture, now)
    names = joined(scene.language.comma, [guard(each) for each in alike])
    return joined(
        "\n",
        [
            scene.say("guests", "saved", name=name),
            _size(scene, party_size),
            scene.say("guests", "alike", names=names) if names else None,
        ],
    )


def removed_words(reader: Reader, picture: VisitPicture, now: datetime, name: str) -> Text:
    """That a guest is on the list no more."""
    return Scene.of(reader, picture, now).say("guests", "removed", name=name)


def listed_words(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    added: int,
    filled: int,
    party_size: int | None,
) -> Text:
    """How many a list has brought."""
    scene = Scene.of(reader, picture, now)
    said = scene.say("guests", "list_saved", added=added, filled=filled)
    return joined("\n", [said, _size(scene, party_size)])


def theirs_words(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    fields: Sequence[str],
    values: dict[str, Any],
) -> str:
    """What somebody else has entered meanwhile in the fields that both have changed."""
    scene = Scene.of(reader, picture, now)
    language, options = scene.language, {each.key: each for each in FIELDS}

    def shown(key: str) -> Text:
        value = values.get(key)
        words = dict(answers(language, picture.policy, options[key]))
        if isinstance(value, list):
            return joined(language.comma, [words.get(code, guard(code)) for code in value])
        if isinstance(value, bool):
            return scene._("Yes") if value else Text("–")
        return words.get(str(value), guard(value)) if value else Text("–")

    theirs = [
        Text(f"{field_label(language, key)}{language.colon}{shown(key) or Text('–')}")
        for key in fields
    ]
    return scene.say("guests", "overtaken", theirs=joined(" · ", theirs)).mrkdwn()


def nothing_read(reader: Reader, picture: VisitPicture, now: datetime) -> str:
    """That no guest was found in what was given."""
    return Scene.of(reader, picture, now).say("guests", "nothing_read").mrkdwn()


def _size(scene: Scene, party_size: int | None) -> Text | None:
    if party_size is None:
        return None
    return scene.say("guests", "party_size", size=party_size)
