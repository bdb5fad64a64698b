"""The facts of a visit as every card and view shows them."""

from datetime import datetime
from decimal import Decimal

from models.base.permissions import Ability
from models.base.words import StepState, TaskState, TripState
from models.customers.phones import dialled, shown_phone
from models.policy.leadtime import lead_missed
from models.policy.span import Span
from models.reading.discretion import choices_of, chosen_of
from models.reading.facts import ahead_of, capital_of, facts_of, unpublished_year
from models.records.cars import Trip
from models.records.customers import Guest
from models.records.preparation import Task
from models.records.signoff import ApprovalStep
from models.reminders.unsure import unsure_due
from models.request.capital import written_capital
from templates.reading import drives
from templates.reading.diets import diet_words
from templates.slack.blocks import Card, Fact
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, dial, guard, joined, mention

_STEP_SIGNS = {
    StepState.WAITING: "⬜",
    StepState.PENDING: "⏳",
    StepState.APPROVED: "✅",
    StepState.DECLINED: "⛔",
    StepState.CHANGES_ASKED: "✏️",
    StepState.VOID: "·",
}
_REACHED = {
    TripState.HERE: "here_at",
    TripState.ABOARD: "aboard_at",
    TripState.DONE: "done_at",
}


def visit_facts(scene: Scene, *, with_budget: bool = False) -> list[Fact]:
    """Who comes, when, why and to whom. The budget is not for everybody (R10.1)."""
    language, visit = scene.language, scene.visit
    facts: list[Fact] = [
        (language._("Customer"), customer_facts(scene, with_capital=with_budget)),
        (language._("Lead guest"), lead_guest(scene)),
        (language._("Party"), people_count(scene)),
        (language._("Arrival"), scene.arrival),
        (language._("Departure"), scene.when(visit.departure)),
        (language._("First meeting"), meeting(scene)),
        (language._("Host"), _held(scene, visit.host_id, visit.host_for_id)),
        (
            language._("Second host"),
            _held(scene, visit.second_host_id, visit.second_host_for_id)
            if visit.second_host_id
            else None,
        ),
        (
            language._("Account owner"),
            _held(scene, scene.picture.account_owner, visit.account_owner_for_id),
        ),
        (language._("Purpose"), terms.purpose(language, visit.purpose)),
        (language._("Level"), terms.level(language, scene.picture)),
        (language._("Importance"), rating_line(scene)),
        (terms.choices(language, choices_of(scene.picture)[:-1]), discretion_line(scene)),
        (language._("Travel"), travel(scene)),
    ]
    if with_budget and visit.budget is not None:
        facts.append((language._("Budget"), money(scene, visit.budget)))
    return facts


def for_other(scene: Scene, who: str | None) -> Text | None:
    """That a stand-in has it for somebody who is away."""
    return scene.say("away", "for_other", who=mention(who)) if who is not None else None


def _held(scene: Scene, who: str, for_whom: str | None) -> Text:
    return joined(" · ", [mention(who), for_other(scene, for_whom)])


def rating_line(scene: Scene) -> Text | None:
    """How important the visit was rated, and by whom, or that nobody has rated it (P18)."""
    visit, policy = scene.visit, scene.picture.policy
    if visit.rating_asked_at is None:
        return None
    if visit.awaits_rating:
        return scene.say("approval", "rating_asked")
    if visit.rated is None or visit.rated_by is None:
        return scene.say("approval", "not_rated")
    name = scene.language.own(policy.level(visit.rated).name)
    return scene.say("approval", "rated", level=name, who=mention(visit.rated_by))


def discretion_line(scene: Scene) -> Text | None:
    """What a leader chose of what the level leaves to them, or that it is still to be chosen; None
    where it leaves nothing (P09)."""
    if not choices_of(scene.picture):
        return None
    chosen, who = chosen_of(scene.picture), scene.visit.discretion_by
    if chosen is None or who is None:
        return scene.say("approval", "choice_open")
    name = terms.choice(scene.language, chosen)
    return scene.say("approval", "choice_made", choice=name, who=mention(who))


def customer_facts(scene: Scene, *, with_capital: bool) -> Text | None:
    """What the procedure's rules want to know of the customer, as far as it is known. The capital
    is for those who see the budget."""
    visit, policy, own = scene.visit, scene.picture.policy, scene.language.own
    kind = next((k for k in policy.customer_kinds if k.key == visit.customer_kind), None)
    capital = capital_of(visit) if with_capital else None
    is_new = scene.picture.is_new_customer and "new_customer" in policy.asked
    return joined(
        " · ",
        [
            own(kind.name) if kind is not None else None,
            scene.say("rules", "new_customer") if is_new else None,
            scene.say("rules", "overseas") if visit.is_overseas else None,
            scene.say("rules", "important") if visit.is_important else None,
            guard(written_capital(capital)) if capital is not None else None,
        ],
    )


