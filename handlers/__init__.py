"""What Slack sends: every command, button, form and event, with the one listener for it."""

from slack_bolt.async_app import AsyncApp

from handlers import commands, finding, home
from handlers.aftercare import follow_up
from handlers.cars import trips
from handlers.customers import file, known, merging, owners
from handlers.day import etiquette
from handlers.escorts import invitations
from handlers.keeping import arrivals, entries, files
from handlers.money import costs
from handlers.people import absence, members, setup, visit_roles
from handlers.preparation import checklist
from handlers.procedure import why
from handlers.request import (
    bulk,
    changes,
    details,
    drives,
    from_message,
    guest_lists,
    guests,
    rating,
    read_back,
    refreshing,
    request_form,
    same_again,
    sections,
    trial,
)
from handlers.signoff import by_phone, decisions, delegation, exceptions
from handlers.slack.call import Call
from handlers.slack.door import Door
from handlers.slack.edge import Edge
from handlers.talk import listeners
from templates.slack import ids


def register(app: AsyncApp, edge: Edge) -> Door:
    """Register every listener with the app."""
    door = Door(app, edge, before=members.admit, after=_afterwards)

    door.command("/visit", commands.visit)
    door.shortcut(ids.NEW_VISIT_SHORTCUT, request_form.open_new)
    door.shortcut(ids.MAKE_VISIT_SHORTCUT, from_message.open_from_menu)

    door.button(ids.SAY, commands.pressed)
    _request(door)
    _signoff(door)

    door.button(ids.DETAILS, changes.show_details)
    door.button(ids.EDIT, changes.open_edit)
    door.button(ids.CHANGE_REQUEST, changes.open_change_request)
    door.form(ids.CHANGE_VISIT_FORM, changes.submit_edit)
    door.button(ids.RESCHEDULE, changes.open_reschedule)
    door.form(ids.RESCHEDULE_FORM, changes.submit_reschedule)
    door.button(ids.DATE_OPEN, changes.open_postpone)
    door.form(ids.POSTPONE_FORM, changes.submit_postpone)
    door.button(ids.CANCEL, changes.open_cancel)
    door.form(ids.CANCEL_FORM, changes.submit_cancel)

    door.button(ids.TASK_DONE, checklist.finish)
    door.button(ids.TASK_CONFIRM, checklist.confirm)
    door.button(ids.REMIND_OWNERS, checklist.remind)
    door.button(ids.TASK_PROBLEM, checklist.open_problem)
    door.form(ids.PROBLEM_FORM, checklist.submit_problem)
    door.button(ids.TASK_HAND_OVER, checklist.open_hand_over)
    door.form(ids.HAND_OVER_FORM, checklist.submit_hand_over)

    _cars(door)

    door.button(ids.GIVE_FEEDBACK, follow_up.open_feedback)
    door.form(ids.FEEDBACK_FORM, follow_up.submit_feedback)
    door.button(ids.REMIND_TOMORROW, follow_up.remind_tomorrow)
    door.button(ids.LANDED, follow_up.landed)
    door.button(ids.ENDED, follow_up.ended)
    door.button(ids.OUTCOME_BACK, follow_up.outcome_back)
    door.button(ids.SHOW_ETIQUETTE, etiquette.show)

    _leaders(door)

    _money(door)
    _keeping(door)

    _procedure(door)
    _people(door)
    _events(door)
    door.open()
    return door


def _request(door: Door) -> None:
    door.button(ids.NEW_VISIT, request_form.open_new)
    door.button(ids.FILL_FROM_MESSAGE, from_message.open_form)
    door.form(ids.FILL_FORM, from_message.submit)
    door.button(ids.RESUME_DRAFT, request_form.resume)
    door.button(ids.START_AFRESH, request_form.start_afresh)
    for action_id in (*ids.DRAFT_VALUES, *ids.CUSTOMERS):
        door.entry(action_id, request_form.keep)
    for action_id in ids.CUSTOMERS:
        door.options(action_id, request_form.suggest_customers)
    door.form(ids.NEW_VISIT_FORM, request_form.submit)
    door.closed(ids.NEW_VISIT_FORM, request_form.close)
    door.button(ids.ADD_DETAILS, details.open_details)
    door.form(ids.ADD_DETAILS_FORM, details.submit_details)
    door.button(ids.SHOW_NOTICE, sections.show_notice)
    for action_id in ids.OPEN_SECTIONS.values():
        door.button(action_id, sections.open_section)
    door.form(ids.SECTION_FORM, sections.submit_section)
    door.button(ids.SAME_AGAIN, same_again.open_form)
    door.button(ids.READ_BACK, read_back.open_sheet)
    door.button(ids.READ_BACK_EN, read_back.in_language)
    door.button(ids.READ_BACK_ZH, read_back.in_language)
    door.form(ids.READ_BACK_FORM, read_back.submit)
    _guests(door)


