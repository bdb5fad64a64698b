"""Who holds which role, said to whom it was changed by."""

from collections.abc import Mapping, Sequence

from models.base.words import Role
from models.records.people import Reader
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined


def roles_reply(reader: Reader, holders: Mapping[str, Sequence[str]]) -> Message:
    """Who holds which role now."""
    language = Language(reader)
    said = language.say("replies", "roles_saved")
    nobody = language.say("replies", "roles_nobody")
    lines = [
        Text(f"*{terms.role(language, role)}*{language.colon}{people}")
        for role, people in (
            (role, language.people(list(holders.get(role, ())), 10) or nobody) for role in Role
        )
    ]
    card = Card()
    card.text(said)
    card.text(joined("\n", lines))
    return Message(said.fallback(), card.done())
