"""The visit card: one message in the visits channel, kept up to date for as long as it stands."""

from models.base.words import StepState, VisitStatus
from templates.reading import attending, facts
from templates.reading.notice_lines import completeness_line, holding_line
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import CHANGEABLE, MOVABLE, Scene
from templates.wording import terms
from templates.wording.text import guard, joined


def visit_card(scene: Scene) -> Message:
    """Where the visit stands, at a glance; the buttons are there while they do something."""
    card = Card()
    card.header(scene.title)
    fill(scene, card)
    card.small(scene.site_clock())
    changeable, movable = scene.picture.status in CHANGEABLE, scene.picture.status in MOVABLE
    card.buttons(
        scene.details_button(),
        scene.visit_button(ids.EDIT, scene._("Edit")) if changeable else None,
        scene.visit_button(ids.RESCHEDULE, scene._("Reschedule")) if movable else None,
        scene.visit_button(ids.CANCEL, scene._("Cancel")) if movable else None,
    )
    return Message(push(scene), card.done())


def push(scene: Scene) -> str:
    """The visit in one line, as a phone announces it."""
    status = terms.status(scene.language, scene.picture)
    is_after = scene.is_over or scene.visit.left_at is not None
    name = "push_after" if is_after else "push"
    return scene.say("visit", name, status=status, when=scene.arrival).fallback()


def fill(
    scene: Scene,
    card: Card,
    *,
    with_budget: bool = False,
    with_leaders: bool = True,
    with_words: bool = False,
) -> None:
    """The card's own content: status, facts, approvals, leaders, preparation, cars, follow-up.
    `with_words`: what leaders wrote and why it was cancelled, which no channel reads."""
    visit = scene.visit
    card.text(facts.status_line(scene))
    card.facts(facts.visit_facts(scene, with_budget=with_budget))
    if visit.left_at is None:
        card.text(joined("\n", [completeness_line(scene), holding_line(scene)]) or None)
        card.text(facts.approval_lines(scene))
    for step in scene.picture.approvals:
        if with_words and step.state in {StepState.DECLINED, StepState.CHANGES_ASKED}:
            card.quote(facts.comment(step))
    if with_words and scene.picture.status == VisitStatus.CANCELLED and visit.cancel_reason:
        card.text(scene.say("visit", "cancelled"))
        card.quote(guard(visit.cancel_reason, 1000, keep_lines=True))
    if scene.is_over and visit.left_at is None:
        return
    if with_leaders:
        card.text(attending.leaders_line(scene))
    if visit.left_at is None:
        card.text(attending.grade_line(scene))
        card.text(facts.preparation_line(scene))
        facts.trip_lines(scene, card)
    else:
        card.text(facts.follow_up_line(scene))