def _guests(door: Door) -> None:
    """The guests one by one, and lists of them (P02)."""
    for action_id in (ids.ALL_GUESTS, ids.GUESTS_NEXT, ids.GUESTS_BACK):
        door.button(action_id, guests.show_all)
    door.button(ids.ADD_GUEST, guests.add)
    door.button(ids.CHANGE_GUEST, guests.change)
    door.button(ids.REMOVE_GUEST, guests.remove)
    door.form(ids.GUEST_FORM, guests.submit)
    door.button(ids.ABOUT_PARTY, sections.about_party)
    door.button(ids.PASTE_LIST, guest_lists.open_paste)
    door.form(ids.PASTE_FORM, guest_lists.submit_paste)
    door.button(ids.LIST_FILE, guest_lists.open_file)
    door.form(ids.LIST_FILE_FORM, guest_lists.submit_file)
    door.button(ids.GUESTS_OF_POST, guest_lists.open_post)
    door.form(ids.LIST_OF_POST_FORM, guest_lists.submit_post)
    door.button(ids.GO_ON_LIST, guest_lists.go_on)
    door.button(ids.DROP_LIST, guest_lists.drop)
    for action_id in (ids.LINES_NEXT, ids.LINES_BACK):
        door.button(action_id, guest_lists.turn)
    door.button(ids.PUT_RIGHT, guest_lists.put_right)
    door.form(ids.LINES_FORM, guest_lists.submit_lines)
    door.form(ids.PREVIEW_FORM, guest_lists.save)


def _signoff(door: Door) -> None:
    """Deciding, whatever the matter (R3)."""
    door.button(ids.APPROVE, decisions.approve)
    door.button(ids.DECLINE, decisions.open_decline)
    door.button(ids.ASK_CHANGES, decisions.open_ask_changes)
    door.form(ids.DECISION_FORM, decisions.submit)
    door.button(ids.TAKE_BACK, decisions.take_back)
    door.button(ids.CHOOSE, decisions.choose)
    door.button(ids.DELEGATE, delegation.open_form)
    door.form(ids.DELEGATE_FORM, delegation.submit)
    door.button(ids.BY_PHONE, by_phone.open_form)
    door.form(ids.SPOKEN_FORM, by_phone.submit)
    door.button(ids.CONFIRM_WORD, by_phone.confirm)
    door.button(ids.DENY_WORD, by_phone.deny)
    door.button(ids.WHAT_DECIDED, decisions.what_was_decided)


def _cars(door: Door) -> None:
    """Assigning cars, and driving them (R6)."""
    door.button(ids.SHOW_CARS, drives.show_cars)
    door.button(ids.ADD_DRIVE, drives.open_add)
    door.button(ids.CHANGE_DRIVE, drives.open_change)
    door.button(ids.REMOVE_DRIVE, drives.remove)
    door.form(ids.DRIVE_FORM, drives.submit_drive)
    door.form(ids.DRIVE_WISHES_FORM, drives.submit_wishes)
    door.button(ids.ASSIGN_DRIVER, trips.open_assign)
    door.options(ids.DRIVER_SEARCH, trips.suggest_drivers)
    door.form(ids.ASSIGN_FORM, trips.submit_assign)
    door.button(ids.ACCEPT_TRIP, trips.accept)
    door.button(ids.DECLINE_TRIP, trips.open_decline)
    door.form(ids.DECLINE_TRIP_FORM, trips.submit_decline)
    door.button(ids.CAR_HERE, trips.car_here)
    door.button(ids.GUESTS_ABOARD, trips.guests_aboard)
    door.button(ids.DROPPED_OFF, trips.dropped_off)
    door.button(ids.REPORT_BACK, trips.report_back)
    door.button(ids.DRIVE_AFTER_ALL, trips.after_all)


def _leaders(door: Door) -> None:
    """Inviting leaders, and what they answer (R4.5)."""
    _invitations(door)


def _invitations(door: Door) -> None:
    door.button(ids.INVITE_LEADERS, invitations.open_invite)
    door.form(ids.INVITE_FORM, invitations.submit_invite)
    door.button(ids.INVITE_SUBSTITUTE, invitations.invite_substitute)
    door.button(ids.WITHDRAW_INVITATION, invitations.withdraw)
    door.button(ids.ATTEND, invitations.attend)
    door.button(ids.CANNOT_ATTEND, invitations.open_cannot)
    door.form(ids.CANNOT_ATTEND_FORM, invitations.submit_cannot)
    door.form(ids.WITHDRAW_FORM, invitations.submit_withdraw)


