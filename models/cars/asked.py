"""A drive as somebody asks for it: the car request in two steps, validated (P14, R6.1)."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from models.base.errors import Fault
from models.base.limits import NAME_LIMIT, PLACE_LIMIT, REASON_LIMIT
from models.base.visible import seen
from models.base.words import TripKind
from models.records.cars import Trip
from models.records.visit import Visit

MOST_DAYS = 90
"""As long as a visit can last."""
_EARLIEST = timedelta(days=2)  # before the arrival, to the hotel; as of the visit's own pickup
_LATEST = timedelta(days=1)


class AskedDrive(BaseModel):
    """From where to where, when, for how many days and what for. Times are aware."""

    model_config = ConfigDict(frozen=True)

    drive_kind: str
    drive_from: str | None = None
    drive_to: str | None = None
    drive_at: datetime | None = None
    drive_days: int | None = None
    drive_purpose: str | None = None

    @property
    def place(self) -> str:
        """Where the guests get in; of a drop-off where they are brought to."""
        ends = self.drive_kind == TripKind.DROPOFF
        return seen((self.drive_to if ends else self.drive_from) or "")

    @property
    def other_end(self) -> str | None:
        """The other end of the way."""
        ends = self.drive_kind == TripKind.DROPOFF
        return seen((self.drive_from if ends else self.drive_to) or "") or None

    def faults(self, now: datetime, visit: Visit, kept: Trip | None = None) -> dict[str, Fault]:
        """Every field that cannot stand, with what is wrong with it. `kept` is the drive as it is:
        a time that stays so may lie in the past."""
        faults = self._lengths()
        if self.drive_kind not in list(TripKind):
            return faults | {"drive_kind": Fault("required")}
        ends = self.drive_kind == TripKind.DROPOFF
        if not self.place:
            faults["drive_to" if ends else "drive_from"] = Fault("required")
        if self.drive_kind == TripKind.RIDE and not (
            self.other_end or seen(self.drive_purpose or "")
        ):
            faults["drive_to"] = Fault("drive_to_missing")
        if self.drive_days is None or not 1 <= self.drive_days <= MOST_DAYS:
            faults["drive_days"] = Fault("number_between", {"least": 1, "most": MOST_DAYS})
        return self._times(now, visit, kept) | faults

    def _lengths(self) -> dict[str, Fault]:
        limits = {"drive_from": PLACE_LIMIT, "drive_to": PLACE_LIMIT, "drive_purpose": REASON_LIMIT}
        return _too_long(self, limits)

    def _times(self, now: datetime, visit: Visit, kept: Trip | None) -> dict[str, Fault]:
        at = self.drive_at
        if at is None:
            return {"drive_at": Fault("required")}
        if at <= now and not (kept is not None and kept.at == at):
            return {"drive_at": Fault("drive_past")}
        pickup, dropoff = (self.drive_kind == kind for kind in (TripKind.PICKUP, TripKind.DROPOFF))
        first = visit.arrival - (_EARLIEST if pickup else timedelta())
        last = visit.departure + (_LATEST if dropoff else timedelta())
        if not first <= at <= last:
            return {"drive_at": Fault("drive_outside")}
        days = timedelta(days=min(self.drive_days or 1, MOST_DAYS) - 1)
        if at + days > visit.departure + _LATEST:
            return {"drive_days": Fault("drive_too_long")}
        return {}


class DriveWishes(BaseModel):
    """What else a car request says: all of it can be left out. `drive_escorts` are user ids."""

    model_config = ConfigDict(frozen=True)

    drive_sign: str | None = None
    drive_flowers: bool = False
    drive_banner: str | None = None
    drive_vehicle: str | None = None
    drive_luggage: str | None = None
    drive_escorts: list[str] = []
    drive_department: str | None = None
    drive_note: str | None = None

    def faults(self) -> dict[str, Fault]:
        """Words that are too long."""
        lines = ("sign", "banner", "vehicle", "luggage", "department")
        limits = {f"drive_{name}": NAME_LIMIT for name in lines} | {"drive_note": REASON_LIMIT}
        return _too_long(self, limits)


def _too_long(form: BaseModel, limits: dict[str, int]) -> dict[str, Fault]:
    lengths = {name: len(getattr(form, name) or "") for name in limits}
    return {
        name: Fault("too_long", {"limit": limits[name], "length": length})
        for name, length in lengths.items()
        if length > limits[name]
    }
