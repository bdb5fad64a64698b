"""Which paragraph of the company's own written procedure stands behind a rule."""

from collections.abc import Sequence

from models.policy.approval_tables import ApproverRule, Escalation, ExceptionRule, Notice, Overspend
from models.policy.base import LongText
from models.policy.company_tables import Protocol
from models.policy.level_tables import Level
from models.policy.notice_tables import NoticeRule
from models.policy.rules import Policy
from models.policy.source import Source
from models.policy.timed_tables import Step, TaskRule

_Entry = Level | ApproverRule | ExceptionRule | TaskRule | Step | NoticeRule
_Single = Notice | Escalation | Protocol | Overspend


def clause_of(policy: Policy, place: Source) -> LongText | None:
    """The paragraph that the rule at a place quotes; None where its file gives none. A longer lead
    time without its own quotes that of the lead time."""
    if place.entry is not None and place.table != "lead_time.rule":
        found = next(
            (each for each in _entries(policy, place.table) if each.key == place.entry), None
        )
        return found.clause if found is not None else None
    longer = next((each for each in policy.lead_time.rules if each.key == place.entry), None)
    if longer is not None and longer.clause is not None:
        return longer.clause
    single = _single(policy, place.table.removesuffix(".rule"))
    return single.clause if single is not None else None


def _entries(policy: Policy, table: str) -> Sequence[_Entry]:
    entries: dict[str, Sequence[_Entry]] = {
        "level": policy.levels,
        "approver": policy.approvers,
        "exception": policy.exceptions,
        "task": policy.tasks,
        "step": policy.steps,
        "notice": policy.notices,
    }
    return entries.get(table, ())


def _single(policy: Policy, table: str) -> _Single | None:
    tables: dict[str, _Single | None] = {
        "lead_time": policy.lead_time,
        "escalation": policy.escalation,
        "protocol": policy.protocol,
        "overspend": policy.overspend,
    }
    return tables.get(table)
