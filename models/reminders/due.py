"""What a visit owes: the deliveries that follow from its state and its policy. Pure.

Recomputed after every change; `services.outbox` brings the stored rows in line. An owed row has a
key of its own that holds the anchor's time, so that a moved visit is reminded of anew and an
unmoved one is not.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from models.base.permissions import Ability
from models.base.words import (
    OPEN_STATUSES,
    InvitationState,
    Matter,
    Party,
    TripState,
    VisitStatus,
)
from models.policy.choose import steps_for, wanted
from models.policy.conditions import Facts
from models.policy.quiet import due_after_days_off, item_rests
from models.policy.rules import Policy, TaskRule
from models.reading.deciding import next_level
from models.reading.dispatch import assigns_cars
from models.reading.facts import facts_of, rank_of_person
from models.reading.gates import opened_by
from models.reading.notice import completeness, suggested_leaders
from models.reading.picture import VisitPicture
from models.reminders.anchors import moment_of
from models.reminders.etiquette import etiquette_rows
from models.reminders.meeting import meeting_rows
from models.reminders.outbox import CARDS, CHANNEL, TOPIC
from models.reminders.owed import NOBODY, Owed, prefix
from models.reminders.silence import decision_due, silence_ends
from models.reminders.taking_part import part_rows
from models.reminders.timed import closed_rows, step_rows

_MISSING = "notice_missing"
_STILL_UNDECIDED = (timedelta(days=1), timedelta(hours=2))

__all__ = ["NOBODY", "Owed", "applies", "is_undecided", "owed", "task_due"]


def owed(picture: VisitPicture) -> list[Owed]:
    """All deliveries that the visit's present state and policy call for, in order of due time.

    The same picture always gives the same list; keys are unique in it.
    """
    rows = [_card(picture)]
    if picture.status in OPEN_STATUSES and picture.status != VisitStatus.POSTPONED:
        rows += [*_approval_rows(picture), *_invitation_rows(picture)]
        rows += [
            *_notice_rows(picture),
            *_office_rows(picture),
            *_rating_rows(picture),
            *_undecided_rows(picture),
        ]
    if picture.is_prepared:
        rows += [*_work_cards(picture), *_transitions(picture), *step_rows(picture)]
        rows += [*etiquette_rows(picture), *part_rows(picture), *meeting_rows(picture)]
    elif picture.status == VisitStatus.CLOSED:
        rows += closed_rows(picture)
    unique = {row.key: row for row in rows}
    return sorted(unique.values(), key=lambda row: (row.due, row.key))


def _card(picture: VisitPicture) -> Owed:
    return Owed(f"{prefix(picture)}:card", "visit_card", CHANNEL, due=picture.visit.created_at)


def _approval_rows(picture: VisitPicture) -> Iterator[Owed]:
    """A card for each who may decide, and the moment at which silence goes on, level by level."""
    for chain in picture.open_chains:
        step = chain.pending
        if step is None or step.asked_at is None:
            continue
        kind = CARDS[Matter(chain.sign_off.matter)]
        turn = f".{step.turn}" if step.turn else ""  # asked anew: by a new card
        for person in picture.deciders(step):
            is_stand_in = person == step.delegate_id
            anew = ".d" if is_stand_in else ""  # by a card of its own, be it that one was sent
            at = step.delegated_at if is_stand_in else step.escalated_at
            yield Owed(
                f"{prefix(picture)}:{kind}:{step.id}{turn}{anew}:{person}",
                kind,
                person,
                due=max(at or step.asked_at, step.asked_at),
                args={"step": step.id, "role": step.role, "turn": step.turn},
            )
        due, levels = decision_due(picture, step), len(step.asked_roles)
        higher = next_level(picture.policy, chain.sign_off, step, picture.holders)
        if due is not None and higher is not None:
            number = f".{levels}" if levels > 1 else ""
            yield Owed(
                f"{prefix(picture)}:escalate:{step.id}{turn and f'{turn}t'}{number}",
                "do:escalate",
                NOBODY,
                due=due,
                args={"step": step.id, "level": levels},
            )


def _notice_rows(picture: VisitPicture) -> Iterator[Owed]:
    """Whoever fills something of the notice is asked once it counts: at once where the approvers
    wait for it, else when the visit is approved; and reminded when it is due (P02). Who sends the
    request reads what is missing in the answer."""
    visit = picture.visit
    if visit.left_at is not None:
        return
    topic: dict[str, object] = {TOPIC: _MISSING}
    for each in completeness(picture).missing:
        since = visit.notice_asked_at if each.before_approval else visit.approved_at
        if since is None:
            continue
        stamp = int(each.due.timestamp())
        for person in each.people:
            key = f"{prefix(picture)}:notice:{stamp}:{person}"
            if person != visit.requester_id:
                yield Owed(f"{key}:first", _MISSING, person, since, visit.departure, topic)
            if each.reminds and each.due > since:
                yield Owed(key, _MISSING, person, each.due, visit.departure, topic)


def _office_rows(picture: VisitPicture) -> Iterator[Owed]:
    """Whoever prepares is told at the sending of a request that needs leaders of that rank: as its
    approvers, its host, or those whom it suggests (A29, P05)."""
    policy, visit = picture.policy, picture.visit
    wanted = policy.grades.get(policy.request.office_told_from or "")
    if wanted is None or visit.approved_at is not None:
        return
    people = [visit.host_id, *suggested_leaders(picture)]
    ranks = [rank_of_person(picture, who) for who in people]
    roles = {step.role for step in picture.approvals}
    ranks += [rank for rank in policy.ranks if rank.role in roles]
    if any(rank is not None and rank.grade >= wanted for rank in ranks):
        for person in picture.able(Ability.PREPARES)[:1]:
            key = f"{prefix(picture)}:office:{person}"
            yield Owed(key, "office_told", person, visit.created_at, visit.arrival)


def _rating_rows(picture: VisitPicture) -> Iterator[Owed]:
    """A card for whoever rates the request, and its end after the time of silence (P18)."""
    visit = picture.visit
    if visit.rating_asked_at is None or not visit.awaits_rating:
        return
    for person in picture.raters():
        yield Owed(f"{prefix(picture)}:rating:{person}", "rating", person, visit.rating_asked_at)
    due = silence_ends(picture, "rating", visit.rating_asked_at)
    yield Owed(f"{prefix(picture)}:unrated", "do:unrated", NOBODY, due=due)


def is_undecided(picture: VisitPicture) -> bool:
    """Whether the request waits for its first approval, be it that changes are asked for."""
    waits = picture.status in {VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED}
    return waits and picture.visit.approved_at is None


def _undecided_rows(picture: VisitPicture) -> Iterator[Owed]:
    """The requester hears in time that it is still undecided; at the arrival it lapses."""
    if not is_undecided(picture):
        return
    visit, asked = picture.visit, picture.asked_at
    stamp = int(visit.arrival.timestamp())
    for ahead in _STILL_UNDECIDED:
        due = visit.arrival - ahead
        if due > asked:
            yield Owed(
                f"{prefix(picture)}:undecided:{stamp}.{ahead // timedelta(hours=1)}",
                "undecided",
                visit.requester_id,
                due=due,
                expires=visit.arrival,
            )
    yield Owed(f"{prefix(picture)}:lapse:{stamp}", "do:lapse", NOBODY, due=visit.arrival)


def _invitation_rows(picture: VisitPicture) -> Iterator[Owed]:
    """A card for each leader who was asked to attend; one asked anew later gets a new one."""
    visit = picture.visit
    for each in picture.invitations:
        if each.state in {InvitationState.ASKED, InvitationState.ACCEPTED} and not visit.left_at:
            asked = int(each.asked_at.timestamp())
            yield Owed(
                f"{prefix(picture)}:invitation:{each.id}:{asked}",
                "invitation",
                each.user_id,
                due=each.asked_at,
                expires=visit.departure,
                args={"invitation": each.id, "asked": asked},
            )


def _work_cards(picture: VisitPicture) -> Iterator[Owed]:
    visit = picture.visit
    start = visit.approved_at or visit.created_at
    if picture.trips_without_driver() and visit.left_at is None:
        newest = max(trip.id or 0 for trip in picture.trips)  # a trip added later asks anew
        for person in assigns_cars(picture.policy, picture.holders):
            yield Owed(f"{prefix(picture)}:cars:{newest}:{person}", "cars", person, due=start)
    for trip in picture.trips:
        if trip.state == TripState.ASSIGNED and trip.driver_id:
            yield Owed(
                f"{prefix(picture)}:trip:{trip.id}:{trip.assignment}",
                "trip",
                trip.driver_id,
                due=start,
                args={"trip": trip.id, "assignment": trip.assignment},
            )
    yield from _chase(picture)
    if visit.left_at is None:
        for owner in picture.people(Party.TASK_OWNERS):
            yield _task_card(picture, owner, start)


def _task_card(picture: VisitPicture, owner: str, start: datetime) -> Owed:
    """The card of an owner's items; what was held back comes by a new one (`after`)."""
    gate = opened_by(picture, owner)
    anew = f":{gate}" if gate else ""
    key = f"{prefix(picture)}:tasks:{owner}{anew}"
    return Owed(key, "tasks", owner, due=start, args={"after": gate} if gate else {})


