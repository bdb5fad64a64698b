"""All that there is to know about one visit, for somebody who may see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.base.permissions import SEES_BUDGET, SEES_MONEY, Verb
from models.base.words import OPEN_STATUSES, Matter
from models.customers.contacts import Proposal
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.aftercare.outcome import outcome_buttons, outcome_line
from templates.customers.file import customer_button
from templates.customers.known import show_known
from templates.customers.warned import warning_lines
from templates.keeping import lines as keeping
from templates.money import lines as money
from templates.people.messages import named_lines
from templates.preparation.messages import owned_line
from templates.reading import attending, beyond, facts
from templates.reading import notice_lines as notice
from templates.reading.clashes import clash_lines
from templates.request.card import fill
from templates.request.history import history_line
from templates.request.read_back import read_back_line
from templates.signoff.brief import change_lines
from templates.signoff.by_phone import spoken_button
from templates.signoff.parts import decision_buttons, turn_lines
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Button, Card, few, rest
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import CHANGEABLE, MOVABLE, Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention

_SHOWN_HISTORY = 20


def details_view(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    allowed: frozenset[Verb],
    *,
    known: Sequence[Proposal] = (),
    sends_files: bool = True,
) -> dict[str, Any]:
    """A modal to read; history, entries and files are there where the picture was read in full.
    `known` is what is known of guests who come again; `sends_files`: the app is installed with what
    it needs to send documents."""
    scene = Scene.of(reader, picture, now)
    card = Card(VIEW_BLOCKS)
    card.header(scene.title)
    _deciding(scene, card)
    invites = Verb.INVITE in allowed and attending.invite_button(scene) is not None
    fill(
        scene,
        card,
        with_budget=bool(SEES_BUDGET & allowed),
        with_leaders=not invites,
        with_words=Verb.READ_WORDS in allowed,
    )
    card.text(facts.contact_line(scene))
    _notice(scene, card, allowed, known)
    if Verb.ASK_CAR in allowed and scene.picture.status in CHANGEABLE:
        card.buttons(scene.visit_button(ids.SHOW_CARS, scene._("Cars")))
    card.buttons(*change_buttons(scene, allowed), _postpone_button(scene, allowed))
    _keeping_buttons(scene, card, sends_files=sends_files)
    _escorts(scene, card, invites=invites)
    _roles(scene, card, allowed)
    has_been = scene.is_over or scene.visit.left_at is not None
    again = scene.visit_button(ids.SAME_AGAIN, scene._("Same again"))
    card.buttons(again if has_been and Verb.READ_NOTES in allowed else None)
    card.buttons(*_spending_buttons(scene, allowed), _decided_button(scene, allowed))
    card.buttons(spoken_button(scene) if Verb.RECORD_WORD in allowed else None)
    if Verb.SET_OWNER in allowed:
        card.buttons(scene.visit_button(ids.SET_OWNER, scene._("Account owner")))
    _outcome(scene, card, allowed)
    asked = mention(picture.visit.requester_id)
    when = scene.language.moment(picture.visit.created_at)
    card.small(scene.say("details", "asked_by", who=asked, when=when))
    if Verb.READ_NOTES in allowed:
        beyond.show_level_reason(scene, card)
    if SEES_BUDGET & allowed:
        beyond.show_exception_reason(scene, card)
    _words(scene, card, allowed)
    if SEES_MONEY & allowed:
        money.spending(scene, card, corrects=Verb.NOTE_COST in allowed)
    keeping.show_entries(scene, card, allowed)
    keeping.show_files(scene, card, allowed, sends=sends_files)
    _preparation(scene, card, allowed)
    if Verb.READ_FEEDBACK in allowed:
        _feedback(scene, card)
    _history(scene, card, allowed)
    meta, close = FormMeta(visit=scene.visit_id), scene._("Close")
    return modal(ids.DETAILS_VIEW, scene.number, card.blocks, close=close, meta=meta)


def _notice(scene: Scene, card: Card, allowed: frozenset[Verb], known: Sequence[Proposal]) -> None:
    """What the notice knows beyond the request, what is missing, and the way to fill it in."""
    if Verb.READ_NOTES in allowed:
        notice.show_notice(scene, card, with_money=bool(SEES_BUDGET & allowed))
    fills = Verb.FILL_NOTICE in allowed and scene.picture.status in OPEN_STATUSES
    if fills:
        card.text(notice.missing_lines(scene))
        card.text(notice.dearer_line(scene))
        card.text(read_back_line(scene))
        show_known(scene, card, known)
    visit_notice = scene.visit_button(ids.SHOW_NOTICE, scene._("Visit notice"))
    reads = scene.visit_button(ids.READ_BACK, scene._("Read back"))
    customer = customer_button(scene.language, scene.visit.customer_id, scene.visit_id)
    card.buttons(
        visit_notice if fills else None,
        reads if fills and read_back_line(scene) else None,
        customer,
    )


def _deciding(scene: Scene, card: Card) -> None:
    """What waits for the reader's decision, with the buttons of its card; what has changed since
    they decided first, and what else is on at that time."""
    for chain in scene.picture.open_chains:
        step = chain.pending
        if step is None or not scene.reader.is_among(scene.picture.deciders(step)):
            continue
        if chain.sign_off.matter == Matter.EXCEPTION:
            card.text(scene.say("approval", "on_exception", what=money.of_step(scene, step)))
        elif changes := change_lines(scene, step):
            card.text(joined("\n", [scene.say("approval", "changed"), *changes]))
        turn_lines(scene, card, chain, step)
        card.buttons(*decision_buttons(scene, chain, step))
    if scene.picture.open_chains:
        card.text(warning_lines(scene))
    card.text(joined("\n", clash_lines(scene)) or None)


def change_buttons(scene: Scene, allowed: frozenset[Verb]) -> list[Button]:
    """What of Add details, Edit, Reschedule and Cancel this person may do now."""
    status = scene.picture.status
    return [
        scene.visit_button(action_id, label)
        for verb, action_id, label, when in (
            (Verb.EDIT, ids.ADD_DETAILS, scene._("Add details"), CHANGEABLE),
            (Verb.EDIT, ids.EDIT, scene._("Edit"), CHANGEABLE),
            (Verb.RESCHEDULE, ids.RESCHEDULE, scene._("Reschedule"), MOVABLE),
            (Verb.CANCEL, ids.CANCEL, scene._("Cancel"), MOVABLE),
        )
        if verb in allowed and status in when
    ]


def _keeping_buttons(scene: Scene, card: Card, *, sends_files: bool) -> None:
    """Noting what was said, and the visit for one's own calendar while it is to come."""
    has_date = sends_files and not scene.is_over and scene.visit.left_at is None
    calendar = scene.visit_button(ids.ADD_TO_CALENDAR, scene._("Add to my calendar"))
    card.buttons(
        scene.visit_button(ids.NOTE_ENTRY, scene._("Note")), calendar if has_date else None
    )


