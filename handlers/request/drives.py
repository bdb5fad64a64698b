"""The cars of a visit, asked for one by one (P14, R6.1)."""

from datetime import datetime

from handlers.slack.answers import Answer, Back, Refill, Show, View
from handlers.slack.call import Call, behind_of, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.cars.asked import AskedDrive, DriveWishes
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from services.reading.desk import Desk
from services.request import drives
from templates.request.drives import cars_view, drive_form, wished_reply, wishes_form


async def show_cars(call: Call) -> Answer:
    """Every drive of the visit."""
    return Show(await cars_of(call, call.numbers[0], behind_of(call)))


async def cars_of(call: Call, visit: int, behind: list[str]) -> View:
    """The view of a visit's cars."""
    view, now = await _read(call, visit)
    return cars_view(call.reader, view, now, behind)


async def open_add(call: Call) -> Answer:
    """The form of one more drive."""
    view, now = await _read(call, call.numbers[0])
    return Show(drive_form(call.reader, view, now, None, behind=behind_of(call)))


async def open_change(call: Call) -> Answer:
    """The form of a drive that was asked for."""
    number = call.numbers[0]
    view, trip, now = await call.look(
        lambda desk: (*drives.drive_of(desk, number), desk.now), Verb.ASK_CAR, About(trip=number)
    )
    mark = drives.mark_of(trip)
    return Show(drive_form(call.reader, view, now, trip, mark=mark, behind=behind_of(call)))


async def submit_drive(call: Call) -> Answer:
    """Save the drive, then ask what else is wanted for it."""
    entries, visit, number = call.entries, wanted(call.meta.visit), call.meta.trip
    asked = AskedDrive(
        drive_kind=entries.choice("drive_kind") or "",
        drive_from=entries.text("drive_from"),
        drive_to=entries.text("drive_to"),
        drive_at=entries.moment("drive_at"),
        drive_days=entries.integer("drive_days"),
        drive_purpose=entries.text("drive_purpose"),
    )

    def save(desk: Desk) -> tuple[VisitPicture, Trip, datetime]:
        if number is None:
            trip = drives.ask_drive(desk, visit, asked)
        else:
            trip = drives.change_drive(desk, number, asked, call.meta.shown or "")
        view, saved = drives.drive_of(desk, trip.id or 0)
        return view, saved, desk.now

    about = About(visit=visit) if number is None else About(trip=number)
    view, trip, now = await call.act(Verb.ASK_CAR, save, about)
    return Show(wishes_form(call.reader, view, now, trip, call.meta.behind or ()))


async def submit_wishes(call: Call) -> Answer:
    """Save what else is wanted for a drive."""
    entries, number = call.entries, wanted(call.meta.trip)
    wishes = DriveWishes(
        drive_sign=entries.text("drive_sign"),
        drive_flowers=entries.is_ticked("drive_flowers"),
        drive_banner=entries.text("drive_banner"),
        drive_vehicle=entries.text("drive_vehicle"),
        drive_luggage=entries.text("drive_luggage"),
        drive_escorts=entries.people("drive_escorts"),
        drive_department=entries.text("drive_department"),
        drive_note=entries.text("drive_note"),
    )

    def save(desk: Desk) -> tuple[VisitPicture, Trip, datetime]:
        drives.wish(desk, number, wishes)
        view, saved = drives.drive_of(desk, number)
        return view, saved, desk.now

    view, trip, now = await call.act(Verb.ASK_CAR, save, About(trip=number))
    return Back(wished_reply(call.reader, view, now, trip))


async def remove(call: Call) -> Answer:
    """The drive is wanted no longer."""
    number = call.numbers[0]

    def drop(desk: Desk) -> tuple[VisitPicture, datetime]:
        visit = drives.drop_drive(desk, number)
        return drives.with_drives(desk, visit.id or 0), desk.now

    view, now = await call.act(Verb.ASK_CAR, drop, About(trip=number))
    return Refill(cars_view(call.reader, view, now, call.meta.behind or ()))


async def _read(call: Call, visit: int) -> tuple[VisitPicture, datetime]:
    return await call.look(
        lambda desk: (drives.with_drives(desk, visit), desk.now), Verb.ASK_CAR, About(visit=visit)
    )
