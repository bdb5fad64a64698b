"""What was decided: by whom, when, with which words, and the card as it was seen (C05)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from models.base.words import Matter
from models.reading.deciding import Chain
from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.records.signoff import ApprovalStep
from templates.money import lines
from templates.reading import facts
from templates.signoff import parts
from templates.signoff.by_phone import what_was_said
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Button, Card, few, rest
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.text import Text, joined

Blocks = list[dict[str, Any]]
_SHOWN_AGAIN = frozenset({"header", "section", "context", "divider", "rich_text"})
"""The blocks of a card that a view may hold as well."""


def seen_blocks(blocks: Iterable[Mapping[str, Any]]) -> Blocks:
    """What is kept of a card: its words, not what could be pressed in it."""
    shown = [dict(block) for block in blocks if block.get("type") in _SHOWN_AGAIN]
    for block in shown:
        block.pop("block_id", None)
        block.pop("accessory", None)
    return shown


def decisions_view(reader: Reader, picture: VisitPicture, now: datetime) -> dict[str, Any]:
    """Every decision of a visit, the newest first, each with the button to see it whole."""
    scene = Scene.of(reader, picture, now)
    card = Card(VIEW_BLOCKS)
    card.header(scene.title)
    decided = [
        (chain, step)
        for chain in picture.chains
        for step in chain.steps
        if step.decided_at is not None
    ]
    decided.sort(key=lambda each: (each[1].decided_at, each[1].position), reverse=True)
    if not decided:
        card.text(scene.say("approval", "none_decided"))
    shown = few(card, decided, size=2, most=40)
    for chain, step in shown:
        button = Button(ids.WHAT_DECIDED, scene._("Show"), ids.pack(scene.visit_id, step.id))
        card.text(joined("\n", [_matter(scene, chain, step), _line(scene, step)]), button)
    rest(card, scene.language, decided, shown)
    return modal(ids.DECIDED_VIEW, scene._("What was decided"), card.blocks, close=scene._("Close"))


def decided_view(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    chain: Chain,
    step: ApprovalStep,
    seen: Blocks | None,
) -> dict[str, Any]:
    """One decision, and below it the card word by word as it stood before the decider."""
    scene = Scene.of(reader, picture, now)
    card = Card(VIEW_BLOCKS)
    card.header(scene.title)
    card.text(_matter(scene, chain, step))
    card.text(parts.decided_line(scene, chain, step))
    card.quote(facts.comment(step))
    what_was_said(scene, card, step)
    card.divider()
    card.small(scene.say("approval", "seen" if seen else "seen_not_kept"))
    return modal(
        ids.DECIDED_VIEW,
        scene._("What was decided"),
        [*card.blocks, *(seen or [])],
        close=scene._("Close"),
    )


def _matter(scene: Scene, chain: Chain, step: ApprovalStep) -> Text:
    """What was decided on."""
    if chain.sign_off.matter == Matter.EXCEPTION:
        what = lines.of_step(scene, step)
        return scene.say("approval", "on_exception", what=what)
    if chain.sign_off.version > 1:
        return scene.say("approval", "on_change", round=chain.sign_off.version)
    return scene.say("approval", "on_request")


def _line(scene: Scene, step: ApprovalStep) -> Text:
    return facts.approval_line(scene, step)
