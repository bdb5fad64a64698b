"""Asking a leader for an exception, and telling what was decided (R2.2)."""

from models.base.words import StepState
from models.reading.deciding import Chain
from models.records.exception import ExceptionRequest
from models.records.signoff import ApprovalStep
from templates.money import lines
from templates.reading import facts
from templates.signoff import parts
from templates.slack.blocks import Card, Fact
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import guard, joined, mention


def exception(scene: Scene) -> Message | None:
    """What is asked for, what the procedure allows, and why; then who decided what."""
    chain = scene.picture.chain_of(scene.args.get("step"))
    asked = lines.asked_by_step(scene, scene.args.get("step"))
    if chain is None or asked is None:
        return None
    step = next(each for each in chain.steps if each.id == scene.args.get("step"))
    withdrawn = parts.withdrawn_line(scene, step) is not None
    if step.state != StepState.PENDING or scene.is_over or withdrawn:
        return _over(scene, chain, step, asked)
    name = lines.exception_name(scene, asked)
    card = Card()
    card.header(scene.say("exceptions", "title"))
    card.text(scene.say("exceptions", "asks", who=mention(asked.asked_by)))
    parts.turn_lines(scene, card, chain, step)
    _what(scene, card, asked)
    card.facts(facts.visit_facts(scene, with_budget=True))
    if len(chain.steps) > 1:
        card.text(joined("\n", [facts.approval_line(scene, each) for each in chain.steps]))
    parts.turn_end(scene, card, chain, step)
    card.buttons(*parts.decision_buttons(scene, chain, step), scene.details_button())
    return Message(scene.say("exceptions", "push", what=name).fallback(), card.done())


def exception_decided(scene: Scene) -> Message | None:
    """What was decided, for whoever asked and the host."""
    asked = _exception(scene, scene.args.get("exception"))
    if asked is None or asked.state in {StepState.PENDING, StepState.CHANGES_ASKED}:
        return None
    if asked.state == StepState.VOID and scene.is_over:
        return None
    steps = scene.picture.exception_steps(asked.id)
    declined = next((step for step in steps if step.state == StepState.DECLINED), None)
    who = mention(declined.decided_by) if declined and declined.decided_by else scene._("Somebody")
    amount = facts.money(scene, asked.amount) if asked.amount is not None else None
    what = joined(scene.language.apposition, [lines.exception_name(scene, asked), amount])
    said = scene.say("exceptions", f"told_{asked.state}", what=what, who=who)
    card = Card()
    card.text(said)
    if declined is not None:
        card.quote(facts.comment(declined))
    card.buttons(scene.details_button())
    push = scene.say("exceptions", f"told_push_{asked.state}", what=what)
    return Message(push.fallback(), card.done())


def _exception(scene: Scene, number: object) -> ExceptionRequest | None:
    return next((each for each in scene.picture.exceptions if each.id == number), None)


def _what(scene: Scene, card: Card, asked: ExceptionRequest) -> None:
    amount = facts.money(scene, asked.amount) if asked.amount is not None else None
    planned: list[Fact] = [
        (scene._("What"), lines.exception_name(scene, asked)),
        (scene._("Planned"), amount),
        (scene._("The procedure allows"), lines.allowed(scene, asked)),
    ]
    card.facts(planned)
    card.text(scene.say("exceptions", "reason"))
    card.quote(guard(asked.reason, 1000, keep_lines=True))


def _over(scene: Scene, chain: Chain, step: ApprovalStep, asked: ExceptionRequest) -> Message:
    card = Card()
    card.header(scene.say("exceptions", "title_over"))
    said = parts.decided_line(scene, chain, step) or parts.overtaken_line(scene)
    if said is None and step.state != StepState.VOID:
        said = parts.withdrawn_line(scene, step)
    said = said or scene.say("exceptions", "overtaken")
    card.text(said)
    card.quote(facts.comment(step))
    _what(scene, card, asked)
    card.buttons(*parts.decided_buttons(scene, step), scene.details_button())
    return Message(joined(" · ", [scene.title, said]).fallback(), card.done())
