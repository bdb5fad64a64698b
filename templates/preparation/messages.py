"""The checklist cards, the checks ahead of the arrival, and reported problems (R5)."""

from dataclasses import replace
from datetime import date

from models.base.permissions import Ability, Verb
from models.base.words import Phase, TaskState
from models.policy.notice_fields import BY_KEY, Section
from models.reading.dispatch import cars_settled, is_of_cars
from models.reading.gates import opened_by
from models.reading.notice import still_fills
from models.records.preparation import Task
from templates.preparation.needs import needs_line
from templates.reading import facts
from templates.reading.facts import for_other
from templates.reading.party import party_lines
from templates.slack import ids
from templates.slack.blocks import Button, Card, few, rest
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention


def tasks(scene: Scene) -> Message:
    """All items of one owner on one card, each with its buttons (one message, not one an item)."""
    mine = [t for t in scene.picture.preparation if scene.reader.is_among([t.owner_id])]
    open_count = sum(task.state != TaskState.DONE for task in mine)
    card = Card()
    card.header(scene.say("preparation", "tasks_title"))
    told = {"when": scene.arrival}
    if scene.is_over or scene.visit.left_at is not None:
        card.text(scene.say("preparation", "tasks_over"))
        return Message(joined(" · ", [scene.title, _over(scene)]).fallback(), card.done())
    if scene.picture.rests:
        return _rests(scene, card)
    newest = opened_by(scene.picture, scene.reader.user_id or "")
    if newest and newest != scene.args.get("after"):
        said = scene.say("preparation", "tasks_newer")
        card.text(said)
        return Message(joined(" · ", [scene.title, said]).fallback(), card.done())
    if not mine:
        card.text(scene.say("preparation", "tasks_none"))
    elif not open_count:
        card.text(scene.say("preparation", "tasks_all_done", **told))
    else:
        card.text(scene.say("preparation", "tasks_intro", count=open_count, **told))
    shown = few(card, mine, size=2, spare=1)
    for task in shown:
        card.text(task_line(scene, task))
        if task.state != TaskState.DONE:
            card.buttons(*task_buttons(scene, task))
    rest(card, scene.language, mine, shown)
    if scene.is_able(Ability.FRONTS):
        _who_comes(scene, card)
    card.buttons(scene.details_button())
    name = "tasks_push" if open_count else "tasks_all_done" if mine else "tasks_none"
    push = scene.say("preparation", name, count=open_count, **told)
    return Message(push.fallback(), card.done())


def _who_comes(scene: Scene, card: Card) -> None:
    """What the front desk needs to meet the guests (F12)."""
    language = scene.language
    card.facts(
        [
            (language._("Lead guest"), facts.lead_guest(scene)),
            (language._("Travel"), facts.travel(scene)),
            (language._("Contact's phone"), facts.contact(scene)),
        ]
    )
    card.text(party_lines(scene))


def _rests(scene: Scene, card: Card) -> Message:
    said = scene.say("visit", "rests")
    card.text(said)
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def task_line(scene: Scene, task: Task) -> Text:
    """One item for its owner: what, and how it stands."""
    title = Text(f"*{terms.task_of(scene.language, scene.picture, task)}*")
    if task.state == TaskState.DONE:
        return Text(f"✅ {title} · {_done(scene, task)}")
    due = scene.say("preparation", "due", when=scene.when(task.due_at))
    line = joined(" · ", [title, due, for_other(scene, task.for_id)])
    line = joined("\n", [line, needs_line(scene, task)])
    if task.state == TaskState.PROBLEM:
        return Text(f"⚠️ {line}\n{guard(task.problem or '', 200)}")
    return Text(f"⬜ {line}")


