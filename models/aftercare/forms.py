"""The feedback form, checked."""

from pydantic import BaseModel, ConfigDict

from models.base.errors import Fault, InvalidForm
from models.base.limits import NOTES_LIMIT
from models.base.words import Intention


class FeedbackForm(BaseModel):
    """The feedback as the account owner filled it (R8.1). `satisfaction` runs from 0 to 100."""

    model_config = ConfigDict(frozen=True)

    satisfaction: int | None
    intention: str
    suggestions: str | None = None
    open_questions: str | None = None

    def check(self) -> None:
        """Raise InvalidForm with every field that cannot stand."""
        faults: dict[str, Fault] = {}
        if self.satisfaction is None or not 0 <= self.satisfaction <= 100:
            faults["satisfaction"] = Fault("satisfaction")
        if self.intention not in list(Intention):
            faults["intention"] = Fault("required")
        for field in ("suggestions", "open_questions"):
            value = getattr(self, field)
            if value and len(value) > NOTES_LIMIT:
                faults[field] = Fault("too_long", {"limit": NOTES_LIMIT, "length": len(value)})
        if faults:
            raise InvalidForm(faults)
