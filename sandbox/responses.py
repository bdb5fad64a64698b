"""What the app may answer: to commands, submissions, option queries and response URLs."""

from typing import Any

from sandbox.args import Args
from sandbox.model import Channel, Json, Message, SlackError, User, View
from sandbox.triggers import ResponseUrl
from sandbox.validation import check_options, check_view, message_content
from sandbox.workspace import Draft, Workspace


class Responses:
    """Carries out the answers; each method raises SlackError for one that Slack refuses."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def to_command(self, user: User, channel: Channel, line: str, response: Any) -> Message | None:
        """Show the answer to a slash command: to one person, or in the channel."""
        if not response:
            return None
        if not isinstance(response, dict):
            raise SlackError("invalid_command_response")
        if not any(response.get(part) for part in ("text", "blocks", "attachments")):
            return None
        draft = message_content(Args(response))
        in_channel = response.get("response_type") == "in_channel"
        if in_channel:
            self._workspace.post(channel, user.id, Draft(text=line))
        return self._workspace.post(
            channel,
            self._workspace.app.bot_user,
            draft,
            ephemeral_to=None if in_channel else user.id,
        )

    def to_submission(self, view: View, response: Any) -> None:
        """Act on the answer to view_submission: close, show errors, update, push or clear."""
        modals = self._workspace.modals
        if not response:
            modals.close(view)
            return
        action = response.get("response_action") if isinstance(response, dict) else None
        if action == "clear":
            modals.clear(view.user)
        elif action == "errors":
            view.errors = _field_errors(view, response.get("errors"))
            modals.touched(view)
        elif action in ("update", "push"):
            body = check_view(response.get("view"))
            if body["type"] != "modal":
                raise SlackError("invalid_arguments", "[ERROR] view must be of type modal")
            if action == "update":
                modals.update(view, body)
            else:
                modals.push(view.user, body)
        else:
            raise SlackError("invalid_arguments", "[ERROR] unknown response_action")

    def options(self, response: Any) -> Json:
        """The answer to block_suggestion: `options` or `option_groups`."""
        check_options(response)
        checked: Json = response
        return checked

    def to_response_url(self, url: ResponseUrl, body: Any) -> None:
        """Post, replace or delete by a response URL."""
        if not isinstance(body, dict):
            raise SlackError("invalid_payload")
        channel = self._workspace.channels[url.channel]
        original = self._workspace.message(url.channel, url.message_ts or "")
        if body.get("delete_original"):
            if original is None:
                raise SlackError("message_not_found")
            self._workspace.delete(original)
            return
        draft = message_content(Args(body))
        if body.get("replace_original") and original is not None:
            kept = frozenset() if "text" in body else frozenset({"text"})
            self._workspace.edit(original, draft, keep=kept)
            return
        draft.thread_ts = body.get("thread_ts") or None
        in_channel = body.get("response_type") == "in_channel"
        self._workspace.post(
            channel,
            self._workspace.app.bot_user,
            draft,
            ephemeral_to=None if in_channel else url.user,
        )


def _field_errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_arguments", "[ERROR] errors must name input blocks")
    for block_id, words in errors.items():
        if block_id not in inputs:
            raise SlackError("invalid_arguments", f"[ERROR] no input block {block_id!r}")
        if not isinstance(words, str) or not words:
            raise SlackError("invalid_arguments", f"[ERROR] no words for block {block_id!r}")
    return dict(errors)