def meeting(scene: Scene) -> Text | None:
    """When and where the first talks are."""
    visit = scene.visit
    when = scene.when(visit.meeting_at) if visit.meeting_at is not None else None
    place = guard(visit.meeting_place) if visit.meeting_place else None
    return joined(" · ", [when, place])


def lead_guest(scene: Scene) -> Text:
    """Name and title of the lead guest."""
    visit = scene.visit
    parts = [guard(visit.lead_guest, 200), guard(visit.lead_guest_title, 200)]
    return joined(scene.language.apposition, parts)


def contact(scene: Scene) -> Text | None:
    """The phone of the contact on the customer's side, to be pressed, for host, driver and whoever
    meets or prepares for the guests (R1.7)."""
    kept, visit = scene.visit.contact_phone, scene.visit
    drivers = [trip.driver_id for trip in scene.picture.trips]
    greets = scene.picture.notice.get("greeting_person")
    greeter = str(greets) if greets else None
    people = [visit.host_id, visit.second_host_id, visit.requester_id, greeter, *drivers]
    meets = scene.reader.is_among([person for person in people if person])
    if kept is None or not (meets or scene.is_able(Ability.FRONTS, Ability.PREPARES)):
        return None
    return dial(dialled(kept), shown_phone(kept))


def contact_line(scene: Scene) -> Text | None:
    """The same as a line of its own."""
    phone = contact(scene)
    return scene.say("visit", "contact", phone=phone) if phone is not None else None


def people_count(scene: Scene) -> Text:
    """How many people come."""
    return scene.language.ngettext(
        "%(num)s person", "%(num)s people", scene.visit.party_size, num=scene.visit.party_size
    )


def travel(scene: Scene) -> Text | None:
    """How the guests come, with the number of the flight or train, and the terminal."""
    visit, terminal = scene.visit, scene.picture.notice.get("terminal")
    number = guard(visit.travel_number) if visit.travel_number else None
    way = terms.travel(scene.language, visit.travel_by, number)
    return joined(" · ", [way, guard(str(terminal), 100) if terminal else None]) or None


def money(scene: Scene, amount: Decimal) -> Text:
    """An amount in the policy's currency."""
    return scene.language.money(amount, scene.picture.policy.currency)


def status_line(scene: Scene) -> Text:
    """Where the visit stands, and that it is urgent, with the reason (R1.5)."""
    status = terms.status(scene.language, scene.picture)
    sign = terms.STATUS_SIGNS[scene.picture.status]
    return joined("\n", [Text(f"{sign} *{status}*"), notice(scene)])


def notice(scene: Scene) -> Text | None:
    """That a request is urgent, and what of that hangs on a calendar that is not published yet;
    None where there is nothing to say."""
    return joined("\n", [urgency(scene), not_published(scene)]) or None


def urgency(scene: Scene) -> Text | None:
    """Why a request counts as urgent (R1.5); None where it does not."""
    visit, policy = scene.visit, scene.picture.policy
    if not visit.is_urgent or scene.is_over or visit.left_at is not None:
        return None
    ahead = ahead_of(scene.picture)
    missed = lead_missed(policy, facts_of(scene.picture), ahead)
    inside = Span(policy.lead_time.urgent_hours or 0, "hours")
    wanted = missed.span if missed is not None else inside
    if ahead.reaches(wanted):
        return scene.say("visit", "urgent_plain")
    given = ahead.in_(wanted.unit)
    return scene.say("visit", f"urgent_{wanted.unit}", number=given.number, wanted=wanted.number)


def not_published(scene: Scene) -> Text | None:
    """That the official calendar is not published yet by which the visit was, or was not, asked for
    in time (R1.5); None where nothing hangs on it."""
    if scene.is_over or scene.visit.left_at is not None:
        return None
    return calendar_note(scene.language, unpublished_year(scene.picture))


def calendar_note(language: Language, year: int | None) -> Text | None:
    """That the official calendar of a year is not published yet; None without a year."""
    return None if year is None else language.say("rules", "not_published", year=str(year))


def trip_line(scene: Scene, trip: Trip, *, with_state: bool = True) -> Text:
    """One trip: when, for how long, where, and how far the car is."""
    kind = scene.trip_kind(trip.kind)
    head = joined(
        " · ",
        [
            Text(f"*{kind}* {scene.when(trip.at)}"),
            drives.length(scene, trip),
            drives.way(scene, trip),
        ],
    )
    return joined("\n", [head, trip_state(scene, trip)]) if with_state else head


