"""Short answers that go with any subject."""

from models.records.people import Reader
from templates.wording.language import Language


def still_working_words(reader: Reader) -> str:
    """Slack's three seconds are nearly over, the work is not."""
    return Language(reader).say("replies", "still_working").mrkdwn()


def done_reply(reader: Reader) -> str:
    """It is done, and shows elsewhere."""
    return Language(reader).say("replies", "done").mrkdwn()
