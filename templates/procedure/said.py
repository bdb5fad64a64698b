"""A line of `/visit why`: what is said, and the rule behind it as its reader can use it."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.base.permissions import Verb
from models.policy.clauses import clause_of
from models.policy.source import Source
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined

_QUOTED = 300
"""Characters of a paragraph that are quoted."""


@dataclass(frozen=True)
class Line:
    """What is said of a visit; `place` is the rule behind it, None for a note."""

    said: Text
    place: Source | None = None


def shown(scene: Scene, lines: Iterable[Line], allowed: frozenset[Verb]) -> list[Text]:
    """The lines for one reader. Each paragraph of the company's own procedure is quoted once, below
    the first line that it stands behind; file and line are for admins."""
    found: list[Text] = []
    said: set[Text] = set()
    for line in lines:
        words = with_rule(scene, line) if Verb.SET_ROLES in allowed else _plain(scene, line)
        clause = _clause(scene, line)
        is_new = clause is not None and clause not in said
        if words in said and not is_new:
            continue
        said.add(words)
        if clause is not None and is_new:
            said.add(clause)
            words = joined("\n", [words, scene.say("why", "clause", clause=clause)])
        found.append(words)
    return found


def with_rule(scene: Scene, line: Line) -> Text:
    """What is said, with the table and key of its rule and the line in the file."""
    said, place = line.said, line.place
    if place is None:
        return said
    table = f"[[{place.table}]] {place.entry}" if place.entry else f"[{place.table}]"
    rule = " ".join(part for part in (table if place.table else "", place.key) if part)
    if place.line is None:
        return scene.say("why", "rule_default", said=said, rule=rule)
    return scene.say("why", "rule", said=said, rule=rule, line=str(place.line))


def _plain(scene: Scene, line: Line) -> Text:
    return line.said if line.place is None else scene.say("why", "item", said=line.said)


def _clause(scene: Scene, line: Line) -> Text | None:
    found = clause_of(scene.picture.policy, line.place) if line.place is not None else None
    return guard(found.in_(scene.language.locale), _QUOTED) if found is not None else None
