"""Any valid policy and any facts give a finite, ordered chain and one level, the same each time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.words import InvitationState, Outcome, Phase, Purpose, TripKind
from models.policy import Policy, load_policy, shipped_policies
from models.policy.approvals import approvers_for
from models.policy.base import Money
from models.policy.beyond import Planned, PlannedMeal, beyond
from models.policy.caps import overspend_shares
from models.policy.choose import choose
from models.policy.conditions import Beyond, Facts
from models.policy.levels import propose_level
from models.policy.load import parse_policy
from models.policy.protocol import escort_ranks
from models.policy.role_tables import shipped_keys
from models.policy.span import Ahead
from models.procedure.replay import replay
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.escorts import Invitation
from models.records.exception import ExceptionRequest
from models.reminders.due import owed
from tests.models.visits import make_picture, make_tasks, make_trip, make_visit

RANKS = ["staff", "manager", "vice_president", "general_manager", "chairman"]
KINDS = ["dealer", "authority"]
ROLES = st.lists(st.sampled_from(shipped_keys()), min_size=1, max_size=5, unique=True)
FLAGS = st.booleans()


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Tables with at least one of the keys."""
    return st.fixed_dictionaries({}, optional=keys).filter(bool)


ONE_RANK = st.sampled_from(RANKS)
CONDITIONS = some(
    customers=st.lists(st.sampled_from(KINDS), min_size=1, unique=True),
    purposes=st.lists(st.sampled_from(list(Purpose)), min_size=1, unique=True),
    rank_from=ONE_RANK,
    party_from=st.integers(1, 40),
    overseas=FLAGS,
    important=FLAGS,
)
QUALIFIES = st.one_of(
    CONDITIONS, some(capital_from=st.integers(0, 9_999_999).map(lambda n: f"USD {n}"))
)
AMOUNT = st.integers(0, 100_000)
LEVELS = st.lists(
    st.fixed_dictionaries(
        {"approvers": ROLES, "qualifies": st.lists(QUALIFIES, max_size=3)},
    ),
    min_size=1,
    max_size=5,
)
ASKED = some(only=CONDITIONS, amount_above=AMOUNT, late=FLAGS, attending_from=ONE_RANK)
APPROVERS = st.lists(
    st.tuples(ASKED, st.sampled_from(["add", "instead"]), ROLES).map(
        lambda found: found[0] | {found[1]: found[2]}
    ),
    max_size=6,
)
EXCEPTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "kinds": st.lists(st.sampled_from(list(Beyond)), max_size=3, unique=True),
            "approvers": ROLES,
            "written_by": st.just("host"),
        }
    ),
    max_size=4,
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    levels = [
        found
        | {
            "key": f"l{number}",
            "name": f"Level {number}",
            "over": [f"l{lower}" for lower in range(number)],
        }
        for number, found in enumerate(draw(LEVELS))
    ]
    data = {
        "name": "any",
        "title": "Any",
        "default_level": "l0",
        "rates": {"USD": 7.2},
        "lead_time": {"working_days": draw(st.integers(0, 20))},
        "escalation": {"after_hours": 4, "to": {}},
        "approval": {"attending": draw(st.sampled_from(["moves", "joins", "ignored"]))},
        "customer_kind": [{"key": key, "name": key} for key in KINDS],
        "rank": [
            {"key": key, "name": key, "grade": grade, "role": role}
            for grade, (key, role) in enumerate(
                zip(RANKS, [None, *shipped_keys()[:4]], strict=True), start=1
            )
        ],
        "level": levels,
        "approver": [f | {"key": f"a{n}"} for n, f in enumerate(draw(APPROVERS))],
        "exception": [f | {"key": f"e{n}"} for n, f in enumerate(draw(EXCEPTIONS))],
    }
    return parse_policy(data, "", "any.toml")


MONEY = st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False)
FACTS = st.builds(
    Facts,
    level=st.one_of(st.none(), st.sampled_from(["l0", "l1", "l2", "gone"])),
    customer=st.one_of(st.none(), st.sampled_from(KINDS)),
    rank=st.one_of(st.none(), ONE_RANK, st.just("gone")),
    capital=st.one_of(st.none(), st.builds(Money, MONEY, st.sampled_from(["USD", "CNY", "EUR"]))),
    party_size=st.integers(1, 5000),
    purpose=st.one_of(st.none(), st.sampled_from([str(p) for p in Purpose])),
    overseas=FLAGS,
    new_customer=FLAGS,
    important=FLAGS,
    same_day=FLAGS,
    pickup=FLAGS,
    own_car=FLAGS,
    amount=st.one_of(st.none(), MONEY),
    late=FLAGS,
    exceptions=st.frozensets(st.sampled_from([str(kind) for kind in Beyond])),
    attending=st.one_of(st.none(), ONE_RANK, st.just("gone")),
)


