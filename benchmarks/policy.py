"""How long a large policy takes to load, and the choice of its rules for one visit."""

import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import median, p99
from models.policy import Policy, load_policy
from models.policy.beyond import Planned, PlannedMeal, beyond
from models.policy.choose import choose
from models.policy.conditions import Facts
from models.policy.span import Ahead

RULES = 500
LOADS = 15
CHOICES = 500
LOAD_GOAL_MS = 200.0
CHOICE_GOAL_MS = 1.0
_LEVELS = 8
_KINDS = 20


def measure() -> None:
    """Print the figures beside their goals. Raises AssertionError where a goal is missed."""
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"large{number}.toml" for number in range(LOADS)]
        for number, file in enumerate(files):  # a text that is known is not read again
            file.write_text(f"# {number}\n{large_policy(RULES)}", encoding="utf-8")
        loads = [_timed(partial(load_policy, str(file))) for file in files]
        policy = load_policy(str(files[0]))
    visits = list(_visits(policy, CHOICES))
    choices = [_timed(partial(_answer, policy, facts)) for facts in visits]
    print(f"Policy of {RULES} rules")
    print(f"  load                               {_goal(loads, LOAD_GOAL_MS)}")
    print(f"  choice of the rules for a visit    {_goal(choices, CHOICE_GOAL_MS)}")
    assert median(loads) < LOAD_GOAL_MS
    assert median(choices) < CHOICE_GOAL_MS


def large_policy(rules: int) -> str:
    """The text of a policy with so many rules: levels with what qualifies for them, approvers,
    exceptions, items and timed steps, half of them only for some visits."""
    parts = [
        'name = "large"\ntitle = "Large"\ndefault_level = "l0"\nrates = { USD = 7.2 }\n',
        "[lead_time]\nworking_days = 3\n",
        '[escalation]\nafter_hours = 4\nto = { department_manager = "vice_president" }\n',
    ]
    parts += [f'[[customer_kind]]\nkey = "k{n}"\nname = "Kind {n}"\n' for n in range(_KINDS)]
    parts += [
        f'[[rank]]\nkey = "r{n}"\nname = "Rank {n}"\ngrade = {n}\ntitles = ["rank {n}"]\n'
        for n in range(10)
    ]
    parts += [_level(number) for number in range(_LEVELS)]
    written = _LEVELS * 6  # each level with five rules of who qualifies
    parts += [_rule(number) for number in range(rules - written)]
    return "\n".join(parts)


def _level(number: int) -> str:
    over = ", ".join(f'"l{lower}"' for lower in range(number))
    qualifies = "".join(
        f'\n[[level.qualifies]]\ncustomers = ["k{number}", "k{number + 8}"]\nparty_from = {n + 1}\n'
        for n in range(4)
    )
    return (
        f'[[level]]\nkey = "l{number}"\nname = "Level {number}"\nover = [{over}]\n'
        'approvers = ["department_manager", "vice_president"]\n'
        f"[level.meals]\nlunch = {{ per_head = {50 + number} }}\n"
        f"dinner = {{ party_of = 2, amount = {200 + number}, each_further = 50 }}\n{qualifies}\n"
        f'[[level.qualifies]]\nrank_from = "r{number}"\nrank_to = "r{number}"\n'
    )


def _rule(number: int) -> str:
    only = f'only = {{ levels = ["l{number % _LEVELS}"], party_from = {number % 9 + 1} }}\n'
    some = only if number % 2 else ""
    match number % 5:
        case 0:
            return (
                f'[[approver]]\nkey = "a{number}"\namount_above = {number * 100}\n{some}'
                'add = ["general_manager"]\n'
            )
        case 1:
            return (
                f'[[exception]]\nkey = "e{number}"\nkinds = ["meals"]\n{some}'
                'written_by = "host"\napprovers = ["vice_president"]\n'
            )
        case 2 | 3:
            return (
                f'[[task]]\nkey = "t{number}"\ntitle = {{ en = "Item {number}", zh = "事项" }}\n'
                f'owner = "coordinator"\ndue = "arrival -1d 17:00"\n{some}'
            )
        case _:
            return (
                f'[[step]]\nkey = "s{number}"\nat = "arrival -{number}m"\nto = ["host"]\n{some}'
                f'until = "arrival"\ntext = {{ en = "Reminder {number}", zh = "提醒" }}\n'
            )


def _visits(policy: Policy, number: int) -> Iterator[Facts]:
    for turn in range(number):
        yield Facts(
            level=policy.levels[turn % len(policy.levels)].key,
            customer=f"k{turn % (_KINDS + 3)}",
            rank=f"r{turn % 10}",
            party_size=turn % 30 + 1,
            amount=Decimal(turn * 50),
            exceptions=frozenset({"meals"} if turn % 3 else set()),
        )


def _answer(policy: Policy, facts: Facts) -> None:
    chosen = choose(policy, facts)
    planned = Planned(ahead=Ahead(3, 2, 70), meals=[PlannedMeal("dinner", Decimal(900))])
    assert chosen.approvers
    beyond(policy, facts, planned)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _goal(times: list[float], goal: float) -> str:
    return f"median {median(times):7.2f} ms   p99 {p99(times):7.2f} ms   goal {goal:g} ms"
