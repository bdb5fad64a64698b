"""The guests of a visit one by one, and lists of them, with what hangs on who comes (P02, P04)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.base.errors import Fault, InvalidForm, Outdated, Overtaken
from models.base.limits import GUESTS_LIMIT
from models.base.visible import seen
from models.base.words import FileUse, VisitStatus
from models.customers.diets import codes_of, parts_of, together
from models.customers.guests import GuestLine
from models.customers.lists import key_of, name_fault, once
from models.customers.party import FIELDS, GuestField
from models.customers.phones import read_phone, shown_phone
from models.customers.shapes import is_mail
from models.keeping.entered import mark_of
from models.policy.rules import Policy
from models.reading.picture import VisitPicture
from models.records.customers import Guest
from models.records.visit import Visit
from services.customers.guests import Seat, guests_of, seat_guests
from services.keeping.files import Stored, add_files
from services.reading.desk import Desk
from services.request.asking_first import follow_notice
from services.request.changes import change_party
from services.request.notice import fillable
from services.saying import audit, outbox
from services.store.hold import hold

Entered = str | bool | list[str] | None
_BOUND = frozenset({VisitStatus.REQUESTED, VisitStatus.APPROVED})
"""While level and approvers hang on who comes."""
_BESIDES = ("name_other", "phone", "mail", "sex", "nationality", "language")


@dataclass(frozen=True)
class Seated:
    """What came of a change of the list: the guest that it is about, who was added and of whom more
    is known now (names), the party size where it has grown, and others with the same phone or
    mail."""

    guest_id: int | None = None
    added: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    party_size: int | None = None
    alike: list[str] = field(default_factory=list)


def guest_in(picture: VisitPicture, guest_id: int) -> Guest:
    """A guest of the visit. Raises Outdated where it is none any more."""
    guest = next((each for each in picture.guests if each.id == guest_id), None)
    if guest is None:
        raise Outdated
    return guest


def values_of(
    policy: Policy, guest: Guest | None, fields: Sequence[GuestField]
) -> dict[str, Entered]:
    """What is known of a guest by the fields of a form."""
    return {each.key: _known(policy, guest, each.key) for each in fields}


def marks_of(policy: Policy, guest: Guest | None, fields: Sequence[GuestField]) -> dict[str, str]:
    """By what another value of each field is noticed."""
    values = values_of(policy, guest, fields)
    return {key: _mark(value) for key, value in values.items() if key != "photo"}


def save_guest(
    desk: Desk,
    visit_id: int,
    guest_id: int | None,
    entered: Mapping[str, Entered],
    opened_with: Mapping[str, str],
    photo: Stored | None = None,
) -> Seated:
    """Add a guest (`guest_id` None), or take over what was entered of one; fields that are not in
    `entered` stay. `opened_with` are the marks of what the form showed (`marks_of`).

    Raises InvalidForm, Outdated (the guest is gone), Overtaken with the fields that somebody else
    has changed as well, VisitOver.
    """
    visit, view = hold(desk.session, visit_id), fillable(desk, visit_id)
    guest = guest_in(view, guest_id) if guest_id is not None else None
    fields = [each for each in FIELDS if each.key in entered]
    mine = changed_by(entered, opened_with) if guest is not None else dict(entered)
    values, faults = _read(view.policy, fields, mine)
    if guest is None and "name" not in faults and not values.get("name"):
        faults["name"] = Fault("name_unseen")
    faults |= _twin(view, guest, values)
    if guest is None and len(view.guests) >= GUESTS_LIMIT:
        faults["name"] = Fault("too_many_guests", {"count": GUESTS_LIMIT + 1, "most": GUESTS_LIMIT})
    if faults:
        raise InvalidForm(faults)
    if guest is not None:
        _check_overtaken(view.policy, guest, mine, opened_with)
    seats = [Seat(each.id, _line(each, values if each is guest else {})) for each in view.guests]
    if guest is None:
        seats.append(Seat(None, _line(Guest(visit_id=0, position=0, name=""), values)))
    at = view.guests.index(guest) if guest is not None else len(view.guests)
    if photo is not None:
        values["photo_id"] = add_files(desk, visit_id, FileUse.PHOTO, [photo])[0].id

    def more(seated: list[Guest]) -> bool:
        return _fill(seated, at, values)

    size = _seat(desk, visit, view, seats, more)
    saved = guests_of(desk.session, visit_id)[at]
    alike = [each.name for each in view.guests if each.id != saved.id and _is_alike(each, saved)]
    return Seated(saved.id, [saved.name] if guest is None else [], [], size, alike)


def remove_guest(desk: Desk, visit_id: int, guest_id: int) -> str:
    """Take a guest off the list; returns the name. Raises Outdated, VisitOver."""
    visit, view = hold(desk.session, visit_id), fillable(desk, visit_id)
    gone = guest_in(view, guest_id)
    name = gone.name
    seats = [Seat(each.id, _line(each, {})) for each in view.guests if each.id != guest_id]
    _seat(desk, visit, view, seats, lambda _: False)
    return name


def add_listed(desk: Desk, visit_id: int, guests: Sequence[GuestLine]) -> Seated:
    """Add the guests of a list. Of those who are on the visit's list already, by name and title,
    what was not known is filled in; what is known stays.

    Raises InvalidForm for more than are kept, VisitOver.
    """
    visit, view = hold(desk.session, visit_id), fillable(desk, visit_id)
    known = {key_of(each.name, each.title): each for each in view.guests}
    listed = {key_of(each.name, each.title): each for each in once(guests)}
    new = {key: each for key, each in listed.items() if key not in known}
    total = len(view.guests) + len(new)
    if total > GUESTS_LIMIT:
        raise InvalidForm(
            {"guests": Fault("too_many_guests", {"count": total, "most": GUESTS_LIMIT})}
        )
    seats = [
        Seat(each.id, _completed(each, listed.get(key_of(each.name, each.title))))
        for each in view.guests
    ]
    before = [each.diet for each in view.guests]
    seats += [Seat(None, each) for each in new.values()]
    filled: list[str] = []

    def more(seated: list[Guest]) -> bool:
        for at, guest in enumerate(seated):
            said = listed.get(key_of(guest.name, guest.title))
            is_filled = said is not None and _fill_empty(guest, said)
            if at < len(before) and (is_filled or before[at] != guest.diet):
                filled.append(guest.name)
        return bool(new or filled)

    size = _seat(desk, visit, view, seats, more)
    return Seated(None, [each.name for each in new.values()], filled, size)


def _seat(
    desk: Desk,
    visit: Visit,
    view: VisitPicture,
    seats: Sequence[Seat],
    more: Callable[[list[Guest]], bool],
) -> int | None:
    """Take over a list, then what else is known of each (`more` says whether that is news).
    Returns the party size where it has grown."""
    size, visit_id = visit.party_size, visit.id or 0
    old = [(each.id, _line(each, {})) for each in view.guests]
    is_other = old != [(seat.guest_id, seat.line) for seat in seats]
    if is_other and visit.status in _BOUND:
        change_party(desk, visit_id, seats)
    elif is_other:
        seat_guests(desk.session, visit, seats)
    desk.session.flush()
    has_more = more(guests_of(desk.session, visit_id))
    desk.session.flush()
    if is_other or has_more:
        if not (is_other and visit.status in _BOUND):
            late = {"late": True} if visit.left_at is not None else {}
            audit.record(desk, "fill_notice", visit_id, fields=["guests"], **late)
        follow_notice(desk, visit)
        outbox.changed(desk, visit)
    return visit.party_size if visit.party_size != size else None


def _line(guest: Guest, values: Mapping[str, object]) -> GuestLine:
    """Name, title and diet of a guest, with what was entered of them."""
    said = {key: values.get(key, getattr(guest, key)) for key in ("name", "title", "diet")}
    return GuestLine(str(said["name"]), _text(said["title"]), _text(said["diet"]))


def _text(value: object) -> str | None:
    return str(value) if value else None


def _completed(guest: Guest, said: GuestLine | None) -> GuestLine:
    line = _line(guest, {})
    return replace(line, diet=line.diet or said.diet) if said is not None else line


def _fill_empty(guest: Guest, said: GuestLine) -> bool:
    news = {key: value for key in _BESIDES if (value := getattr(said, key))}
    news = {key: value for key, value in news.items() if not getattr(guest, key)}
    for key, value in news.items():
        setattr(guest, key, value)
    return bool(news)


def _fill(seated: list[Guest], at: int, values: Mapping[str, object]) -> bool:
    guest = seated[at]
    changed = {key: value for key, value in values.items() if getattr(guest, key) != value}
    for key, value in changed.items():
        setattr(guest, key, value)
    if changed.get("leads"):
        for other in seated:
            other.leads = other is guest
    return bool(changed)


def _known(policy: Policy, guest: Guest | None, key: str) -> Entered:
    if guest is None:
        return None
    if key in {"diet", "diet_words"}:
        parts, codes = parts_of(policy, guest.diet), codes_of(policy)
        if key == "diet":
            return [part for part in parts if part in codes]
        return ", ".join(part for part in parts if part not in codes) or None
    if key == "phone":
        return shown_phone(guest.phone) if guest.phone else None
    if key == "photo":
        return None
    value: Entered = getattr(guest, key)
    return value


def _mark(value: Entered) -> str:
    return mark_of(("yes" if value else None) if isinstance(value, bool) else value or None)


def changed_by(
    entered: Mapping[str, Entered], opened_with: Mapping[str, str]
) -> dict[str, Entered]:
    """What the person has changed since the form was opened; the two halves of a diet are one."""
    mine = {key for key, value in entered.items() if _mark(value) != opened_with.get(key)}
    if mine & {"diet", "diet_words"}:
        mine |= {"diet", "diet_words"} & entered.keys()
    return {key: entered[key] for key in entered if key in mine}


def _check_overtaken(
    policy: Policy, guest: Guest, mine: Mapping[str, Entered], opened_with: Mapping[str, str]
) -> None:
    both = [
        key
        for key, value in mine.items()
        if key != "photo"
        and _mark(_known(policy, guest, key)) not in {opened_with.get(key), _mark(value)}
    ]
    if both:
        raise Overtaken(both)


def _read(
    policy: Policy, fields: Sequence[GuestField], entered: Mapping[str, Entered]
) -> tuple[dict[str, object], dict[str, Fault]]:
    """What is kept of what was entered, by column; and what of it cannot stand, by field."""
    values: dict[str, object] = {}
    faults: dict[str, Fault] = {}
    for each in fields:
        if each.key not in entered or each.key == "photo":
            continue
        value = entered[each.key]
        if isinstance(value, str):
            value = seen(value) or None
            fault = _fault(policy, each, value)
            if fault is not None:
                faults[each.key] = fault
        values[each.key] = value
    if "name" in entered and (fault := name_fault(_text(entered["name"]))) is not None:
        faults["name"] = fault
    if values.get("phone") and "phone" not in faults:
        values["phone"] = read_phone(str(values["phone"]), policy.country)
    if "leads" in values:
        values["leads"] = bool(values["leads"])
    if "needs" in values:
        values["needs"] = list(values["needs"] or [])  # type: ignore[call-overload]
    if "diet" in values or "diet_words" in values:
        chosen = values.pop("diet", None) or []
        words = _text(values.pop("diet_words", None))
        diet = together(policy, chosen, words)  # type: ignore[arg-type]
        if len(diet or "") > 200:
            faults["diet_words"] = Fault("too_long", {"limit": 200, "length": len(diet or "")})
        values["diet"] = diet
    return values, faults


def _fault(policy: Policy, each: GuestField, value: str | None) -> Fault | None:
    if value is None:
        return None
    if len(value) > each.limit:
        return Fault("too_long", {"limit": each.limit, "length": len(value)})
    if each.key == "phone" and read_phone(value, policy.country) is None:
        return Fault("phone")
    if each.key == "mail" and not is_mail(value):
        return Fault("mail_in_line", {"line": value})
    ranks = {rank.key for rank in policy.ranks}
    options = ranks if each.key == "rank" else set(each.options)
    if each.kind == "choice" and value not in options:
        return Fault("choice_gone", {"choice": value})
    return None


def _twin(
    view: VisitPicture, guest: Guest | None, values: Mapping[str, object]
) -> dict[str, Fault]:
    """That another guest bears this name and title already."""
    if "name" not in values and "title" not in values:
        return {}
    line = _line(guest or Guest(visit_id=0, position=0, name=""), values)
    key = key_of(line.name, line.title)
    others = (each for each in view.guests if each is not guest)
    if any(key_of(each.name, each.title) == key for each in others):
        return {"name": Fault("guest_twice", {"line": line.name})}
    return {}


def _is_alike(one: Guest, other: Guest) -> bool:
    mails = [(each.mail or "").casefold() for each in (one, other)]
    has_mail = bool(mails[0]) and mails[0] == mails[1]
    return has_mail or (one.phone is not None and one.phone == other.phone)
