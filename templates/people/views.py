"""Who holds which role."""

from typing import Any

from models.base.words import Party, Role
from models.policy import Policy
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.people.absence import hand_all_button
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language

SECOND_HOST = str(Party.SECOND_HOST)


def fill_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Who holds a role for one visit: a question for each that the policy lets somebody hold, and
    the second host."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(scene.say("forms", "fill_intro"))
    questions = []
    for role in picture.policy.company.for_visits:
        there = picture.named.get(role.key, [])
        usual = [p for p in picture.holders.get(role.key, []) if p not in there]
        hint = scene.say("forms", "fill_usual") if usual else None
        label = terms.role(scene.language, role.key)
        asked = Asked(role.key, label, ids.VALUE, optional=True, hint=hint)
        questions.append(asked.persons(there[: role.per_visit], role.per_visit))
    second = Asked(
        SECOND_HOST, terms.role(scene.language, SECOND_HOST), ids.VALUE, optional=True
    ).person(picture.visit.second_host_id)
    return modal(
        ids.FILL_ROLES_FORM,
        scene._("Fill roles"),
        [*card.blocks, *questions, second],
        submit=scene._("Save"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id),
    )


def setup_form(
    reader: Reader, policy: Policy, holders: dict[str, list[str]], wanted: Role | None = None
) -> dict[str, Any]:
    """One question for each role of the policy: roles, departments and posts in turn; `wanted` is
    the role that something waits for, asked for first."""
    language = Language(reader, roles=policy.company.names)
    card = Card()
    card.text(language.say("forms", "setup_intro"))
    card.buttons(hand_all_button(language))
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
