"""Answers to the forms for exceptions and costs, shown to the person alone."""

from datetime import datetime
from decimal import Decimal

from models.base.words import LedgerKind
from models.reading.picture import VisitPicture
from models.records.money import LedgerLine
from models.records.people import Reader
from templates.money import lines
from templates.reading import facts
from templates.slack.blocks import Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, joined


def cost_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    cost: LedgerLine,
    *,
    is_repeat: bool = False,
) -> Message:
    """That a cost is noted, and how it was held: within the cap, or who bears what is above."""
    scene = Scene.of(reader, picture, now)
    what, amount = lines.cost_name(scene, cost), facts.money(scene, cost.amount)
    name = "noted_before" if is_repeat else "noted"
    said = scene.say("costs", name, what=what, amount=amount)
    card = Card()
    card.text(said)
    held = lines.held_words(scene, cost)
    if held is not None:
        card.text(joined(" ", [sign(over=bool(cost.over)), held]))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def corrected_reply(
    reader: Reader, picture: VisitPicture, now: datetime, line: LedgerLine
) -> Message:
    """That a cost is put right: noted anew, or taken back."""
    scene = Scene.of(reader, picture, now)
    name = "taken_back" if line.kind == LedgerKind.CORRECTION else "corrected"
    what, amount = lines.cost_name(scene, line), facts.money(scene, line.amount)
    said = scene.say("costs", name, what=what, amount=amount)
    return short(said, scene.details_button())


def gift_refused_words(reader: Reader, picture: VisitPicture, left: Decimal | None) -> str:
    """That gifts above the procedure are refused (R10.2), beside the amount."""
    language = Language(reader)
    money = language.money(left or Decimal(0), picture.policy.currency)
    return language.say("faults", "gift_above", amount=money).plain(2000)


def sign(*, over: bool) -> Text:
    """Beyond what is allowed, or within it."""
    return Text("⚠️" if over else "✅")
