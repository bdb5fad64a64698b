"""The forms and other modals, one file each subject."""

from templates.views.cars import assign_form, decline_trip_form, driver_options
from templates.views.changes import cancel_form, reschedule_form
from templates.views.decision import decision_form
from templates.views.details import details_view
from templates.views.etiquette import etiquette_view
from templates.views.feedback import feedback_form
from templates.views.invitations import cannot_attend_form, invite_form
from templates.views.modal import as_sent, laid_on_top
from templates.views.notice import message_view, notice_view, with_notice
from templates.views.setup import setup_form
from templates.views.spending import cost_form, exception_form
from templates.views.tasks import hand_over_form, problem_form
from templates.views.visit_form import customer_options, visit_form, with_outlook
from templates.views.why import why_view

__all__ = [
    "as_sent",
    "assign_form",
    "cancel_form",
    "cannot_attend_form",
    "cost_form",
    "customer_options",
    "decision_form",
    "decline_trip_form",
    "details_view",
    "driver_options",
    "etiquette_view",
    "exception_form",
    "feedback_form",
    "hand_over_form",
    "invite_form",
    "laid_on_top",
    "message_view",
    "notice_view",
    "problem_form",
    "reschedule_form",
    "setup_form",
    "visit_form",
    "why_view",
    "with_notice",
    "with_outlook",
]