def task_buttons(scene: Scene, task: Task) -> list[Button]:
    """What an item's owner can do about it."""
    value = ids.pack(task.id)
    problem = Button(ids.TASK_PROBLEM, scene._("Problem"), value)
    done = Button(ids.TASK_DONE, scene._("Done"), value, "primary")
    missing = still_fills(scene.picture, task)
    if missing:
        section = ids.OPEN_SECTIONS[Section(BY_KEY[missing[0]].section)]
        fill_in = scene.visit_button(section, scene._("Fill in"))
        done = replace(fill_in, style="primary")
    return [
        *([] if _waits_for_cars(scene, task) else [done]),
        *([] if task.state == TaskState.PROBLEM else [problem]),
        Button(ids.TASK_HAND_OVER, scene._("Hand over"), value),
    ]


def _waits_for_cars(scene: Scene, task: Task) -> bool:
    """Whether an item is done by itself, once each trip has its driver."""
    picture = scene.picture
    return is_of_cars(picture.policy, task.key) and not cars_settled(picture.trips)


def _waits(scene: Scene, task: Task) -> bool:
    """Whether an item is done by itself, and is not yet."""
    return _waits_for_cars(scene, task) or bool(still_fills(scene.picture, task))


def preparation_check(scene: Scene) -> Message:
    """What is confirmed and what is not, with its owner, to everybody (R5.2): below the visit card,
    and to a person by themselves where the policy says so."""
    is_open = scene.reader.user_id is None
    open_items = scene.picture.unconfirmed()
    items = scene.picture.preparation
    facts = {
        "ahead": ahead(scene),
        "confirmed": len(items) - len(open_items),
        "total": len(items),
        "when": scene.arrival,
    }
    card = Card()
    has_left = scene.visit.left_at is not None  # the check stays as it was then
    if scene.is_over and not has_left:
        card.text(scene.say("preparation", "tasks_over"))
        return Message(_over(scene).fallback(), card.done(), in_thread=is_open, broadcast=is_open)
    card.header(scene.say("preparation", "check_title", **facts))
    card.text(scene.say("preparation", "check_intro" if open_items else "check_all", **facts))
    shown = few(card, open_items, size=2, spare=1)
    for task in shown:
        button = Button(ids.TASK_CONFIRM, scene._("Confirm"), ids.pack(task.id))
        is_shown = not has_left and not _waits(scene, task)
        card.text(owned_line(scene, task), button if is_shown else None)
    rest(card, scene.language, open_items, shown)
    confirmed = [task for task in items if task not in open_items]
    if confirmed and open_items:
        names = [terms.task_of(scene.language, scene.picture, task) for task in confirmed]
        named = joined(scene.language.comma, names)
        card.small(scene.say("preparation", "check_confirmed", names=named))
    card.small(scene.site_clock())
    push = scene.say("preparation", "check_push", **facts)
    return Message(push.fallback(), card.done(), in_thread=is_open, broadcast=is_open)


def please_confirm(scene: Scene) -> Message:
    """An owner's own items that have to be confirmed again, in one message (R5.2)."""
    me = scene.reader.user_id
    mine = [task for task in scene.picture.unconfirmed() if task.owner_id == me]
    card = Card()
    facts = {"when": scene.arrival}
    card.header(scene.say("preparation", "confirm_title"))
    if scene.is_over or scene.visit.left_at is not None:
        card.text(scene.say("preparation", "tasks_over"))
        return Message(joined(" · ", [scene.title, _over(scene)]).fallback(), card.done())
    said = scene.say("preparation", "confirm_intro" if mine else "confirm_thanks", **facts)
    card.text(joined(" ", [scene.addressed(), said]))
    shown = few(card, mine, size=2)
    for task in shown:
        value = ids.pack(task.id)
        troubled = task.state == TaskState.PROBLEM
        confirm = Button(ids.TASK_CONFIRM, scene._("Confirm"), value, "primary")
        card.text(task_line(scene, task))
        card.buttons(
            None if _waits(scene, task) else confirm,
            None if troubled else Button(ids.TASK_PROBLEM, scene._("Problem"), value),
        )
    rest(card, scene.language, mine, shown)
    name = "confirm_push" if mine else "confirm_thanks"
    push = scene.say("preparation", name, count=len(mine), **facts)
    return Message(push.fallback(), card.done())


