"""Asking an approver, and telling the requester what was decided (R3)."""

from models.base.words import StepState, VisitStatus
from models.reading.deciding import Chain
from models.reading.edits import edits_since_decided, has_decided
from models.records.signoff import ApprovalStep
from models.reminders.silence import decision_due
from templates.customers.owners import proposal_line, proposal_short
from templates.customers.warned import warning_lines, warning_short
from templates.reading import attending, beyond, facts, rules
from templates.reading.clashes import clash_lines
from templates.signoff import discretion, parts
from templates.signoff.brief import brief, change_lines
from templates.slack import ids, phone
from templates.slack.blocks import Button, Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention

SHORT = 10
"""The lines of a card that asks again, on a phone: its buttons then stand in the first screen."""


def approval(scene: Scene) -> Message:
    """The request with full context; buttons while the step is pending, then who decided what."""
    step, chain = scene.step(), scene.picture.chain_of(scene.args.get("step"))
    if step is None or chain is None or step.state != StepState.PENDING or scene.is_over:
        return _over(scene, step)
    if parts.withdrawn_line(scene, step) is not None:
        return _over(scene, step)
    name = "push_urgent" if scene.visit.is_urgent else "push"
    people = facts.people_count(scene)
    push = scene.say("approval", name, when=scene.arrival, people=people)
    is_again = has_decided(scene.picture, step.role)
    changes = change_lines(scene, step)
    card = _short(scene, chain, step, changes) if is_again and changes else None
    if card is None:
        card = _in_full(scene, chain, step, changes)
        discretion.ask(scene, card, step)
    card.buttons(*parts.decision_buttons(scene, chain, step), scene.details_button())
    return Message(push.fallback(), card.done())


def _short(scene: Scene, chain: Chain, step: ApprovalStep, changes: list[Text]) -> Card:
    """For who has decided before: first what has changed since, and no more than a phone shows
    together with the buttons; the rest stands under *Details*."""
    edits = {each.name for each in edits_since_decided(scene.picture, step)}
    proposal = proposal_short(scene) if "account_owner" in edits else None
    many = range(len(changes), 0, -1)
    variants = [(n, True, True) for n in many[:-2] or many]
    variants += [(n, False, True) for n in many] + [(1, False, False)]
    card = Card()
    for shown, with_turn, with_asker in variants:
        card = Card()
        card.header(scene.say("approval", "title_changed", customer=_customer(scene)))
        left = len(changes) - shown
        more = scene.language.and_more(left) if left else None
        card.text(joined("\n", [*changes[:shown], more]))
        card.text(brief(scene, with_arrival="arrival" not in edits))
        card.text(joined("\n", [proposal, warning_short(scene)]) or None)
        card.small(parts.turn_line(scene, chain, step) if with_turn else None)
        card.small(_who_and_by_when(scene, step) if with_asker else None)
        if phone.lines(card.done()) <= SHORT:
            break
    return card


def _customer(scene: Scene) -> Text:
    return guard(scene.picture.customer.name, 22)


def _who_and_by_when(scene: Scene, step: ApprovalStep) -> Text:
    """Who asks, and until when to decide."""
    due = decision_due(scene.picture, step)
    who = mention(scene.visit.requester_id)
    if due is None or due <= scene.now:
        return scene.say("approval", "asks_short", requester=who)
    return scene.say("approval", "asks_short_by", requester=who, when=scene.when(due))


def _in_full(scene: Scene, chain: Chain, step: ApprovalStep, changes: list[Text]) -> Card:
    """All that there is to know for who has not decided on it before."""
    card = Card()
    card.header(scene.say("approval", "title"))
    card.text(_asks(scene))
    card.text(warning_lines(scene))
    if changes:
        card.text(joined("\n", [scene.say("approval", "changed"), *changes]))
    card.text(facts.notice(scene))
    card.text(joined("\n", clash_lines(scene)) or None)
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
    return card


def decision(scene: Scene) -> Message | None:
    """What was decided, for requester and host; asked-for changes open the form again."""
    step = scene.step()
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


def _asks(scene: Scene) -> Text:
    name = "asks"
    step = scene.step()
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
    if step is not None and not scene.is_over:
        discretion.ask(scene, card, step)
    card.buttons(*parts.decided_buttons(scene, step), scene.details_button())
    return Message(joined(" · ", [scene.title, said]).fallback(), card.done())
