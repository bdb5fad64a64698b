"""Half-filled request forms: kept while they are filled, offered again, dropped when submitted."""

from typing import Any

from sqlmodel import col, not_, or_, select

from models.records.request import Draft
from models.records.visit import Visit
from services.reading.desk import Desk

_KEPT = 3
"""Drafts of one person and kind; an older one makes room."""
_DETAILS = "details:"
_NO_REQUEST = ("details:", "guests:")


def details_key(visit_id: int, revision: int) -> str:
    """Under what the draft of a visit's details is kept: once the visit has changed, what was
    entered before is not offered any more."""
    return f"{details_prefix(visit_id)}{revision}"


def details_prefix(visit_id: int) -> str:
    """What the keys of the drafts of a visit's details begin with."""
    return f"{_DETAILS}{visit_id}:"


def keep_draft(desk: Desk, form_key: str, values: dict[str, Any]) -> None:
    """Remember what a form of the person holds now. Beginning another form loses none.

    What comes in late for a form that has made its visit already leaves no draft.
    """
    if desk.session.exec(select(Visit.id).where(Visit.form_key == form_key)).first() is not None:
        return
    draft = desk.session.get(Draft, (desk.person, form_key))
    if draft is None:
        draft = Draft(user_id=desk.person, form_key=form_key, values=values, updated_at=desk.now)
        for old in _drafts(desk, of_details=form_key.startswith(_DETAILS))[_KEPT - 1 :]:
            desk.session.delete(old)
    draft.values, draft.updated_at = values, desk.now
    desk.session.add(draft)


def find_draft(desk: Desk, form_key: str | None = None) -> Draft | None:
    """The draft of a form, or of a request the one that the person left last."""
    if form_key is not None:
        return desk.session.get(Draft, (desk.person, form_key))
    return next(iter(_drafts(desk, of_details=False)), None)


def drop_draft(desk: Desk, form_key: str) -> None:
    """Forget the draft of a form."""
    draft = desk.session.get(Draft, (desk.person, form_key))
    if draft is not None:
        desk.session.delete(draft)


def _drafts(desk: Desk, *, of_details: bool) -> list[Draft]:
    """The person's drafts of one kind, the newest first."""
    begins = [col(Draft.form_key).startswith(prefix) for prefix in _NO_REQUEST]
    query = select(Draft).where(
        Draft.user_id == desk.person, begins[0] if of_details else not_(or_(*begins))
    )
    return list(desk.session.exec(query.order_by(col(Draft.updated_at).desc())).all())