def _chase(picture: VisitPicture) -> Iterator[Owed]:
    """One card for whoever chases the preparation, and its freshening at each check (P18)."""
    visit, chasers = picture.visit, picture.able(Ability.CHASES)[:1]
    if visit.left_at is not None or not chasers:
        return
    approved = visit.approved_at or visit.created_at
    for person in chasers:
        yield Owed(f"{prefix(picture)}:chase:{person}", "chase", person, due=approved)
    for step in steps_for(picture.policy, facts_of(picture)):
        due = moment_of(picture, step.at)
        if step.message == "preparation_check" and due is not None and due > approved:
            stamp = int(visit.arrival.timestamp())
            key = f"{prefix(picture)}:freshen:{step.key}:{stamp}"
            yield Owed(key, "do:freshen", NOBODY, due=due, expires=visit.arrival)


def _transitions(picture: VisitPicture) -> Iterator[Owed]:
    visit = picture.visit
    if visit.left_at is None:
        stamp = int(visit.departure.timestamp())
        yield Owed(f"{prefix(picture)}:left:{stamp}", "do:left", NOBODY, due=visit.departure)


def task_due(policy: Policy, task_key: str, picture: VisitPicture) -> datetime | None:
    """When a task of the policy is due for this visit, what follows it on a working day, as it is
    asked for; None while its anchor is not there."""
    rule = policy.task_rule(task_key)
    due = moment_of(picture, rule.due) if rule is not None else None
    if rule is None or due is None or not item_rests(policy, rule):
        return due
    return due_after_days_off(policy, due, picture.visit.timezone)


def applies(picture: VisitPicture, rule: TaskRule, known: Facts) -> bool:
    """Whether an item of the policy is for this visit: a car's needs a trip, others a level, a
    rank, a purpose (`only`)."""
    kinds = {trip.kind for trip in picture.trips}
    if rule.when is not None and rule.when not in kinds and not (rule.when == "trip" and kinds):
        return False
    return wanted(picture.policy, rule.only, known)
