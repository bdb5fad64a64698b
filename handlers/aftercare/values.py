"""The feedback as it was entered."""

from handlers.slack.values import Entries
from models.aftercare.forms import FeedbackForm


def feedback_form(entries: Entries) -> FeedbackForm:
    """The feedback as it was filled."""
    return FeedbackForm(
        satisfaction=entries.integer("satisfaction"),
        intention=entries.choice("intention") or "",
        suggestions=entries.text("suggestions"),
        open_questions=entries.text("open_questions"),
    )
