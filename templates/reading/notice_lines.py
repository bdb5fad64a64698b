"""The visit notice as lines to read: how complete it is, what is known, what is missing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from models.policy.notice_fields import BY_KEY, Section
from models.reading.notice import (
    Missing,
    completeness,
    dearer_lodging,
    holds_back,
    sections_of,
    values_of,
)
from models.records.request import NoticeValue
from templates.reading import fields
from templates.reading.notice_terms import answer, label, section
from templates.slack.blocks import Card
from templates.slack.scene import Scene
from templates.wording.text import Text, joined, mention

_BAR = 10
_PRIVATE = frozenset({Section.MONEY})
"""For those alone who see the budget (R10.1)."""


def completeness_line(scene: Scene) -> Text | None:
    """How much of what is wanted is known, as a bar; None where the policy wants nothing."""
    notice = completeness(scene.picture)
    if not notice.wanted or scene.is_over:
        return None
    full = -(-notice.known * _BAR // notice.wanted)  # what is begun shows
    bar = Text("▰" * full + "▱" * (_BAR - full))
    if not notice.missing:
        return scene.say("notice", "complete", bar=bar)
    return scene.say("notice", "part", bar=bar, known=notice.known, wanted=notice.wanted)


def missing_lines(scene: Scene) -> Text | None:
    """What is missing, of whom, until when: a line for each time."""
    if scene.is_over:
        return None
    groups: dict[tuple[tuple[str, ...], datetime], list[Missing]] = defaultdict(list)
    for each in completeness(scene.picture).missing:
        groups[each.people, each.due].append(each)
    lines: list[Text] = []
    for (people, due), missing in sorted(groups.items(), key=lambda group: group[0][1]):
        who = joined(scene.language.comma, [mention(person) for person in people])
        lines.append(
            scene.say(
                "notice", "missing", fields=names(scene, missing), who=who, when=scene.when(due)
            )
        )
    return joined("\n", lines) or None


def holding_line(scene: Scene) -> Text | None:
    """What the approvers wait for."""
    if not scene.visit.awaits_notice:
        return None
    return scene.say("notice", "holds_back", fields=names(scene, holds_back(scene.picture)))


def dearer_line(scene: Scene) -> Text | None:
    """That somebody else is to bear the lodging than the level says, and the way to ask (B09)."""
    ask, lodging = dearer_lodging(scene.picture), scene.picture.level.lodging
    if ask is None or lodging is None or scene.is_over:
        return None
    chosen, by_level = (
        answer(scene.language, code) for code in (str(ask.planned), lodging.borne_by)
    )
    return scene.say("notice", "dearer", chosen=chosen, by_level=by_level)


def names(scene: Scene, missing: list[Missing]) -> Text:
    """Fields by their labels."""
    return joined(scene.language.comma, [label(scene.language, each.key) for each in missing])


def show_notice(scene: Scene, card: Card, *, with_money: bool) -> None:
    """All that is known, section by section."""
    for name in sections_of(scene.picture):
        if name in _PRIVATE and not with_money:
            continue
        line = section_line(scene, name)
        if line is not None:
            card.text(line)


def section_line(scene: Scene, name: Section) -> Text | None:
    """What is known in a section, in one paragraph; None where nothing is."""
    known = values_line(scene, list(values_of(scene.picture, name)))
    return Text(f"*{section(scene.language, name)}*\n{known}") if known is not None else None


def values_line(scene: Scene, keys: Sequence[str]) -> Text | None:
    """What is known of these fields, each behind its label; None where nothing is."""
    notice, language = scene.picture.notice, scene.language
    parts = [
        Text(f"{label(language, key)}{language.colon}{shown(scene, key, notice[key])}")
        for key in keys
        if key in notice
    ]
    return joined(" · ", parts) or None


def shown(scene: Scene, key: str, value: NoticeValue) -> Text:
    """What is kept of a field, as people read it."""
    language = scene.language
    return fields.shown(
        language,
        BY_KEY[key],
        value,
        lambda code: answer(language, code),
        currency=scene.picture.policy.currency,
        zone=scene.visit.timezone,
    )