@settings(max_examples=60, deadline=None)
@given(policy=policies(), facts=FACTS)
def test_any_policy_and_facts_give_a_finite_ordered_chain_the_same_each_time(
    policy: Policy, facts: Facts
) -> None:
    chain = approvers_for(policy, facts)
    roles = [step.role for step in chain]
    assert 1 <= len(roles) == len(set(roles)) <= len(shipped_keys())
    assert all(step.reasons for step in chain)
    assert chain == approvers_for(policy, facts)
    base = policy.level(facts.level or policy.default_level).approvers
    if not any(rule.instead for rule in policy.approvers):
        kept = [role for role in roles if role in base]
        assert kept == [role for role in base if role in roles]  # the file's order stays
    grade = policy.company.grade
    heights = [grade(role) for role in base]
    if heights == sorted(heights) and not policy.approvers:
        assert [grade(role) for role in roles] == sorted(grade(role) for role in roles)


@settings(max_examples=60, deadline=None)
@given(policy=policies(), facts=FACTS)
def test_any_guest_belongs_to_one_level(policy: Policy, facts: Facts) -> None:
    proposal = propose_level(policy, facts)
    claiming = [
        level
        for level in policy.levels
        if any(q.claims(facts, policy.grades, policy.all_rates) for q in level.qualifies)
    ]
    if claiming:
        assert proposal.level == claiming[-1]  # every level goes over the ones before it
        assert proposal.rule in proposal.level.qualifies
    else:
        assert proposal.level.key == policy.default_level
        assert proposal.rule is None
    assert propose_level(policy, facts) == proposal


NAMES = st.sampled_from(list(shipped_policies()))
LOADED = {name: load_policy(name) for name in shipped_policies()}


@settings(max_examples=80, deadline=None)
@given(name=NAMES, data=st.data(), facts=FACTS, amounts=st.lists(MONEY, min_size=3, max_size=3))
def test_any_visit_under_a_shipped_policy_is_answered(
    name: str, data: st.DataObject, facts: Facts, amounts: list[Decimal]
) -> None:
    policy = LOADED[name]
    keys = [level.key for level in policy.levels]
    facts = facts.at(data.draw(st.sampled_from(keys)))
    chosen = choose(policy, facts)
    assert chosen == choose(policy, facts)
    assert chosen.level.key == facts.level
    assert chosen.steps
    ranks = [rank.key for rank in policy.ranks]
    planned = Planned(
        ahead=Ahead(data.draw(st.integers(0, 12)), data.draw(st.integers(0, 9)), 30),
        escort=data.draw(st.sampled_from(ranks)),
        meals=[PlannedMeal("dinner", amounts[0])],
        stars=data.draw(st.integers(1, 5)),
        room_price=amounts[1],
        leisure=amounts[2],
        gifts=amounts[0],
    )
    points = beyond(policy, facts, planned)
    assert points == beyond(policy, facts, planned)
    assert all(point.source.line for point in points)
    order = [rank.key for rank in escort_ranks(policy, facts.level or "", facts.rank)]
    assert len(order) == len(set(order))
    assert sum(overspend_shares(policy, amounts[0]).values()) == amounts[0]


ROLE_OF = {"department_manager": "U01CHEN", "vice_president": "U01ZHAO", "chairman": "U01WANG"}
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1))  # noqa: DTZ001
STATES = st.sampled_from(["requested", "changes_asked", "approved", "follow_up", "closed"])
OUTCOMES = st.sampled_from([None, *(str(outcome) for outcome in Outcome)])


