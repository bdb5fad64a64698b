"""How long what people write may be, in characters."""

NAME_LIMIT = 200


CUSTOMER_LIMIT = 150  # what an option of Slack's selects carries


NOTES_LIMIT = 3000


PLACE_LIMIT = 300


CAPITAL_LIMIT = 60


PHONE_LIMIT = 60


REASON_LIMIT = 1000


GUESTS_LIMIT = 500
"""The most guests of one visit that are named."""
GUEST_LIST_LIMIT = GUESTS_LIMIT * 3 * NAME_LIMIT
"""All of them written: name, title and diet."""
