"""The protocol grade and escorts of the right rank (P04, P08, R4.5)."""

from models.policy.company_tables import Rank
from models.policy.level_tables import Grade
from models.policy.rules import Policy
from models.policy.source import Source, source


def grade_between(host: int, guest: int) -> Grade:
    """The protocol grade (对等, 高格, 低格) of two grades of the ladder."""
    if host == guest:
        return "equal"
    return "high" if host > guest else "low"


def protocol_grade(policy: Policy, host: str | None, guest: str | None) -> Grade | None:
    """The protocol grade of the host's against the lead guest's rank; None where one is unknown."""
    grades = policy.grades
    if host not in grades or guest not in grades:
        return None
    return grade_between(grades[host], grades[guest])


def wanted_grade(policy: Policy, level: str) -> tuple[Grade, Source]:
    """The grade that the level wants, else the policy's, with its rule."""
    found = policy.level(level)
    if found.protocol is not None:
        return found.protocol, source(policy, f"level.{found.key}.protocol")
    return policy.protocol.rule, source(policy, "protocol.rule")


def escort_ranks(policy: Policy, level: str, guest: str | None) -> list[Rank]:
    """Ranks of ours that may lead for this guest, the most fitting first (R4.5).

    Those of the level's escorts; among them the wanted grade first, then higher ones from near to
    far if the policy lets it be raised, then lower ones from near to far. Without an escort rule
    all ranks of ours are asked. A substitute is the next in the list.
    """
    found = policy.level(level)
    ours = [rank for rank in policy.ranks if rank.side != "guests"]
    if found.escorts is not None:
        allowed = set(found.escorts.ranks)
        low = policy.grades.get(found.escorts.lead_from or "", 0)
        high = policy.grades.get(found.escorts.lead_to or "", 1 << 30)
        ours = [rank for rank in ours if rank.key in allowed and low <= rank.grade <= high]
    grade = policy.grades.get(guest or "")
    if grade is None:
        return sorted(ours, key=lambda rank: -rank.grade)
    wanted, _ = wanted_grade(policy, level)
    order: dict[Grade, int] = {wanted: 0}
    others: list[Grade] = (
        ["equal", "high", "low"] if policy.protocol.may_raise else ["equal", "low"]
    )
    for other in others:
        order.setdefault(other, len(order))

    def place(rank: Rank) -> tuple[int, int, str]:
        between = grade_between(rank.grade, grade)
        return order[between], abs(rank.grade - grade), rank.key

    return sorted((r for r in ours if grade_between(r.grade, grade) in order), key=place)
