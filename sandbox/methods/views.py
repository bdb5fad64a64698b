"""views.*: modals and App Home."""

from sandbox.args import Args
from sandbox.model import Json, SlackError, View
from sandbox.validation import check_view
from sandbox.workspace import Workspace


def open_(workspace: Workspace, args: Args) -> Json:
    """views.open."""
    body = _modal(args)
    trigger = workspace.permits.exchange(args.required("trigger_id"))
    return _answer(workspace, workspace.modals.open(trigger.user, body))


def push(workspace: Workspace, args: Args) -> Json:
    """views.push: with a trigger id of an interaction within a modal."""
    body = _modal(args)
    trigger = workspace.permits.exchange(args.required("trigger_id"))
    if trigger.view_id is None:
        raise SlackError("not_found")
    return _answer(workspace, workspace.modals.push(trigger.user, body))


def update(workspace: Workspace, args: Args) -> Json:
    """views.update."""
    body = _view(args)
    if args.has("view_id") and args.has("external_id"):
        raise _invalid("Cannot provide both `view_id` and `external_id`")
    if not args.has("view_id") and not args.has("external_id"):
        raise _invalid("Either `view_id` or `external_id` must be provided")
    view = workspace.modals.find(args.text("view_id"), args.text("external_id"))
    if body["type"] != view.body["type"]:
        raise _invalid("view type cannot change [json-pointer:/view/type]")
    _check_hash(view, args)
    return _answer(workspace, workspace.modals.update(view, body))


def publish(workspace: Workspace, args: Args) -> Json:
    """views.publish."""
    user = workspace.users.get(args.required("user_id"))
    if user is None or user.is_bot:
        raise SlackError("invalid_arguments", "invalid `user_id`")
    body = _view(args)
    if body["type"] != "home":
        raise _invalid("must be a home view [json-pointer:/view/type]")
    if not workspace.app.home_tab:
        raise SlackError("not_enabled")
    current = workspace.modals.home(user.id)
    if current is not None:
        _check_hash(current, args)
    return _answer(workspace, workspace.modals.publish(user.id, body))


def _view(args: Args) -> Json:
    if not args.has("view"):
        raise _invalid("missing required field: view [json-pointer:]")
    return check_view(args.json("view", "invalid_arguments"))


def _invalid(message: str) -> SlackError:
    return SlackError("invalid_arguments", f"[ERROR] {message}")


def _modal(args: Args) -> Json:
    body = _view(args)
    if body["type"] != "modal":
        raise _invalid("must be a modal view [json-pointer:/view/type]")
    return body


def _check_hash(view: View, args: Args) -> None:
    given = args.text("hash")
    if given and given != view.hash:
        raise SlackError("hash_conflict")


def _answer(workspace: Workspace, view: View) -> Json:
    return {"view": workspace.modals.to_slack(view)}
