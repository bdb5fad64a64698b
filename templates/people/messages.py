"""Who holds a role for a visit: told to whoever is named, and shown with the visit."""

from collections.abc import Iterator

from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, mention


def named(scene: Scene) -> Message | None:
    """That the reader holds a role for the visit, by whom and what it is."""
    role = str(scene.args["role"])
    if scene.is_off or not scene.reader.is_among(scene.picture.named.get(role, [])):
        return None
    term, by = terms.role(scene.language, role), scene.args.get("by")
    name, who = ("named_by", mention(by)) if by else ("named", "")
    card = Card()
    card.text(scene.say("notices", name, role=term, who=who, when=scene.arrival))
    card.buttons(scene.details_button())
    push = scene.say("notices", "named_push", role=term, when=scene.arrival)
    return Message(push.fallback(), card.done())


def named_lines(scene: Scene) -> Iterator[Text]:
    """Who holds which role for this visit, a line each."""
    language = scene.language
    for role in scene.picture.policy.company.for_visits:
        people = scene.picture.named.get(role.key)
        if people:
            term = terms.role(language, role.key)
            yield Text(f"*{term}*{language.colon}{language.people(people)}")
