"""Asking an approver, and telling the requester what was decided (R3)."""

from models.base.words import StepState, VisitStatus
from models.records.signoff import ApprovalStep
from templates.customers.owners import proposal_line
from templates.reading import attending, beyond, facts, rules
from templates.signoff import parts
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, joined, mention


def approval(scene: Scene) -> Message:
    """The request with full context; buttons while the step is pending, then who decided what."""
    step, chain = _step(scene), scene.picture.chain_of(scene.args.get("step"))
    if step is None or chain is None or step.state != StepState.PENDING or scene.is_over:
        return _over(scene, step)
    if parts.withdrawn_line(scene, step) is not None:
        return _over(scene, step)
    card = Card()
    card.header(scene.say("approval", "title"))
    card.text(_asks(scene))
    card.text(facts.notice(scene))
    beyond.show_points(scene, card)
    beyond.show_level(scene, card)
    if attending.grade_line(scene) is not None:
        card.text(attending.grade_line(scene, in_full=True))
    card.text(attending.lead_line(scene))
    card.text(attending.leaders_line(scene))
    card.text(proposal_line(scene))
    parts.turn_lines(scene, card, chain, step)
    card.facts(facts.visit_facts(scene, with_budget=True))
    for trip in scene.picture.trips:
        card.text(facts.trip_line(scene, trip, with_state=False))
    card.text(rules.cap_lines(scene))
    guests = facts.guest_lines(scene, scene.picture.guests)
    if guests:
        card.text(scene.say("approval", "guests"))
        card.quote(guests)
    if scene.visit.notes:
        card.text(scene.say("approval", "notes"))
        card.quote(facts.notes(scene))
    if len(scene.picture.approvals) > 1:
        card.text(facts.approval_lines(scene))
    parts.turn_end(scene, card, chain, step)
    card.buttons(*parts.decision_buttons(scene, chain, step), scene.details_button())
    name = "push_urgent" if scene.visit.is_urgent else "push"
    people = facts.people_count(scene)
    push = scene.say("approval", name, when=scene.arrival, people=people)
    return Message(push.fallback(), card.done())


def decision(scene: Scene) -> Message | None:
    """What was decided, for requester and host; asked-for changes open the form again."""
    step = _step(scene)
    outcome = StepState(scene.args["outcome"])
    if outcome not in parts.DECIDED:
        return None
    who = mention(step.decided_by) if step is not None and step.decided_by else scene._("Somebody")
    card = Card()
    card.text(scene.say("approval", f"outcome_{outcome}", who=who, when=scene.arrival))
    if step is not None:
        card.quote(facts.comment(step))
    asked = outcome == StepState.CHANGES_ASKED
    change = Button(
        ids.CHANGE_REQUEST,
        scene._("Change request"),
        ids.pack(scene.visit_id, scene.visit.revision),
        "primary",
    )
    is_open = asked and scene.picture.status == VisitStatus.CHANGES_ASKED
    is_on = outcome == StepState.APPROVED and scene.picture.status == VisitStatus.APPROVED
    invites = attending.offer_button(scene) if is_on else None
    card.buttons(change if is_open else None, invites, scene.details_button())
    push = scene.say("approval", f"outcome_push_{outcome}", when=scene.arrival)
    return Message(push.fallback(), card.done())


def _step(scene: Scene) -> ApprovalStep | None:
    return next((s for s in scene.picture.approvals if s.id == scene.args.get("step")), None)


def _asks(scene: Scene) -> Text:
    name = "asks"
    step = _step(scene)
    if step is not None and any(why == "attending" for why, _ in step.reasons):
        name = "asks_attending"
    elif scene.visit.approval_round > 1:
        name = "asks_change" if scene.visit.approved_at is not None else "asks_again"
    return scene.say("approval", name, requester=mention(scene.visit.requester_id))


def _taken_over(scene: Scene) -> str | None:
    """The role to which the decision of the card's own role has moved; None where it has not."""
    steps, role = scene.picture.approvals, scene.args.get("role")
    if role is None or any(step.role == role for step in steps):
        return None
    moved = (s.role for s in steps if any(why == "attending" for why, _ in s.reasons))
    return next(moved, None)


def _over(scene: Scene, step: ApprovalStep | None) -> Message:
    card = Card()
    card.header(scene.say("approval", "title_over"))
    chain = scene.picture.chain_of(step.id) if step is not None else None
    said = parts.decided_line(scene, chain, step) if step is not None and chain else None
    said = said or parts.overtaken_line(scene)
    if said is None and step is not None and step.state != StepState.VOID:
        said = parts.withdrawn_line(scene, step)
    if said is None and (role := _taken_over(scene)) is not None:
        said = scene.say("approval", "overtaken_moved", role=terms.role(scene.language, role))
    said = said or scene.say("approval", "overtaken")
    card.text(said)
    if step is not None:
        card.quote(facts.comment(step))
    card.facts(facts.visit_facts(scene, with_budget=True))
    card.buttons(*parts.decided_buttons(scene, step), scene.details_button())
    return Message(joined(" · ", [scene.title, said]).fallback(), card.done())
