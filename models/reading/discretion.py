"""What a leader decides case by case at a level: sights, a souvenir, or neither (P09)."""

from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep

NEITHER = "neither"


def choices_of(picture: VisitPicture) -> list[str]:
    """What can be chosen for a visit, neither last; empty where its level leaves no choice."""
    found = [each.of for each in picture.level.discretion]
    return [*dict.fromkeys(found), NEITHER] if found else []


def chosen_of(picture: VisitPicture) -> str | None:
    """What was chosen, where the level of today leaves that choice."""
    chosen = picture.visit.discretion
    return chosen if chosen in choices_of(picture) else None


def chooser_of(picture: VisitPicture) -> ApprovalStep | None:
    """The step of the request whose decider chooses: that of the role which the level names, else
    the last, to which the decision has moved (R2.4)."""
    by = {each.by for each in picture.level.discretion}
    steps = picture.approvals
    if not by or not steps:
        return None
    return next((step for step in steps if step.role in by), steps[-1])
