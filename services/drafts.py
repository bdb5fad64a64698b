"""Half-filled request forms: kept while they are filled, offered again, dropped when submitted."""

from typing import Any

from sqlmodel import select

from models.visit import Draft, Visit
from services.desk import Desk


def keep_draft(desk: Desk, form_key: str, values: dict[str, Any]) -> None:
    """Remember what the person's form holds now. One draft a person: the newest form's.

    What comes in late for a form that has made its visit already leaves no draft.
    """
    if desk.session.exec(select(Visit.id).where(Visit.form_key == form_key)).first() is not None:
        return
    draft = desk.session.get(Draft, desk.person)
    if draft is None:
        draft = Draft(user_id=desk.person, form_key=form_key, values=values, updated_at=desk.now)
    draft.form_key, draft.values, draft.updated_at = form_key, values, desk.now
    desk.session.add(draft)


def find_draft(desk: Desk) -> Draft | None:
    """The person's draft, if they left one."""
    return desk.session.get(Draft, desk.person)


def drop_draft(desk: Desk) -> None:
    """Forget the person's draft."""
    draft = desk.session.get(Draft, desk.person)
    if draft is not None:
        desk.session.delete(draft)