def open_items(scene: Scene) -> Message:
    """What is still open at the second check, to host and approvers (R5.2)."""
    items = scene.picture.unconfirmed()
    facts = {"when": scene.arrival, "count": len(items)}
    if scene.is_over or scene.visit.left_at is not None or not items:
        name = "open_none" if not items and not scene.is_over else "tasks_over"
        return short(scene.say("preparation", name, **facts))
    card = Card()
    title = scene.say("preparation", "open_title", **facts)
    card.header(title)
    card.text(scene.say("preparation", "open_intro", **facts))
    shown = few(card, items, size=1, spare=1)
    for task in shown:
        card.text(owned_line(scene, task))
    rest(card, scene.language, items, shown)
    card.buttons(remind_button(scene), scene.details_button())
    return Message(title.fallback(), card.done())


def remind_button(scene: Scene) -> Button | None:
    """*Remind them*: the owners of what is open."""
    if not any(task.owner_id for task in scene.picture.unconfirmed()):
        return None
    return Button(ids.REMIND_OWNERS, scene._("Remind them"), ids.pack(scene.visit_id))


def owned_line(scene: Scene, task: Task, *, with_problem: bool | None = None) -> Text:
    """One item with its owner and how it stands, for everybody else; `with_problem` as its owner
    wrote it (None: for whoever may read that)."""
    title = terms.task_of(scene.language, scene.picture, task)
    if task.owner_id is not None:
        owner = mention(task.owner_id)
    else:
        role = terms.role(scene.language, task.owner_role)
        owner = scene.say("preparation", "nobody", role=role)
    name = {TaskState.OPEN: "not_done", TaskState.DONE: "recheck", TaskState.PROBLEM: "problem"}
    state = TaskState(task.state)
    sign = "⚠️" if state == TaskState.PROBLEM else "⬜"
    held_for, stands = for_other(scene, task.for_id), scene.say("preparation", name[state])
    line = joined(" · ", [Text(f"{sign} *{title}*"), owner, held_for, stands])
    if with_problem is None:
        with_problem = scene.reader.is_among([task.owner_id]) or scene.may(Verb.READ_PROBLEMS)
    reads = with_problem and task.problem
    return joined("\n", [line, guard(task.problem, 200) if reads else None])


def task_problem(scene: Scene) -> Message | None:
    """A problem that an owner reported, to host and coordinator at once."""
    task = scene.task()
    if task is None:
        return None
    item = terms.task_of(scene.language, scene.picture, task)
    written = guard(scene.args["text"], 1000, keep_lines=True)
    card = Card()
    card.header(scene.say("preparation", "problem_title"))
    who = mention(scene.args["by"])
    card.text(scene.say("preparation", "problem_text", item=item, when=scene.arrival, who=who))
    card.quote(written)
    hand_over = Button(ids.TASK_HAND_OVER, scene._("Hand over"), ids.pack(task.id))
    card.buttons(hand_over, scene.details_button())
    push = scene.say("preparation", "problem_push", item=item, text=guard(scene.args["text"], 200))
    return Message(push.fallback(), card.done())


def handed_over(scene: Scene) -> Message | None:
    """An item that somebody has handed over, to its new owner."""
    task = scene.task()
    if task is None:
        return None
    item = terms.task_of(scene.language, scene.picture, task)
    said = scene.say(
        "preparation",
        "handed_over",
        who=mention(scene.args["by"]),
        item=item,
        when=scene.when(task.due_at),
    )
    card = Card()
    card.text(said)
    is_mine = scene.reader.is_among([task.owner_id]) and task.state != TaskState.DONE
    is_form = task.phase == Phase.FOLLOW_UP and task.key == "feedback"
    if is_mine and is_form:
        give = Button(ids.GIVE_FEEDBACK, scene._("Give feedback"), ids.pack(scene.visit_id))
        card.buttons(give, scene.details_button())
    elif is_mine:
        card.buttons(*task_buttons(scene, task), scene.details_button())
    return Message(said.fallback(), card.done())


