"""Which views lie below one that is opened now."""

from handlers.slack.call import Call, Kind


def behind_of(call: Call) -> list[str]:
    """From the lowest, by their callback ids."""
    if call.kind is not Kind.MODAL:
        return []
    below = call.meta.behind or []
    return [*below, str(call.view.get("callback_id"))][-2:]
