"""views.*: modals and App Home."""

from sandbox.args import Args
from sandbox.methods import access
from sandbox.model import Json, SlackError, View
from sandbox.validation import view_content
from sandbox.workspace import Workspace


def open_(workspace: Workspace, args: Args) -> Json:
    """views.open."""
    body = _modal(args)
    trigger = workspace.permits.exchange(args.required("trigger_id"))
    return _answer(workspace, workspace.modals.open(trigger.user, body))


def push(workspace: Workspace, args: Args) -> Json:
    """views.push."""
    body = _modal(args)
    trigger = workspace.permits.exchange(args.required("trigger_id"))
    return _answer(workspace, workspace.modals.push(trigger.user, body))


def update(workspace: Workspace, args: Args) -> Json:
    """views.update."""
    body = view_content(args)
    if not args.has("view_id") and not args.has("external_id"):
        raise SlackError(
            "invalid_arguments", "[ERROR] either view_id or external_id must be provided"
        )
    view = workspace.modals.find(args.text("view_id"), args.text("external_id"))
    if body["type"] != view.body["type"]:
        raise SlackError("invalid_arguments", "[ERROR] view type cannot change")
    _check_hash(view, args)
    return _answer(workspace, workspace.modals.update(view, body))


def publish(workspace: Workspace, args: Args) -> Json:
    """views.publish."""
    user = access.user(workspace, args.required("user_id"))
    body = view_content(args)
    if body["type"] != "home":
        raise SlackError("invalid_arguments", "[ERROR] view must be of type home")
    if not workspace.app.home_tab:
        raise SlackError("not_enabled")
    current = workspace.modals.home(user.id)
    if current is not None:
        _check_hash(current, args)
    return _answer(workspace, workspace.modals.publish(user.id, body))


def _modal(args: Args) -> Json:
    body = view_content(args)
    if body["type"] != "modal":
        raise SlackError("invalid_arguments", "[ERROR] view must be of type modal")
    return body


def _check_hash(view: View, args: Args) -> None:
    given = args.text("hash")
    if given and given != view.hash:
        raise SlackError("hash_conflict")


def _answer(workspace: Workspace, view: View) -> Json:
    return {"view": workspace.modals.to_slack(view)}