def _money(door: Door) -> None:
    door.button(ids.ASK_EXCEPTION, exceptions.open_exception)
    door.form(ids.EXCEPTION_FORM, exceptions.submit)
    door.button(ids.NOTE_COST, costs.open_cost)
    door.form(ids.COST_FORM, costs.submit)
    door.button(ids.CORRECT_COST, costs.open_correction)
    door.form(ids.CORRECTION_FORM, costs.submit_correction)


def _keeping(door: Door) -> None:
    """What is kept with a visit: entries and files; and the visit for people's calendars."""
    door.shortcut(ids.MESSAGE_SHORTCUT, entries.open_from_menu)
    door.button(ids.ADD_TO_VISIT, entries.open_from_answer)
    door.button(ids.NOTE_ENTRY, entries.open_for_visit)
    door.form(ids.ENTRY_FORM, entries.submit)
    door.button(ids.ENTRY_DONE, entries.finish)
    door.button(ids.ENTRY_ANSWER, entries.open_answer)
    door.form(ids.ENTRY_ANSWER_FORM, entries.submit_answer)
    door.button(ids.ENTRY_HAND_OVER, entries.open_hand_over)
    door.form(ids.ENTRY_HAND_OVER_FORM, entries.submit_hand_over)
    door.button(ids.ENTRY_REOPEN, entries.reopen)
    door.form(ids.FILES_FORM, files.submit)
    door.button(ids.SEND_FILE, files.send)
    door.button(ids.ADD_TO_CALENDAR, files.send_calendar)
    _lists(door)


def _lists(door: Door) -> None:
    """Lists of visits, and what is done with several of them at once."""
    door.button(ids.CANCEL_SEVERAL, bulk.open_cancel)
    door.form(ids.CANCEL_SEVERAL_FORM, bulk.submit)
    for action_id in (ids.LIST_NEXT, ids.LIST_BACK, ids.LIST_SHELF):
        door.button(action_id, finding.turn)
    door.button(ids.FIND_VISIT, finding.open_found)
    door.options(ids.FIND_VISIT, finding.suggest)


def _procedure(door: Door) -> None:
    door.button(ids.WHY, why.show)
    door.button(ids.TICK_STEP, trial.tick)
    door.button(ids.START_TRIAL, trial.start)
    door.button(ids.DELETE_TRIAL, trial.delete)
    door.button(ids.ASSIGN_PEOPLE, setup.open_setup)
    door.form(ids.SETUP_FORM, setup.submit)


def _people(door: Door) -> None:
    door.button(ids.RATE, rating.rate)
    door.button(ids.AWAY, absence.open_away)
    door.form(ids.AWAY_FORM, absence.submit_away)
    door.button(ids.BACK, absence.back)
    door.button(ids.HAND_ALL, absence.open_hand_all)
    door.form(ids.HAND_ALL_FORM, absence.submit_hand_all)
    door.button(ids.FILL_ROLES, visit_roles.open_fill)
    door.form(ids.FILL_ROLES_FORM, visit_roles.submit)
    door.button(ids.SET_OWNER, owners.open_owner)
    door.form(ids.OWNER_FORM, owners.submit)
    _customers(door)


def _customers(door: Door) -> None:
    """The files of customers, and what is known of their people."""
    door.button(ids.OPEN_CUSTOMER, file.open_file)
    for action_id in ids.OPEN_FILE_SECTIONS.values():
        door.button(action_id, file.open_section)
    door.form(ids.CUSTOMER_FORM, file.submit_section)
    door.button(ids.STRIKE_CONTACT, file.strike_contact)
    door.button(ids.TAKE_OVER_KNOWN, known.take_over)
    door.button(ids.STRIKE_KNOWN, known.strike)
    door.button(ids.MERGE_CUSTOMER, merging.open_form)
    door.options(ids.MERGE_SEARCH, merging.suggest)
    door.form(ids.MERGE_FORM, merging.submit_form)
    door.form(ids.MERGE_CONFIRM_FORM, merging.submit_confirmed)


def _events(door: Door) -> None:
    door.event("app_home_opened", home.opened)
    door.event("user_change", members.changed)
    door.event("team_join", members.changed)
    door.event("message", listeners.written)
    door.event("app_mention", listeners.mentioned)
    door.event("file_shared", arrivals.shared)


async def _afterwards(call: Call) -> None:
    """What follows somebody's act, when they have been answered."""
    await changes.refresh_details(call)
    await refreshing.refresh_behind(call)
    await home.refresh(call)