def _postpone_button(scene: Scene, allowed: frozenset[Verb]) -> Button | None:
    """Leaves the date of a visit open that has none yet."""
    can = Verb.RESCHEDULE in allowed and scene.picture.status in CHANGEABLE
    return scene.visit_button(ids.DATE_OPEN, scene._("Date open")) if can else None


def _escorts(scene: Scene, card: Card, *, invites: bool) -> None:
    """What the procedure wants of the escorts, as far as the card does not say it; for whoever
    `invites` the leaders one by one, with the buttons to invite and to withdraw."""
    if scene.is_over or scene.visit.left_at is not None:
        return
    if attending.grade_line(scene) is None:
        card.text(attending.grade_line(scene, in_full=True))
    card.text(attending.lead_line(scene))
    if not invites:
        return
    for line, button in attending.withdraw_lines(scene):
        card.text(line, button)
    card.buttons(attending.invite_button(scene))


def _roles(scene: Scene, card: Card, allowed: frozenset[Verb]) -> None:
    """Who holds a role for this visit, and the button to name them."""
    if scene.is_over or not scene.picture.policy.company.for_visits:
        return
    card.text(joined("\n", named_lines(scene)))
    if Verb.FILL_ROLES in allowed:
        card.buttons(scene.visit_button(ids.FILL_ROLES, scene._("Fill roles")))