@st.composite
def visits(draw: st.DrawFn, policy: Policy) -> VisitPicture:
    """Any visit under the policy: whatever a request can say, and wherever it stands."""
    start = draw(MOMENTS).replace(tzinfo=UTC)
    stay = draw(st.timedeltas(timedelta(minutes=1), timedelta(days=9)))
    status = draw(STATES)
    has_left = status in {"follow_up", "closed"}
    outcome = draw(OUTCOMES) if has_left else None
    capital = draw(st.one_of(st.none(), MONEY))
    kinds = [None, "gone", *(kind.key for kind in policy.customer_kinds)]
    visit = make_visit(
        status=status,
        level=draw(st.sampled_from([level.key for level in policy.levels])),
        lead_guest_title=draw(
            st.sampled_from(["CEO", "Buyer", "处长", "Chairman of the board", ""])
        ),
        party_size=draw(st.integers(1, 500)),
        purpose=draw(st.sampled_from(list(Purpose))),
        arrival=start,
        departure=start + stay,
        meeting_at=draw(st.one_of(st.none(), st.just(start + stay / 2))),
        second_host_id=draw(st.sampled_from([None, "U01SAM"])),
        customer_kind=draw(st.sampled_from(kinds)),
        capital=capital,
        capital_currency=draw(st.sampled_from(["USD", "CNY", "EUR"])) if capital else None,
        is_overseas=draw(FLAGS),
        is_important=draw(FLAGS),
        is_urgent=draw(FLAGS),
        budget=draw(st.one_of(st.none(), MONEY)),
        exception_reason=draw(st.sampled_from([None, "They are worth it"])),
        created_at=start - timedelta(days=draw(st.integers(0, 60))),
        approved_at=None if status == "requested" and draw(FLAGS) else start - timedelta(hours=30),
        left_at=start + stay if has_left else None,
        outcome=outcome,
        outcome_at=start + stay + timedelta(days=3) if outcome else None,
        closed_at=start + stay + timedelta(days=9) if status == "closed" else None,
    )
    trips = draw(st.sets(st.sampled_from(list(TripKind))))
    leaders = draw(st.sets(st.sampled_from(sorted(ROLE_OF.values()))))
    states = st.sampled_from(list(InvitationState))
    exceptions = draw(st.lists(st.sampled_from(["meals", "leisure", "gift"]), max_size=3))
    picture = make_picture(
        visit,
        policy,
        trips=[make_trip(kind, at=start, driver_id="U01MA") for kind in sorted(trips)],
        tasks=make_tasks(policy, Phase.FOLLOW_UP if has_left else Phase.PREPARATION),
        invitations=[
            Invitation(
                id=number, visit_id=7, user_id=leader, state=draw(states), asked_by="U01LIN",
                asked_at=visit.created_at,
            )
            for number, leader in enumerate(sorted(leaders), start=1)
        ],
        exceptions=[
            ExceptionRequest(
                id=number, visit_id=7, form_key=f"e{number}", what=what, amount=Decimal(900),
                item="dinner" if what == "meals" else None, reason="They stay",
                state=draw(st.sampled_from(["pending", "approved", "declined"])),
                asked_by="U01LIN", asked_at=visit.created_at,
            )
            for number, what in enumerate(exceptions, start=1)
        ],
        is_new_customer=draw(FLAGS),
    )  # fmt: skip
    held = {role: [user] for role, user in ROLE_OF.items()}
    return replace(picture, holders=picture.holders | held)


@settings(max_examples=80, deadline=None)
@given(name=NAMES, data=st.data())
def test_any_visit_under_a_shipped_policy_owes_a_finite_ordered_set(
    name: str, data: st.DataObject
) -> None:
    policy = LOADED[name]
    picture = data.draw(visits(policy))
    known = facts_of(picture)
    assert known == facts_of(picture)
    chosen = choose(policy, known)
    roles = [step.role for step in chosen.approvers]
    assert 1 <= len(roles) == len(set(roles))
    assert chosen == choose(policy, known)
    first = owed(picture)
    assert first == owed(picture)
    assert len({row.key for row in first}) == len(first) < 500
    assert [row.due for row in first] == sorted(row.due for row in first)
    assert all(row.expires is None or row.expires > row.due for row in first)


@settings(max_examples=40, deadline=None)
@given(name=NAMES, other=NAMES, data=st.data())
def test_any_visit_by_any_two_shipped_policies_can_be_set_side_by_side(
    name: str, other: str, data: st.DataObject
) -> None:
    picture = data.draw(visits(LOADED[name]))
    found = replay(picture, LOADED[other])
    assert found == replay(picture, LOADED[other])
    assert found.now.level in {level.key for level in LOADED[other].levels}
    assert sum(found.now.shares.values()) == found.now.over
    assert 0 <= found.then.reminders < 500
