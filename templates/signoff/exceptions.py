"""Asking a leader for an exception, and telling what was decided (R2.2)."""

from models.base.words import StepState, VisitStatus
from models.records.exception import ExceptionRequest
from models.records.signoff import ApprovalStep
from templates.money import lines
from templates.reading import facts, rules
from templates.slack import ids
from templates.slack.blocks import Button, Card, Fact
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention


def exception(scene: Scene) -> Message | None:
    """What is asked for, what the procedure allows, and why; then who decided what."""
    step = next((s for s in scene.picture.exception_steps if s.id == scene.args.get("step")), None)
    asked = _exception(scene, step.exception_id if step is not None else None)
    if step is None or asked is None:
        return None
    if step.state != StepState.PENDING or scene.is_over:
        return _over(scene, step, asked)
    name = lines.exception_name(scene, asked)
    card = Card()
    card.header(scene.say("exceptions", "title"))
    card.text(scene.say("exceptions", "asks", who=mention(asked.asked_by)))
    if step.escalated_at is not None and not scene.reads(step.role):
        hours = scene.picture.policy.escalation.hours(urgent=scene.visit.is_urgent)
        role = terms.role(scene.language, step.role)
        card.text(scene.say("approval", "escalated", hours=hours, role=role))
    _what(scene, card, asked)
    card.facts(facts.visit_facts(scene, with_budget=True))
    steps = [s for s in scene.picture.exception_steps if s.exception_id == asked.id]
    if len(steps) > 1:
        card.text(joined("\n", [facts.approval_line(scene, each) for each in steps]))
    card.small(rules.reason_line(scene, step))
    value = ids.pack(step.id)
    card.buttons(
        Button(ids.APPROVE, scene._("Approve"), value, "primary"),
        Button(ids.DECLINE, scene._("Decline"), value, "danger"),
        scene.details_button(),
    )
    return Message(scene.say("exceptions", "push", what=name).fallback(), card.done())


def exception_decided(scene: Scene) -> Message | None:
    """What was decided, for whoever asked and the host."""
    asked = _exception(scene, scene.args.get("exception"))
    if asked is None or asked.state in {StepState.PENDING, StepState.CHANGES_ASKED}:
        return None
    if asked.state == StepState.VOID and scene.is_over:
        return None
    steps = [s for s in scene.picture.exception_steps if s.exception_id == asked.id]
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


def _over(scene: Scene, step: ApprovalStep, asked: ExceptionRequest) -> Message:
    card = Card()
    card.header(scene.say("exceptions", "title_over"))
    said = _outcome(scene, step)
    card.text(said)
    card.quote(facts.comment(step))
    _what(scene, card, asked)
    card.buttons(scene.details_button())
    return Message(joined(" · ", [scene.title, said]).fallback(), card.done())


def _outcome(scene: Scene, step: ApprovalStep) -> Text:
    if step.decided_by is not None and step.decided_at is not None:
        when = scene.language.moment(step.decided_at)
        name = f"decided_{StepState(step.state)}"
        return scene.say("approval", name, who=mention(step.decided_by), when=when)
    if scene.picture.status == VisitStatus.CANCELLED:
        return scene.say("approval", "overtaken_cancelled")
    if scene.picture.status == VisitStatus.DECLINED:
        return scene.say("approval", "overtaken_declined")
    return scene.say("exceptions", "overtaken")
