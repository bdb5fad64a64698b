"""The words of the visit notice: its sections, its fields, and the answers to choose from (P02)."""

from models.policy.notice_fields import NoticeField, Section
from templates.reading import customer_terms
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text

_SECTIONS = {
    Section.GUESTS: N_("Guests"),
    Section.TRAVEL: N_("Travel"),
    Section.GREETING: N_("Greeting"),
    Section.LODGING: N_("Lodging"),
    Section.ROOMS: N_("In the room"),
    Section.MEALS: N_("Meals"),
    Section.SIGHTS: N_("Sights and leisure"),
    Section.GIFTS: N_("Gifts"),
    Section.WISHES: N_("Wishes and topics"),
    Section.MONEY: N_("Money"),
}
_FIELDS = {
    "men": N_("Men"),
    "women": N_("Women"),
    "companions": N_("People who travel with the guests"),
    "own_interpreter": N_("They bring an interpreter"),
    "interpreter_wanted": N_("They need an interpreter"),
    "local_agent": N_("Their agent here"),
    "invitation_letter": N_("Invitation letter wanted"),
    "customs": N_("Faith, customs and taboos"),
    "travel_from": N_("From"),
    "travel_to": N_("To"),
    "terminal": N_("Terminal or station"),
    "leaves_at": N_("Outward departure"),
    "return_ticket": N_("Return ticket"),
    "return_number": N_("Return flight or train"),
    "home_at": N_("Home arrival"),
    "other_suppliers": N_("Other suppliers on this trip"),
    "onward_help": N_("Help with the way to the next supplier"),
    "car_route": N_("Own car: meeting point and route"),
    "greeting_place": N_("Greeting place"),
    "greeting_person": N_("Who greets"),
    "name_sign": N_("Words on the name sign"),
    "welcome_flowers": N_("Flowers at the greeting"),
    "banner": N_("Banner"),
    "special_vehicle": N_("Special vehicle"),
    "send_off_place": N_("Send-off place"),
    "hotel_wanted": N_("Hotel wanted"),
    "hotel": N_("Hotel"),
    "rooms_single": N_("Single rooms"),
    "rooms_double": N_("Double rooms"),
    "rooms_suite": N_("Suites"),
    "lodging_by": N_("Who pays for the lodging"),
    "guest_pays": N_("The guest pays a day"),
    "per_diem": N_("The guest's own allowance a day"),
    "checked_in": N_("Checked in beforehand"),
    "room_signing": N_("Signing on the room"),
    "signing_limit": N_("Signing up to"),
    "signed_items": N_("What may be signed"),
    "long_distance": N_("Long-distance calls"),
    "breakfast": N_("Breakfast"),
    "in_room": N_("Ready in the room"),
    "meals_by": N_("Who pays for the meals"),
    "welcome_dinner_by": N_("Host of the welcome dinner"),
    "farewell_dinner_by": N_("Host of the farewell dinner"),
    "meal_wishes": N_("Wishes for the meals"),
    "sights_wanted": N_("Sights wanted"),
    "sights": N_("Which sights"),
    "sights_length": N_("Short or long tour"),
    "sights_guide": N_("Guide"),
    "sights_agency": N_("Travel agency"),
    "leisure": N_("Leisure"),
    "gift_kind": N_("Gift"),
    "gift_value": N_("Value of one gift"),
    "gift_number": N_("How many gifts"),
    "gift_moment": N_("When it is handed over"),
    "topics": N_("Topics"),
    "places_to_see": N_("Places they want to see"),
    "wishes": N_("Special wishes"),
    "new_project": N_("A new project behind it"),
    "suggested_leaders": N_("Leaders suggested to take part"),
    "came_by": N_("Request came by"),
    "confirmed_with": N_("Confirmed again with"),
    "confirmed_by": N_("Confirmed by"),
    "confirmed_at": N_("Confirmation"),
    "cost_department": N_("Department that bears the cost"),
    "advance_wanted": N_("Cash advance wanted"),
    "diets": N_("Diets"),
}
_ANSWERS = {
    "yes": N_("Yes"),
    "no": N_("No"),
    "booked": N_("Booked"),
    "pending": N_("Not decided"),
    "wanted": N_("To be bought by us"),
    "company": N_("The company"),
    "room_only": N_("The company, the room only"),
    "guest_part": N_("The guest a part, the company the rest"),
    "guest": N_("The guest"),
    "none": N_("None"),
    "limit": N_("Up to an amount"),
    "unlimited": N_("Without limit"),
    "by_item": N_("Certain things only"),
    "minibar": N_("Minibar"),
    "laundry": N_("Laundry"),
    "meals": N_("Meals"),
    "bowling": N_("Bowling"),
    "fruit": N_("Fruit"),
    "flowers": N_("Flowers"),
    "brochures": N_("Brochures"),
    "welcome_card": N_("Welcome card"),
    "leaders_meeting": N_("At the leaders' meeting"),
    "dinner": N_("At the dinner"),
    "send_off": N_("At the send-off"),
    "chat": N_("Chat"),
    "phone": N_("Phone"),
    "mail": N_("Mail"),
    "online": N_("Online"),
    "form": N_("Form"),
    "in_person": N_("In person"),
    "short": N_("Short"),
    "long": N_("Long"),
}


def section(language: Language, name: Section) -> Text:
    """The heading of a section."""
    return language._(_SECTIONS[name])


def label(language: Language, key: str) -> Text:
    """The label of a field of the notice, of the customer's file, or of the request."""
    if key in customer_terms.KEYS:
        return customer_terms.label(language, key)
    return language._(_FIELDS[key]) if key in _FIELDS else terms.field(language, key)


def answer(language: Language, code: str) -> Text:
    """One answer to choose."""
    return language._(_ANSWERS[code])


def answers(language: Language, field: NoticeField) -> list[tuple[str, Text]]:
    """What there is to choose in a field."""
    return [(code, answer(language, code)) for code in field.options]