def trip_state(scene: Scene, trip: Trip) -> Text:
    """How far the car is, who drives, which car."""
    language = scene.language
    state = TripState(trip.state)
    words = terms.trip_state(language, state)
    at: datetime | None = getattr(trip, _REACHED[state]) if state in _REACHED else None
    if at is not None:
        words = Text(f"{words} {language.time(at)}")
    driver = mention(trip.driver_id) if trip.driver_id else None
    car = guard(trip.car, 100) if trip.car and trip.driver_id else None
    return joined(" · ", [Text(f"{'🚗' if trip.driver_id else '❗'} {words}"), driver, car])


def trip_lines(scene: Scene, card: Card) -> None:
    """All trips of the visit; cars are looked for once it is approved. A late one says so."""
    for trip in scene.picture.trips:
        line = trip_line(scene, trip, with_state=scene.picture.is_prepared)
        late = drives.late_mark(scene, trip) if not scene.is_over else None
        card.text(joined("\n", [line, late]))


def approval_line(scene: Scene, step: ApprovalStep) -> Text:
    """One approval step: who decided, what, when; or who is asked."""
    language = scene.language
    role = terms.role(language, step.role)
    sign = _STEP_SIGNS[StepState(step.state)]
    state = terms.step_state(language, step.state)
    who: Text | None = None
    if step.decided_by is not None:
        who = mention(step.decided_by)
    elif step.state == StepState.PENDING:
        people = scene.picture.deciders(step)
        who = language.people(people, 4) if people else language._("nobody holds this role")
    at = step.decided_at or (step.asked_at if step.state == StepState.PENDING else None)
    when = scene.language.moment(at) if at is not None else None
    phone = scene.say("approval", "phone_short") if step.is_unconfirmed else None
    other = mention(step.on_behalf_of) if step.on_behalf_of else None
    behalf = scene.say("approval", "on_behalf_short", who=other) if other else None
    head = Text(f"{sign} *{role}*{language.colon}{state}")
    return joined(" · ", [head, who, behalf, when, phone])


def approval_lines(scene: Scene) -> Text | None:
    """The approvals of this round, in order."""
    steps = scene.picture.approvals
    return joined("\n", [approval_line(scene, step) for step in steps]) or None


def comment(step: ApprovalStep) -> Text | None:
    """What the approver wrote."""
    return guard(step.comment, 1000, keep_lines=True) if step.comment else None


def preparation_line(scene: Scene) -> Text | None:
    """How much of the preparation stands (R5.2)."""
    tasks = scene.picture.preparation
    if not tasks or scene.picture.rests:
        return None
    confirmed = len(tasks) - len(scene.picture.unconfirmed())
    done = sum(task.state == TaskState.DONE for task in tasks)
    name = "progress" if scene.now >= scene.picture.window_opens() else "progress_early"
    line = scene.say("visit", name, confirmed=confirmed, total=len(tasks), done=done)
    troubled = [task for task in tasks if task.state == TaskState.PROBLEM]
    if not troubled:
        return line
    names = [terms.task_of(scene.language, scene.picture, task) for task in troubled]
    return Text(
        f"{line}\n{scene.say('visit', 'problems', names=joined(scene.language.comma, names))}"
    )


def follow_up_line(scene: Scene) -> Text | None:
    """What of the follow-up is in (R8)."""
    tasks = scene.picture.follow_up
    if not tasks or scene.visit.left_at is None:
        return None
    open_rules = [
        scene.picture.policy.task_rule(task.key) for task in tasks if task.state != TaskState.DONE
    ]
    year = unsure_due(scene.picture, [rule.due for rule in open_rules if rule is not None])
    lines = [follow_up_item(scene, task) for task in tasks]
    return joined("\n", [*lines, calendar_note(scene.language, year)])


def follow_up_item(scene: Scene, task: Task) -> Text:
    """One item of the follow-up: done, or who owes it until when."""
    title = terms.task_of(scene.language, scene.picture, task)
    if task.state == TaskState.DONE:
        return Text(f"✅ {title}")
    owner = mention(task.owner_id) if task.owner_id else None
    due = scene.say("follow_up", "due", when=scene.when(task.due_at))
    return joined(" · ", [Text(f"⏳ {title}"), owner, due])


def guest_lines(scene: Scene, guests: list[Guest], most: int = 15) -> Text | None:
    """The guests as they were named: name, title, diet; of many, the first ones."""
    lines = [
        joined(
            scene.language.apposition,
            [
                guard(guest.name),
                guard(guest.title) if guest.title else None,
                diet_words(scene.language, scene.picture.policy, guest.diet),
            ],
        )
        for guest in guests[:most]
    ]
    if len(guests) > most:
        lines.append(scene.language.and_more(len(guests) - most))
    return joined("\n", lines) or None


def notes(scene: Scene) -> Text | None:
    """The notes of the request."""
    return guard(scene.visit.notes, 1500, keep_lines=True) if scene.visit.notes else None
