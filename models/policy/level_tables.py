"""A reception level and what it allows: escorts, meals, lodging, car, leisure, gifts (R2.1)."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from models.policy.base import Amount, Count, Key, LongText, RoleKey, Stars, Table, Text, in_order
from models.policy.conditions import Choice, Qualifies

Meal = Literal["breakfast", "lunch", "dinner", "banquet"]
Bearer = Literal["company", "room_only", "guest_part", "guest"]
"""Who bears the lodging, from the dearest for the company on (P02)."""
Grade = Literal["equal", "high", "low"]
"""The host's rank against the lead guest's: equal to it, above it, below it (对等, 高格, 低格)."""

Vehicle = Literal["own", "taxi", "company_car", "business_car", "hired_premium", "bus", "special"]
RoomExtra = Literal["breakfast", "fruit", "flowers", "brochures", "welcome_card"]
Place = Literal[
    "airport", "station", "gate", "door", "lobby", "reception_desk", "department", "office"
]


class Cap(Table):
    """The most that may be spent: for each guest, or for a party of N and each further guest."""

    per_head: Amount | None = None
    party_of: Count | None = None
    amount: Amount | None = None
    each_further: Amount | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        party = (self.party_of, self.amount, self.each_further)
        if self.per_head is not None:
            if any(value is not None for value in party):
                raise ValueError("give either per_head, or party_of with amount and each_further")
        elif self.amount is None or not self.party_of:
            raise ValueError("give per_head, or party_of (1 or more) with amount and each_further")
        return self

    def of(self, guests: int) -> Decimal:
        """The cap for so many guests (at least one), in the policy's currency.

        A party smaller than N may spend what a party of N may.
        """
        guests = max(guests, 1)
        if self.per_head is not None:
            return self.per_head * guests
        further = max(guests - (self.party_of or 1), 0)
        return (self.amount or Decimal(0)) + (self.each_further or Decimal(0)) * further


class Meals(Table):
    """Meal caps of a level, each for one meal."""

    breakfast: Cap | None = None
    lunch: Cap | None = None
    dinner: Cap | None = None
    banquet: Cap | None = None


class Lodging(Table):
    """Hotel stars, price of a room and night, who bears it, and what stands in the room."""

    borne_by: Bearer
    guest_pays_a_day: Amount | None = None
    stars_from: Stars | None = None
    stars_to: Stars | None = None
    price_from: Amount | None = None
    price_to: Amount | None = None
    rooms: list[Literal["single", "twin", "business", "suite"]] = Field(default=[])
    extras: list[Literal["breakfast", "fruit", "flowers", "brochures", "welcome_card"]] = Field(
        default=[]
    )
    signing: Literal["none", "limit", "unlimited", "by_item"] | None = None
    signing_limit: Amount | None = None
    signing_items: list[Text] = Field(default=[])

    @model_validator(mode="after")
    def _ranges(self) -> Self:
        in_order(self.stars_from, self.stars_to, "stars_from", "stars_to")
        in_order(self.price_from, self.price_to, "price_from", "price_to")
        if (self.borne_by == "guest_part") != (self.guest_pays_a_day is not None):
            raise ValueError("guest_pays_a_day goes with borne_by = 'guest_part', and only there")
        if (self.signing == "limit") != (self.signing_limit is not None):
            raise ValueError("signing_limit goes with signing = 'limit', and only there")
        if (self.signing == "by_item") != bool(self.signing_items):
            raise ValueError("signing_items goes with signing = 'by_item', and only there")
        return self


class Escorts(Table):
    """Who accompanies the guests, by rank; `lead_from` is the lowest rank of the first of them."""

    ranks: list[Key] = Field(min_length=1)
    lead_from: Key | None = None
    lead_to: Key | None = None
    greet_at: Place | None = None
    greet_by: list[Key] = Field(default=[])


class GiftCap(Table):
    """What gifts may be worth, in the policy's currency (R9.1, R10.2)."""

    per_guest: Amount | None = None
    per_visit: Amount | None = None
    kinds: list[Text] = Field(default=[])

    @model_validator(mode="after")
    def _order(self) -> Self:
        in_order(self.per_guest, self.per_visit, "per_guest", "per_visit")
        return self


class Discretion(Table):
    """What a leader chooses case by case at this level: sights, a souvenir, or neither (P09)."""

    of: Choice
    by: RoleKey


class Level(Table):
    """A reception level: who qualifies, who decides in order, what may be spent (R2.1, R3.1).

    `tier` says how high it stands (1 is the lowest): caps must not fall as it rises. `over` names
    the levels that it goes before where both claim a guest.
    """

    key: Key
    name: Text
    clause: LongText | None = None
    approvers: list[RoleKey] = Field(min_length=1)
    tier: Count | None = None
    over: list[Key] = Field(default=[])
    qualifies: list[Qualifies] = Field(default=[])
    spend: Literal["capped", "actual"] = "capped"
    escorts: Escorts | None = None
    protocol: Grade | None = None
    meals: Meals | None = None
    lodging: Lodging | None = None
    vehicles: list[Vehicle] | None = None
    leisure: Cap | None = None
    sightseeing: list[Literal["short", "long"]] | None = None
    gift: GiftCap | None = None
    welcome: list[Literal["sign", "banner", "screen", "flowers", "flag"]] = Field(default=[])
    discretion: list[Discretion] = Field(default=[])
    extras: list[Text] = Field(default=[])
    route: Key | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        double = sorted({role for role in self.approvers if self.approvers.count(role) > 1})
        if double:
            raise ValueError(f"approvers: the chain loops: {', '.join(double)} is asked twice")
        if self.spend == "actual" and (self.meals or self.leisure):
            raise ValueError("spend = 'actual' has no caps: leave meals and leisure out")
        return self