def tell_again(scene: Scene) -> Message | None:
    """That somebody else comes than the guests were told, to whoever tells them (D12)."""
    task = scene.task()
    if task is None:
        return None
    by, reason = scene.args.get("by"), scene.args.get("reason")
    item = terms.task_of(scene.language, scene.picture, task)
    said = scene.say("preparation", "tell_again", item=item)
    card = Card()
    card.text(said)
    card.text(_what_happened(scene))
    if by and reason:
        card.text(scene.say("preparation", "tell_again_why", who=mention(str(by))))
        card.quote(guard(str(reason), 1000, keep_lines=True))
    card.facts(
        [
            (scene._("Host"), mention(scene.visit.host_id)),
            (scene._("Second host"), _person(scene.visit.second_host_id)),
            (scene._("Attending"), _people(scene)),
        ]
    )
    is_mine = scene.reader.is_among([task.owner_id]) and task.state != TaskState.DONE
    card.buttons(*(task_buttons(scene, task) if is_mine else ()), scene.details_button())
    return Message(said.fallback(), card.done())


def _what_happened(scene: Scene) -> Text | None:
    """Why somebody else comes, where it is no person's own words: an absence, its end, or a handing
    over."""
    what, until = scene.args.get("what"), scene.args.get("until")
    if not what:
        return None
    day = scene.language.calendar_day(date.fromisoformat(until)) if until else ""
    who = mention(str(scene.args.get("who")))
    return scene.say("preparation", f"tell_again_{what}", who=who, day=day)


def _person(who: str | None) -> Text | None:
    return mention(who) if who else None


def _people(scene: Scene) -> Text | None:
    attending = scene.picture.attending
    return scene.language.people(attending) if attending else None


def departure_items(scene: Scene) -> Message | None:
    """What the reader does when the guests leave, each with its buttons (P01, P15)."""
    me = scene.reader.user_id
    mine = [task for task in scene.picture.departing if task.owner_id == me]
    if not mine:
        return None
    card = Card()
    card.header(scene.say("preparation", "departure_title"))
    card.text(scene.addressed())
    for task in mine:
        card.text(task_line(scene, task))
        if task.state != TaskState.DONE and not scene.is_over:
            card.buttons(*task_buttons(scene, task))
    card.buttons(scene.details_button())
    names = [terms.task_of(scene.language, scene.picture, task) for task in mine]
    named = joined(scene.language.comma, names)
    return Message(scene.say("preparation", "departure_push", names=named).fallback(), card.done())


def item_done(scene: Scene) -> Message | None:
    """That an item is done, for those of whom the procedure says so (R8.6)."""
    task = scene.task()
    if task is None or task.done_by is None:
        return None
    item, who = terms.task_of(scene.language, scene.picture, task), mention(task.done_by)
    said = scene.say("preparation", "item_done", item=item, who=who)
    return short(said, scene.details_button())


def ahead(scene: Scene) -> Text:
    """How far ahead of the arrival a check stands, by its step of the policy."""
    step = scene.picture.policy.step(str(scene.args.get("step")))
    number, unit = (abs(step.at.offset.number), step.at.offset.unit) if step else (0, "h")
    if unit == "h" and number and number % 24 == 0:
        number, unit = number // 24, "d"
    if (number, unit) == (12, "h"):
        return scene.say("preparation", "ahead_half_day")
    if unit in {"d", "wd"}:
        return scene.say("preparation", "ahead_days", days=number)
    if unit == "h":
        return scene.say("preparation", "ahead_hours", hours=number)
    return scene.say("preparation", "ahead_minutes", minutes=number)


def _done(scene: Scene, task: Task) -> Text:
    when = scene.language.moment(task.done_at or scene.now)
    if task.done_by is None:
        return scene.say("preparation", "done", when=when)
    return scene.say("preparation", "done_by", who=mention(task.done_by), when=when)


def _over(scene: Scene) -> Text:
    return scene.say("preparation", "tasks_over")
