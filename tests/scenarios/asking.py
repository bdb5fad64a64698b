"""A request as a person asks for it: the form, then the details that it leads to."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.client import Outcome
from sandbox.persona_modal import Modal, SubmitResult
from templates.slack import ids

SITE = ZoneInfo("Asia/Shanghai")
REASONS = ("Reason for the exception", "特批理由")
"""Asked for once the budget is known to be above what the level allows."""


class Asking(Modal):
    """The request form. What it does not ask is entered in the details once it is sent."""

    def __init__(self, modal: Modal) -> None:
        super().__init__(modal._workspace, modal._client, modal.view)
        self.later: dict[str, Any] = {}

    async def fill(self, label: str, value: Any) -> Outcome:
        """Enter a value, at once or in the details."""
        if label in self.labels():
            return await super().fill(label, value)
        self.later[label] = value
        return Outcome(acked=True, ms=0)

    async def submit(self) -> SubmitResult:
        """Send the request, and with it what is left for the details; without that they are open
        when this returns."""
        result = await super().submit()
        if result.errors or not self.later or not is_details(result.view):
            return result
        assert result.view is not None
        return await add(result.view, self.later)


def is_details(modal: Modal | None) -> bool:
    """Whether a modal is the form of a visit's details."""
    return modal is not None and modal.view.body["callback_id"] == ids.ADD_DETAILS_FORM


async def add(details: Modal, values: dict[str, Any]) -> SubmitResult:
    """Enter these details and save them; a budget above the caps is saved as it is where no reason
    for it is among them."""
    reasons = {label: value for label, value in values.items() if label in REASONS}
    await details.fill_all({k: v for k, v in values.items() if k not in reasons})
    if not set(reasons) <= set(details.labels()) or not reasons:
        result = await details.submit()
        asked = set(REASONS) & set(details.labels()) if details.is_open else set()
        if result.errors or not result.acked or not asked:
            return result
    await details.fill_all(reasons)
    return await details.submit()


def entered(modal: Modal, label: str) -> datetime:
    """The moment that stands in a form: in one input, or in those of a day and a site's time."""
    labels = modal.labels()
    day = modal.field(label)
    if day.kind != "datepicker":
        return datetime.fromtimestamp(day.value, UTC)
    clock = modal.field(labels[labels.index(label) + 1])
    return datetime.fromisoformat(f"{day.value}T{clock.value}").replace(tzinfo=SITE)


def asked(modal: Modal) -> list[str]:
    """The labels of a form, the times of day that go with a day left out."""
    return [label for label in modal.labels() if modal.field(label).kind != "timepicker"]
