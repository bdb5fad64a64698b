"""How long what people write may be, in characters."""

NAME_LIMIT = 200


NOTES_LIMIT = 3000


PLACE_LIMIT = 300


CAPITAL_LIMIT = 60


PHONE_LIMIT = 60


REASON_LIMIT = 1000
