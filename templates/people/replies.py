"""Who holds which role, said to whom it was changed by."""

from collections.abc import Mapping, Sequence

from models.policy import Policy
from models.records.people import Reader
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined


def roles_reply(reader: Reader, policy: Policy, holders: Mapping[str, Sequence[str]]) -> Message:
    """Who holds which role of the policy now."""
    language = Language(reader, roles=policy.company.names)
    said = language.say("replies", "roles_saved")
    nobody = language.say("replies", "roles_nobody")
    lines = [
        Text(f"*{terms.role(language, role.key)}*{language.colon}{people}")
        for role, people in (
            (role, language.people(list(holders.get(role.key, ())), 10) or nobody)
            for role in policy.company.listed
        )
    ]
    card = Card()
    card.text(said)
    card.text(joined("\n", lines))
    return Message(said.fallback(), card.done())
