"""Who holds a role for a visit: told to whoever is named, and shown with the visit."""

from collections.abc import Iterator, Mapping
from typing import Any

from models.records.people import Reader
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined, mention


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


def roles_changed(scene: Scene) -> Message:
    """Who holds which role from now on, told without a visit."""
    return _changed(scene.language, scene.args)


def without_visit(kind: str, args: Mapping[str, Any], reader: Reader) -> Message | None:
    """The same: it belongs to no visit."""
    return _changed(Language(reader), args) if kind == "roles_changed" else None


def _changed(language: Language, args: Mapping[str, Any]) -> Message:
    by = args.get("by")
    who = mention(str(by)) if by else language._("Somebody")
    said = language.say("notices", "roles_changed", who=who)
    lines = []
    for change in args["changes"]:
        parts = [
            language.say("notices", name, people=language.people(list(change[which]), 10))
            for which, name in (("added", "role_added"), ("gone", "role_gone"))
            if change[which]
        ]
        term = terms.role(language, str(change["role"]))
        lines.append(Text(f"*{term}*{language.colon}{joined(language.comma, parts)}"))
    card = Card()
    card.text(said)
    card.text(joined("\n", lines))
    return Message(said.fallback(), card.done())


def named_lines(scene: Scene) -> Iterator[Text]:
    """Who holds which role for this visit, a line each."""
    language = scene.language
    for role in scene.picture.policy.company.for_visits:
        people = scene.picture.named.get(role.key)
        if people:
            term = terms.role(language, role.key)
            yield Text(f"*{term}*{language.colon}{language.people(people)}")
