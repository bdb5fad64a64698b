"""Which views lie below the one that is opened."""

from handlers.slack.call import Call, Kind


def behind_of(call: Call) -> list[str]:
    """The views that lie below what is opened now, from the lowest, by their callback ids."""
    if call.kind is not Kind.MODAL:
        return []
    below = call.meta.behind or []
    return [*below, str(call.view.get("callback_id"))][-2:]
