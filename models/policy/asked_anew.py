"""Whose approval an edit of a visit puts in question (R3.2): pure."""

from collections.abc import Iterable, Sequence
from typing import Literal

from models.policy.approval_tables import ApproverRule, ExceptionRule
from models.policy.approvals import Approver, Reason
from models.policy.conditions import Beyond
from models.policy.rules import Policy

Edited = Literal["day", "level", "budget", "leader"]
"""What of a visit leaders decide on: the calendar day of arrival or departure, the level, a higher
budget, and the leader of ours who hosts. All else may be edited without asking them."""

_WHOLE: frozenset[Edited] = frozenset({"day", "level", "budget", "leader"})
_BY_KIND: dict[Beyond, frozenset[Edited]] = {
    Beyond.LATE: frozenset({"day"}),
    Beyond.NOT_IN_WRITING: frozenset(),
    Beyond.ESCORT: frozenset({"leader"}),
}
_OF_MONEY: frozenset[Edited] = frozenset({"budget", "level"})  # caps go by the level


def asked_anew(
    policy: Policy, before: Iterable[Approver], now: Sequence[Approver], edited: Iterable[Edited]
) -> set[str]:
    """The roles of the chain `now` whose decision does not stand after an edit (C04).

    It hung on something `edited`, or the role is asked for a reason that it was not asked for
    `before`: a new exception, another level, a rule that has come to apply.
    """
    old = {each.role: {_named(reason) for reason in each.reasons} for each in before}
    changed = set(edited)
    return {
        each.role
        for each in now
        if any(
            _named(reason) not in old.get(each.role, ()) or _hangs_on(policy, reason) & changed
            for reason in each.reasons
        )
    }


def _named(reason: Reason) -> tuple[str, str]:
    return reason.why, reason.source.entry or reason.source.table


def _hangs_on(policy: Policy, reason: Reason) -> frozenset[Edited]:
    """What a decision hangs on that is asked for this reason. Who decides by level, or in place of
    those, decides on the whole visit; a rule's approvers on what the rule looks at."""
    key = reason.source.entry
    if reason.why == "rule":
        return next((_of_rule(rule) for rule in policy.approvers if rule.key == key), _WHOLE)
    if reason.why == "exception":
        return next((_of_kinds(rule) for rule in policy.exceptions if rule.key == key), _OF_MONEY)
    return _WHOLE


def _of_rule(rule: ApproverRule) -> frozenset[Edited]:
    if rule.instead or rule.only is not None:
        return _WHOLE
    found: set[Edited] = set()
    if rule.amount_above is not None or rule.amount_from is not None:
        found.add("budget")
    if rule.late is not None:
        found.add("day")
    if rule.attending_from is not None:
        found.add("leader")
    return frozenset(found)


def _of_kinds(rule: ExceptionRule) -> frozenset[Edited]:
    if not rule.kinds:
        return _OF_MONEY
    return frozenset[Edited]().union(*(_BY_KIND.get(kind, _OF_MONEY) for kind in rule.kinds))
