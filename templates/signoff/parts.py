"""What the cards of all matters share: whose turn it is, by when, and what was decided."""

from collections.abc import Iterator

from models.base.words import Matter, StepState, VisitStatus
from models.reading.deciding import (
    Chain,
    first_people,
    may_be_taken_back,
    may_delegate,
    next_level,
)
from models.records.signoff import ApprovalStep
from models.reminders.silence import decision_due
from templates.reading import rules
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention

_OPEN = {StepState.PENDING, StepState.WAITING}
DECIDED = frozenset({StepState.APPROVED, StepState.DECLINED, StepState.CHANGES_ASKED})


def turn_lines(scene: Scene, card: Card, chain: Chain, step: ApprovalStep) -> None:
    """Why it is the reader's turn, where that is not plain: it was delegated, silence, or
    somebody's own matter."""
    for line in _turn(scene, chain, step):
        card.text(line)
    if len(roles := _roles_of_reader(scene, chain)) > 1:
        card.text(scene.say("approval", "several", roles=_roles(scene, roles)))


def turn_line(scene: Scene, chain: Chain, step: ApprovalStep) -> Text | None:
    """The first of the reasons why it is the reader's turn, without the words of whoever delegated
    it; None where it is plain."""
    return next(_turn(scene, chain, step, with_why=False), None)


def _turn(
    scene: Scene, chain: Chain, step: ApprovalStep, *, with_why: bool = True
) -> Iterator[Text]:
    delegated = _delegated_line(scene, step, with_why=with_why)
    if delegated is not None:
        yield delegated
    if not scene.reader.is_among([step.delegate_id] if step.delegate_id else []):
        yield from _silence_lines(scene, chain, step)


def _silence_lines(scene: Scene, chain: Chain, step: ApprovalStep) -> Iterator[Text]:
    asked = step.asked_roles
    level = next((n for n, role in enumerate(asked) if scene.reads(role)), len(asked))
    if step.escalated_at is not None and level > 0:
        hours = scene.picture.policy.escalation.hours(urgent=scene.visit.is_urgent)
        names = _roles(scene, asked[:level] if level < len(asked) else asked[:-1])
        yield scene.say("approval", "escalated", hours=hours, role=names)
    if asked and asked[0] != step.role and level == 0:
        who, role = mention(chain.sign_off.asked_by), terms.role(scene.language, step.role)
        yield scene.say("approval", "own", who=who, role=role)


def _delegated_line(scene: Scene, step: ApprovalStep, *, with_why: bool) -> Text | None:
    """That somebody decides in another's place, as the two and all others read it."""
    if step.delegate_id is None or step.delegated_by is None or step.delegated_at is None:
        return None
    who, to = mention(step.delegated_by), mention(step.delegate_id)
    if scene.reader.is_among([step.delegate_id]):
        if step.delegated_why and with_why:
            reason = guard(step.delegated_why)
            return scene.say("approval", "delegated_why", who=who, reason=reason)
        if step.delegated_until is not None:
            last = scene.language.calendar_day(step.delegated_until)
            return scene.say("approval", "away_to_you", who=who, last=last)
        return scene.say("approval", "delegated_to_you", who=who)
    if step.delegated_until is not None:
        return scene.say("approval", "away", who=who, to=to)
    when = scene.language.moment(step.delegated_at)
    name = "you_delegated" if scene.reader.is_among([step.delegated_by]) else "delegated"
    return scene.say("approval", name, who=who, to=to, when=when)


def turn_end(scene: Scene, card: Card, chain: Chain, step: ApprovalStep) -> None:
    """Why the role is asked, and by when."""
    card.small(rules.reason_line(scene, step, is_exception=_is_exception(chain)))
    due = decision_due(scene.picture, step)
    if due is None or due <= scene.now:
        return
    picture = scene.picture
    higher = next_level(picture.policy, chain.sign_off, step, picture.holders)
    if higher is None:
        card.small(scene.say("approval", "by", when=scene.when(due)))
        return
    role = terms.role(scene.language, higher)
    card.small(scene.say("approval", "by_then", when=scene.when(due), role=role))


def decision_buttons(scene: Scene, chain: Chain, step: ApprovalStep) -> list[Button]:
    """Approve, Decline and, of a request, Ask for changes; Delegate where the procedure lets it."""
    value = ids.pack(step.id)
    found = [
        Button(ids.APPROVE, scene._("Approve"), value, "primary"),
        Button(ids.DECLINE, scene._("Decline"), value, "danger"),
    ]
    if not _is_exception(chain):
        found.append(Button(ids.ASK_CHANGES, scene._("Ask for changes"), value))
    picture, person = scene.picture, scene.reader.user_id
    if may_delegate(picture.policy, chain.sign_off, step, picture.holders, person):
        found.append(Button(ids.DELEGATE, scene._("Delegate"), value))
    return found


