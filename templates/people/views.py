"""Who holds which role."""

from typing import Any

from models.base.words import Role
from models.policy import Policy
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.modal import modal
from templates.wording import terms
from templates.wording.language import Language


def setup_form(
    reader: Reader, policy: Policy, holders: dict[str, list[str]], wanted: Role | None = None
) -> dict[str, Any]:
    """One question for each role of the policy: roles, departments and posts in turn; `wanted` is
    the role that something waits for, asked for first."""
    language = Language(reader, roles=policy.company.names)
    card = Card()
    card.text(language.say("forms", "setup_intro"))
    if wanted is not None:
        card.text(language.say("forms", "setup_wanted", role=terms.role(language, wanted)))
    roles = sorted(policy.company.listed, key=lambda role: role.key != wanted)
    placeholder = language._("Choose people")
    questions = [
        Asked(
            role.key,
            terms.role(language, role.key),
            ids.VALUE,
            optional=True,
            placeholder=placeholder,
        ).persons(holders.get(role.key, []))
        for role in roles
    ]
    return modal(
        ids.SETUP_FORM,
        language._("Assign people"),
        [*card.blocks, *questions],
        submit=language._("Save"),
        close=language._("Cancel"),
    )
