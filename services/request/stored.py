"""A visit's present facts, as its form would hold them."""

from models.base.words import TripKind
from models.cars.drives import first_of
from models.customers.guests import GuestLine, written_guest
from models.customers.phones import shown_phone
from models.reading.facts import capital_of
from models.reading.picture import VisitPicture
from models.records.customers import Guest
from models.request.capital import written_capital
from models.request.forms import VisitForm
from models.request.outlook import left_to_policy, look_out


def form_of(view: VisitPicture) -> VisitForm:
    """The visit's present facts as its form would hold them; a level as the procedure proposes is
    left to the procedure."""
    form = as_stored(view)
    new = view.is_new_customer
    return left_to_policy(
        form, look_out(view.policy, form, view.visit.timezone, is_new_customer=new)
    )


def as_stored(view: VisitPicture) -> VisitForm:
    """The visit's present facts as its form would hold them, with its level."""
    visit = view.visit
    capital = capital_of(visit)
    pickup = first_of(view.trips, TripKind.PICKUP)
    dropoff = first_of(view.trips, TripKind.DROPOFF)
    place = (pickup and pickup.place) or None
    back = (dropoff and dropoff.place) or None
    return VisitForm(
        customer=view.customer.name,
        purpose=visit.purpose,
        lead_guest=visit.lead_guest,
        lead_guest_title=visit.lead_guest_title,
        party_size=visit.party_size,
        arrival=visit.arrival,
        departure=visit.departure,
        host=visit.host_id,
        level=visit.level,
        level_reason=visit.level_reason,
        customer_kind=visit.customer_kind,
        capital=written_capital(capital) if capital else None,
        overseas=visit.is_overseas,
        important=visit.is_important,
        exception_reason=visit.exception_reason,
        travel_by=visit.travel_by,
        travel_number=visit.travel_number,
        contact_phone=shown_phone(visit.contact_phone) if visit.contact_phone else None,
        pickup_place=place,
        pickup_time=pickup.at if pickup else None,
        dropoff_time=dropoff.at if dropoff else None,
        dropoff_place=None if back == place else back,
        meeting_time=visit.meeting_at,
        meeting_place=visit.meeting_place,
        second_host=visit.second_host_id,
        account_owner=visit.account_owner_id,
        budget=visit.budget,
        guests="\n".join(guest_line(guest) for guest in view.guests) or None,
        notes=visit.notes,
    )


def guest_line(guest: Guest) -> str:
    """A guest as a line of the form, which is read as that guest again."""
    return written_guest(GuestLine(guest.name, guest.title, guest.diet))
