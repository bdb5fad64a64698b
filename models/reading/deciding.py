"""Who decides a step, and by when: the one answer that cards, permissions and lists share. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.base.words import StepState
from models.policy.rules import Policy
from models.records.signoff import ApprovalStep, SignOff

Holders = Mapping[str, Sequence[str]]
"""The people of each role, the first-named first."""

TAKE_BACK = timedelta(minutes=30)
"""How long a decision may be taken back by who made it, while nobody has gone by it."""


@dataclass(frozen=True)
class Chain:
    """A matter's sign-off with its steps in the order in which they are asked."""

    sign_off: SignOff
    steps: list[ApprovalStep]

    @property
    def pending(self) -> ApprovalStep | None:
        """The step that is being decided now."""
        return next((step for step in self.steps if step.state == StepState.PENDING), None)


def decided_after(steps: Iterable[ApprovalStep], step: ApprovalStep) -> ApprovalStep | None:
    """The step of the same chain that somebody else has decided since."""
    mine = _when(step)
    return next(
        (s for s in steps if s.decided_by not in {None, step.decided_by} and _when(s) > mine), None
    )


def _when(step: ApprovalStep) -> tuple[float, int]:
    return (step.decided_at.timestamp() if step.decided_at else 0.0, step.position)


def may_be_taken_back(chain: Chain, step: ApprovalStep, now: datetime) -> bool:
    """Whether a decision is as recent as that, and no next leader has decided since."""
    at = step.decided_at
    return at is not None and now - at <= TAKE_BACK and decided_after(chain.steps, step) is None


def asked_role(policy: Policy, role: str, own: Collection[str], holders: Holders) -> str:
    """The role that is asked where a chain names `role`: nobody decides their own matter.

    Where one of `own` holds the role it goes to the next of the ladder whom another leads; at its
    top to others who hold that role, else to the role that the policy names for it. The role itself
    where the policy allows it, and where there is nobody else at all.
    """
    if not _is_own(policy, role, own, holders):
        return role
    path = [role, *above(policy, role)]
    for higher in path[1:]:
        if holders.get(higher) and not set(own) & set(holders[higher]):
            return higher
    named = policy.approval.own_request_to
    shared = [*reversed(path), *([named] if named is not None else [])]
    return next((each for each in shared if set(holders.get(each, ())) - set(own)), role)


def above(policy: Policy, role: str) -> list[str]:
    """The roles above one on the policy's ladder of escalation, the next one first (R3.1)."""
    ladder: dict[str, str] = {str(low): str(high) for low, high in policy.escalation.to.items()}
    found: list[str] = []
    while (role := ladder.get(role, "")) and role not in found:
        found.append(role)
    return found


def next_level(
    policy: Policy, sign_off: SignOff, step: ApprovalStep, holders: Holders
) -> str | None:
    """Whom the silence of all who have been asked goes on to; None at the end of the ladder. Where
    that is reached and it is everybody's own matter, it is the role that the policy names."""
    asked = step.asked_roles
    if not asked:
        return None
    higher = next(iter(above(policy, asked[-1])), None)
    if higher is None and is_own_only(policy, sign_off, step, holders):
        higher = policy.approval.own_request_to
    return higher if higher not in asked else None


def is_own_only(policy: Policy, sign_off: SignOff, step: ApprovalStep, holders: Holders) -> bool:
    """Whether all who have been asked are those whose own matter it is: nobody's silence is to be
    waited for."""
    is_held = any(holders.get(role) for role in step.asked_roles)
    return is_held and not deciders_of(policy, sign_off, step, holders)


def deciders_of(
    policy: Policy, sign_off: SignOff, step: ApprovalStep, holders: Holders
) -> list[str]:
    """Who may decide a step: those who hold the roles asked so far and whoever it was delegated
    to, but not whose own matter it is. Nobody for a step that waits for its turn."""
    found = askable(policy, sign_off, step, holders)
    stand_in = step.delegate_id
    if not step.asked_roles or stand_in is None or stand_in in _own(policy, sign_off):
        return found
    return list(dict.fromkeys([*found, stand_in]))


def askable(policy: Policy, sign_off: SignOff, step: ApprovalStep, holders: Holders) -> list[str]:
    """Who may decide a step by a role of their own: they may delegate it."""
    return _people(step.asked_roles, _own(policy, sign_off), holders)


def may_delegate(
    policy: Policy, sign_off: SignOff, step: ApprovalStep, holders: Holders, person: str | None
) -> bool:
    """Whether somebody may delegate a step: what they hold themselves, and only once (R3.1)."""
    if policy.approval.delegation == "none" or step.state != StepState.PENDING:
        return False
    return step.delegate_id is None and person in askable(policy, sign_off, step, holders)


def may_stand_in(
    policy: Policy,
    sign_off: SignOff,
    step: ApprovalStep,
    holders: Holders,
    delegator: str,
    person: str,
) -> bool:
    """Whether the policy lets somebody decide a step in another's place: those of the same rank,
    or of a higher one too, or the people whom it names; never whose own matter it is."""
    if person == delegator or person in _own(policy, sign_off):
        return False
    held = [role for role in step.asked_roles if delegator in holders.get(role, ())]
    return is_equal(policy, held, holders, person)


def is_equal(policy: Policy, held: Sequence[str], holders: Holders, person: str) -> bool:
    """Whether the policy lets somebody decide in the place of a holder of these roles."""
    rule, grade = policy.approval.delegation, policy.company.grade
    if isinstance(rule, list):
        return person in rule
    rank = max(map(grade, held), default=0)
    equals = {role for role in holders if role in held or grade(role) == rank > 0}
    if rule == "higher_rank":
        equals |= {role for role in holders if grade(role) > rank}
    return rule != "none" and any(person in holders[role] for role in equals)


def first_asked(policy: Policy, sign_off: SignOff, step: ApprovalStep, holders: Holders) -> str:
    """The role that is asked first for a step, be it that it still waits for its turn."""
    asked = step.asked_roles
    return asked[0] if asked else asked_role(policy, step.role, _own(policy, sign_off), holders)


def first_people(
    policy: Policy, sign_off: SignOff, step: ApprovalStep, holders: Holders
) -> list[str]:
    """Who is asked first for a step by a role of theirs or in another's place, be it later."""
    role, own = first_asked(policy, sign_off, step, holders), _own(policy, sign_off)
    stand_ins = [step.delegate_id] if step.delegate_id not in {None, *own} else []
    return [*_people([role], own, holders), *(each for each in stand_ins if each)]


def _own(policy: Policy, sign_off: SignOff) -> frozenset[str]:
    """Who must not decide."""
    if policy.approval.own_request == "allowed":
        return frozenset()
    return frozenset({sign_off.asked_by})


def _is_own(policy: Policy, role: str, own: Collection[str], holders: Holders) -> bool:
    if policy.approval.own_request == "allowed":
        return False
    return bool(set(own) & set(holders.get(role, ())))


def _people(roles: Sequence[str], own: Collection[str], holders: Holders) -> list[str]:
    found = (person for role in roles for person in holders.get(role, ()) if person not in own)
    return list(dict.fromkeys(found))
