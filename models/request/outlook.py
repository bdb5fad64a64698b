"""What the procedure makes of a form: the level that it proposes, and what lies beyond it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from models.base.errors import Fault
from models.base.travel_numbers import travel_numbers
from models.policy.leadtime import lead_needed
from models.policy.level_tables import Level
from models.policy.levels import Proposal, propose_level
from models.policy.rules import Policy
from models.policy.span import unsure_year
from models.reading.facts import allowed_total
from models.request.forms import AS_PROPOSED, BUDGET_LIMIT, VisitForm
from models.request.read_form import ReadForm, read_form


@dataclass(frozen=True)
class Outlook:
    """`read` is the form as it was read, `level` what the visit gets. `allowed` is what the level's
    caps make together, in the policy's currency, where the form's budget is above it; else None.
    `unpublished` is the year whose official calendar is not published yet, where it may decide
    whether the request comes in time (R1.5). `is_told_otherwise`: the guests have been told that
    another host or second host comes (D12). `is_pickup_late`: its car is asked for later than the
    policy wants (F02)."""

    read: ReadForm
    proposal: Proposal
    level: Level
    allowed: Decimal | None = None
    unpublished: int | None = None
    is_told_otherwise: bool = False
    is_pickup_late: bool = False

    @property
    def is_overruled(self) -> bool:
        """Whether another level was chosen than a rule of the procedure proposes (R2.1)."""
        return self.proposal.rule is not None and self.level.key != self.proposal.level.key


def look_out(
    policy: Policy,
    form: VisitForm,
    timezone: str,
    *,
    is_new_customer: bool = False,
    asked: datetime | None = None,
) -> Outlook:
    """The outlook of a form as far as it is filled. A level that is gone counts as the proposed.
    `asked` is when the lead time begins, where it is measured with the form."""
    read = read_form(policy, form, timezone, is_new_customer=is_new_customer)
    proposal = propose_level(policy, read.facts)
    chosen = {level.key: level for level in policy.levels}.get(form.level)
    level = chosen or proposal.level
    exceeded = _exceeded(policy, level, form, timezone)
    unpublished = None
    if asked is not None and form.arrival is not None:
        wanted = lead_needed(policy, read.facts.at(level.key)).span
        unpublished = unsure_year(asked, form.arrival, timezone, policy.work_days, wanted)
    return Outlook(read, proposal, level, exceeded, unpublished)


def faults_of(
    form: VisitForm,
    outlook: Outlook,
    now: datetime,
    policy: Policy,
    kept: VisitForm | None = None,
) -> dict[str, Fault]:
    """Every field of the form that cannot stand, with what is wrong with it; see `VisitForm.faults`
    and `ReadForm.faults`."""
    return outlook.read.faults | form.faults(now, policy, kept)


def reason_fault(form: VisitForm, outlook: Outlook) -> dict[str, Fault]:
    """That another level than the proposed one needs a reason, where none is given."""
    if not outlook.is_overruled or (form.level_reason or "").strip():
        return {}
    return {"level_reason": Fault("level_reason")}


def overspend_fault(form: VisitForm, outlook: Outlook) -> dict[str, Fault]:
    """That the budget is above the caps and no reason asks for the exception (R2.2)."""
    if outlook.allowed is None or (form.exception_reason or "").strip():
        return {}
    return {"exception_reason": Fault("above_allowed")}


def told_fault(form: VisitForm, outlook: Outlook) -> dict[str, Fault]:
    """That another host or second host than the guests were told needs a reason (D12)."""
    if not outlook.is_told_otherwise or (form.told_reason or "").strip():
        return {}
    return {"told_reason": Fault("told_reason")}


def settled(form: VisitForm, outlook: Outlook) -> VisitForm:
    """The form with the level that the visit gets, only the reasons that are called for, and the
    number of flight or train as it is written rightly."""
    return form.model_copy(
        update={
            "level": outlook.level.key,
            "level_reason": form.level_reason if outlook.is_overruled else None,
            "exception_reason": form.exception_reason if outlook.allowed is not None else None,
            "travel_number": travel_numbers(form.travel_by, form.travel_number or "")
            or form.travel_number,
            "told_reason": None,  # it is said and kept with the change, not with the visit
        }
    )


def left_to_policy(form: VisitForm, outlook: Outlook) -> VisitForm:
    """A visit's form as it is opened again: a level as proposed is left to the procedure."""
    if form.level != outlook.proposal.level.key:
        return form
    return form.model_copy(update={"level": AS_PROPOSED})


def _exceeded(policy: Policy, level: Level, form: VisitForm, timezone: str) -> Decimal | None:
    arrival, departure = form.arrival, form.departure
    if form.budget is None or form.party_size is None or arrival is None or departure is None:
        return None
    if departure <= arrival or form.party_size < 1 or form.budget >= BUDGET_LIMIT:
        return None
    allowed = allowed_total(policy, level.key, form.party_size, arrival, departure, timezone)
    return allowed if allowed is not None and form.budget > allowed else None
