"""Small policies for tests of single rules."""

import tomllib

from models.policy import Policy
from models.policy.load import parse_policy

BASE = """
name = "mine"
title = { en = "Mine", zh = "本公司" }
default_level = "low"
rates = { USD = 7.2 }

[lead_time]
working_days = 3

[escalation]
after_hours = 4
to = { department_manager = "vice_president" }

[[customer_kind]]
key = "dealer"
name = "Dealer"

[[customer_kind]]
key = "authority"
name = "Authority"

[[rank]]
key = "staff"
name = "Staff"
grade = 1
titles = ["buyer", "engineer", "工程师"]

[[rank]]
key = "manager"
name = "Manager"
grade = 3
titles = ["manager", "经理"]
role = "department_manager"

[[rank]]
key = "vice_president"
name = "Vice president"
grade = 5
titles = ["vice president", "副总经理", "副总"]
role = "vice_president"

[[rank]]
key = "general_manager"
name = "General manager"
grade = 6
titles = ["general manager", "president", "CEO", "总经理"]
role = "general_manager"

[[level]]
key = "low"
name = "Low"
tier = 1
approvers = ["department_manager"]

[level.meals]
lunch = { per_head = 50 }
dinner = { party_of = 2, amount = 200, each_further = 80 }

[level.lodging]
borne_by = "guest"

[[level.qualifies]]
rank_to = "manager"

[[level]]
key = "high"
name = "High"
tier = 2
over = ["low"]
approvers = ["department_manager", "vice_president"]

[level.meals]
lunch = { per_head = 100 }
dinner = { party_of = 2, amount = 400, each_further = 150 }

[level.lodging]
borne_by = "company"
stars_from = 3
stars_to = 4
price_from = 300
price_to = 600

[[level.qualifies]]
rank_from = "vice_president"

[[level.qualifies]]
capital_from = "USD 2000000"

[[task]]
key = "room"
title = "Room"
owner = "it"
due = "arrival -1d 17:00"

[[step]]
key = "host_early"
at = "arrival -10m"
to = ["host"]
text = { en = "Be on the spot", zh = "请到场" }
"""


def policy_of(text: str) -> Policy:
    """The policy of a text, as if it stood in mine.toml."""
    return parse_policy(tomllib.loads(text), text, "mine.toml")


def changed(old: str, new: str, more: str = "") -> str:
    """The base with one passage changed and something added; the passage must be there."""
    assert old in BASE
    return BASE.replace(old, new, 1) + more
