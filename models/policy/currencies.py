"""The currencies in which a policy can judge a sum."""

from models.policy.rules import Policy


def capital_currencies(policy: Policy) -> list[str]:
    """The currencies in which the policy can judge a capital, its own first."""
    bounds = [
        money.currency
        for level in policy.levels
        for rule in level.qualifies
        for money in (rule.capital_from, rule.capital_below)
        if money is not None
    ]
    return list(dict.fromkeys([policy.currency, *policy.rates, *bounds]))