def _spending_buttons(scene: Scene, allowed: frozenset[Verb]) -> list[Button]:
    """Asking for an exception while the visit is open, noting costs once it was approved."""
    can_ask = Verb.REQUEST_EXCEPTION in allowed and not scene.is_over
    can_note = Verb.NOTE_COST in allowed and scene.visit.approved_at is not None
    ask = scene.visit_button(ids.ASK_EXCEPTION, scene._("Ask for an exception"))
    note = scene.visit_button(ids.NOTE_COST, scene._("Note a cost"))
    return [*([ask] if can_ask else []), *([note] if can_note else [])]


def _decided_button(scene: Scene, allowed: frozenset[Verb]) -> Button | None:
    """What the leaders decided, for those who see what their cards tell of (C05)."""
    steps = (step for chain in scene.picture.chains for step in chain.steps)
    sees = SEES_MONEY & allowed and Verb.READ_WORDS in allowed
    if not sees or all(step.decided_at is None for step in steps):
        return None
    return Button(ids.WHAT_DECIDED, scene._("What was decided"), ids.pack(scene.visit_id, 0))


def _outcome(scene: Scene, card: Card, allowed: frozenset[Verb]) -> None:
    """What came of the visit, or the two answers for whoever may say (R8.4)."""
    card.text(outcome_line(scene))
    if Verb.RECORD_OUTCOME in allowed:
        card.buttons(*outcome_buttons(scene))


def _words(scene: Scene, card: Card, allowed: frozenset[Verb]) -> None:
    guests = facts.guest_lines(scene, scene.picture.guests, most=25)
    if guests and Verb.READ_GUESTS in allowed:
        card.text(scene.say("details", "guests"))
        card.quote(guests)
    if scene.visit.notes and Verb.READ_NOTES in allowed:
        card.text(scene.say("details", "notes"))
        card.quote(facts.notes(scene))


def _preparation(scene: Scene, card: Card, allowed: frozenset[Verb]) -> None:
    tasks = [*scene.picture.preparation, *scene.picture.departing]
    if not tasks or scene.is_over or scene.picture.rests:
        return
    card.divider()
    card.text(scene.say("details", "preparation"))
    shown = few(card, tasks, size=1, spare=12, most=VIEW_BLOCKS)
    for task in shown:
        if scene.picture.is_confirmed(task):
            title = terms.task_of(scene.language, scene.picture, task)
            who = task.confirmed_by or task.done_by
            parts = [Text(f"✅ *{title}*"), mention(who) if who else None]
            card.text(joined(" · ", parts))
        else:
            is_theirs = scene.reader.is_among([task.owner_id])
            reads = is_theirs or Verb.READ_PROBLEMS in allowed
            card.text(owned_line(scene, task, with_problem=reads))
    rest(card, scene.language, tasks, shown)


def _feedback(scene: Scene, card: Card) -> None:
    feedback = scene.picture.feedback
    if feedback is None:
        return
    card.divider()
    card.text(
        scene.say(
            "details",
            "feedback",
            satisfaction=feedback.satisfaction,
            intention=terms.intention(scene.language, feedback.intention),
            who=mention(feedback.given_by),
        )
    )
    for name, written in (
        ("suggestions", feedback.suggestions),
        ("open_questions", feedback.open_questions),
    ):
        if written:
            card.small(scene.say("details", name))
            card.quote(guard(written, 1500, keep_lines=True))


def _history(scene: Scene, card: Card, allowed: frozenset[Verb]) -> None:
    lines = []
    for entry in scene.picture.history[:_SHOWN_HISTORY]:
        line = history_line(scene, entry, allowed)
        if line is not None:
            lines.append(Text(f"{scene.language.moment(entry.at)} · {line}"))
    if lines:
        card.divider()
        card.text(scene.say("details", "history"))
        card.text(joined("\n", lines))
