"""What lies behind a form is brought up to date when the form was saved."""

from handlers.customers import file
from handlers.request import drives, sections
from handlers.request.changes import details_of
from handlers.slack.answers import View, renew
from handlers.slack.call import Call, Kind
from templates.slack import ids

_SAVED = frozenset(
    {
        *(ids.SECTION_FORM, ids.READ_BACK_FORM, ids.GUEST_FORM, ids.PREVIEW_FORM),
        *(ids.CUSTOMER_FORM, ids.DRIVE_FORM, ids.DRIVE_WISHES_FORM),
    }
)
_CHANGED_IN = frozenset({ids.CARS_VIEW, ids.GUEST_FORM, ids.PREVIEW_FORM})
"""Views whose own buttons change what lies below them."""


async def refresh_behind(call: Call) -> None:
    """Bring the views up to date over which something was saved, or a drive removed."""
    here = call.view.get("callback_id")
    saved = call.kind is Kind.SUBMISSION and here in _SAVED
    removed = call.kind is Kind.MODAL and here in _CHANGED_IN
    if not (saved or removed) or not call.has_acted:
        return
    visit, behind = call.meta.visit, call.meta.behind or []
    places = [call.view.get("root_view_id"), call.view.get("previous_view_id")]
    for name, view_id in dict(zip(reversed(behind), reversed(places), strict=False)).items():
        view = await _anew(call, visit, name, behind)
        if view is not None:
            await renew(call, str(view_id), view)


async def _anew(call: Call, visit: int | None, name: str, behind: list[str]) -> View | None:
    below = behind[: behind.index(name)]
    customer = call.meta.customer
    if name == ids.CUSTOMER_VIEW and customer is not None:
        return await file.view_of(call, customer, visit, below)
    if visit is None:
        return None
    match name:
        case ids.SECTIONS_VIEW:
            return await sections.notice_of(call, visit, below)
        case ids.CARS_VIEW:
            return await drives.cars_of(call, visit, below)
        case ids.DETAILS_VIEW:
            return (await details_of(call, visit)).view
    return None
