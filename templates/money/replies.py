"""Answers to the forms for exceptions and costs, shown to the person alone."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from models.base.words import Role, StepState
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.money import lines
from templates.reading import facts
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined


def exception_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    exception_id: int | None,
    missing_roles: Sequence[Role] = (),
    *,
    is_repeat: bool = False,
) -> Message:
    """That an exception is asked for, and who decides."""
    scene = Scene.of(reader, picture, now)
    asked = next(each for each in picture.exceptions if each.id == exception_id)
    amount = facts.money(scene, asked.amount) if asked.amount is not None else None
    what = joined(scene.language.apposition, [lines.exception_name(scene, asked), amount])
    said = scene.say("exceptions", "asked_before" if is_repeat else "asked", what=what)
    card = Card()
    card.text(said)
    steps = [s for s in picture.exception_steps if s.exception_id == exception_id]
    step = next((step for step in steps if step.state == StepState.PENDING), None)
    people = picture.deciders(step) if step is not None else []
    if people:
        shown = scene.language.people(people, 4)
        card.text(scene.say("exceptions", "asked_people", people=shown))
    if missing_roles:
        names = [terms.role(scene.language, role) for role in missing_roles]
        roles = joined(scene.language.comma, names)
        card.text(scene.say("replies", "missing_role", roles=roles))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def cost_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    cost_id: int | None,
    *,
    is_repeat: bool = False,
) -> Message:
    """That a cost is noted, and how it was held: within the cap, or who bears what is above."""
    scene = Scene.of(reader, picture, now)
    cost = next(each for each in picture.costs if each.id == cost_id)
    what, amount = lines.cost_name(scene, cost), facts.money(scene, cost.amount)
    name = "noted_before" if is_repeat else "noted"
    said = scene.say("costs", name, what=what, amount=amount)
    card = Card()
    card.text(said)
    held = lines.held_words(scene, cost)
    if held is not None:
        card.text(joined(" ", [_sign(over=bool(cost.over)), held]))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def gift_refused_words(reader: Reader, picture: VisitPicture, left: Decimal | None) -> str:
    """That gifts above the procedure are refused (R10.2), beside the amount."""
    language = Language(reader)
    money = language.money(left or Decimal(0), picture.policy.country)
    return language.say("faults", "gift_above", amount=money).plain(2000)


def _sign(*, over: bool) -> Text:
    return Text("⚠️" if over else "✅")