def decided_buttons(scene: Scene, step: ApprovalStep | None) -> list[Button]:
    """What can be done on a decided card: its decider may take it back for a while."""
    chain = scene.picture.chain_of(step.id) if step is not None else None
    if step is None or chain is None or step.decided_by is None:
        return []
    found = []
    is_mine = scene.reader.is_among([step.decided_by])
    if is_mine and may_be_taken_back(chain, step, scene.now):
        found.append(Button(ids.TAKE_BACK, scene._("Take back"), ids.pack(step.id)))
    words = scene._("What was decided")
    return [*found, Button(ids.WHAT_DECIDED, words, ids.pack(scene.visit_id, step.id))]


def withdrawn_line(scene: Scene, step: ApprovalStep) -> Text | None:
    """That the decision before this step was taken back; None where the card is the newest."""
    if step.state == StepState.WAITING or scene.args.get("turn", 0) != step.turn:
        return scene.say("approval", "withdrawn")
    return None


def taken_back(scene: Scene) -> Message | None:
    """That a decision of which the reader was told was taken back."""
    chain = scene.picture.chain_of(scene.args.get("step"))
    if chain is None:
        return None
    who = mention(str(scene.args["by"]))
    name = "taken_back_exception" if _is_exception(chain) else "taken_back"
    said = scene.say("approval", name, who=who, when=scene.arrival)
    return short(said, scene.details_button())


def decided_line(scene: Scene, chain: Chain, step: ApprovalStep) -> Text | None:
    """Who decided what and when, with the roles where it was for several; None while open."""
    if step.decided_by is None or step.decided_at is None:
        return None
    when = scene.language.moment(step.decided_at)
    name = f"decided_{StepState(step.state)}"
    said = scene.say("approval", name, who=mention(step.decided_by), when=when)
    said = phone_line(scene, step) or said
    if step.on_behalf_of is not None:
        behalf = scene.say("approval", "on_behalf", who=mention(step.on_behalf_of))
        said = joined("\n", [said, behalf])
    roles = [each.role for each in with_it(chain, step)]
    if len(roles) < 2:
        return said
    return joined("\n", [said, scene.say("approval", "decided_for", roles=_roles(scene, roles))])


def phone_line(scene: Scene, step: ApprovalStep) -> Text | None:
    """That it was approved by phone, who recorded it, and whether the leader says so, too."""
    if step.recorded_by is None or step.said_at is None or step.decided_by is None:
        return None
    who, by = mention(step.decided_by), mention(step.recorded_by)
    when = scene.language.moment(step.said_at)
    line = scene.say("approval", "by_phone", who=who, by=by, when=when)
    state = "denied" if step.denied_at else "confirmed" if step.confirmed_at else "open"
    return joined("\n", [line, scene.say("approval", f"phone_{state}", who=who)])


def with_it(chain: Chain, step: ApprovalStep) -> list[ApprovalStep]:
    """The steps that were decided by one click, in order."""
    click = (step.decided_by, step.decided_at)
    return [each for each in chain.steps if (each.decided_by, each.decided_at) == click]


def overtaken_line(scene: Scene) -> Text | None:
    """That nothing is decided any more because the visit is off."""
    if scene.picture.status == VisitStatus.CANCELLED:
        return scene.say("approval", "overtaken_cancelled")
    if scene.picture.status == VisitStatus.DECLINED:
        return scene.say("approval", "overtaken_declined")
    if scene.picture.status == VisitStatus.LAPSED:
        return scene.say("approval", "overtaken_lapsed")
    if scene.picture.status == VisitStatus.POSTPONED:
        return scene.say("approval", "overtaken_postponed")
    return None


def _roles_of_reader(scene: Scene, chain: Chain) -> list[str]:
    """The open steps' roles for which the reader is asked by a role of their own."""
    picture = scene.picture
    return [
        step.role
        for step in chain.steps
        if step.state in _OPEN
        and scene.reader.is_among(
            first_people(picture.policy, chain.sign_off, step, picture.holders)
        )
    ]


def _roles(scene: Scene, roles: list[str]) -> Text:
    names = [terms.role(scene.language, role) for role in roles]
    return joined(scene.language.comma, names)


def _is_exception(chain: Chain) -> bool:
    return chain.sign_off.matter == Matter.EXCEPTION
