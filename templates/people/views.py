"""Who holds which role."""

from typing import Any

from models.base.words import Role
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.modal import modal
from templates.wording import terms
from templates.wording.language import Language


def setup_form(
    reader: Reader, holders: dict[str, list[str]], wanted: Role | None = None
) -> dict[str, Any]:
    """One question a role; `wanted` is the role that something waits for, asked for first."""
    language = Language(reader)
    card = Card()
    card.text(language.say("forms", "setup_intro"))
    if wanted is not None:
        card.text(language.say("forms", "setup_wanted", role=terms.role(language, wanted)))
    roles = sorted(Role, key=lambda role: role != wanted)
    placeholder = language._("Choose people")
    questions = [
        Asked(
            role, terms.role(language, role), ids.VALUE, optional=True, placeholder=placeholder
        ).persons(holders.get(role, []))
        for role in roles
    ]
    return modal(
        ids.SETUP_FORM,
        language._("Assign people"),
        [*card.blocks, *questions],
        submit=language._("Save"),
        close=language._("Cancel"),
    )
