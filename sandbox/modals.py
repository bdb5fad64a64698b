"""Open modals (a stack of at most three for each person) and App Home tabs."""

import time
from collections.abc import Callable

from sandbox.blocks import complete
from sandbox.changes import Changes, HomeChanged, ViewsChanged
from sandbox.form import state_of
from sandbox.ids import Ids
from sandbox.model import Json, SlackError, View

STACK_LIMIT = 3
_KEPT = 2_000


class Modals:
    """Keeps every view that somebody can see, and every view object that Slack gave out."""

    def __init__(self, ids: Ids, changes: Changes, describe: Callable[[], Json]) -> None:
        self._ids = ids
        self._changes = changes
        self._describe = describe
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._views: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        """The person's open modals, the topmost last."""
        return list(self._stacks.get(user, ()))

    def home(self, user: str) -> View | None:
        """What was last published on the person's App Home."""
        return self._homes.get(user)

    def known(self, view_id: str) -> View | None:
        """A view by its id, open or closed."""
        return self._views.get(view_id)

    def to_slack(self, view: View) -> Json:
        """The view object, as in answers and payloads."""
        return {
            "id": view.id,
            **self._describe(),
            **view.body,
            "state": {"values": view.state},
            "hash": view.hash,
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
        }

    def open(self, user: str, body: Json) -> View:
        """Show a modal as the root of a new stack."""
        self._check_external_id(body)
        for old in self._stacks.get(user, ()):
            old.open = False
        view = self._make(user, body, None)
        self._stacks[user] = [view]
        self._changes.emit(ViewsChanged(user))
        return view

    def push(self, user: str, body: Json) -> View:
        """Put a modal on the person's stack.

        Raises SlackError: not_found without a modal beneath, push_limit_reached.
        """
        stack = self._stacks.get(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        self._check_external_id(body)
        view = self._make(user, body, stack[-1])
        stack.append(view)
        self._changes.emit(ViewsChanged(user))
        return view

    def update(self, view: View, body: Json) -> View:
        """Change an open view, keeping what was entered as Slack does."""
        external = body.get("external_id")
        if external and external != view.body.get("external_id"):
            self._check_external_id(body)
        before, entered = view.blocks, view.state
        view.body = self._filled(body)
        view.hash = self._new_hash()
        view.state = state_of(view.blocks, before, entered)
        view.errors = {}
        if view.body["type"] == "home":
            self._changes.emit(HomeChanged(view.user))
        else:
            self._changes.emit(ViewsChanged(view.user))
        return view

    def publish(self, user: str, body: Json) -> View:
        """Show a person's App Home tab."""
        current = self._homes.get(user)
        if current is not None:
            return self.update(current, body)
        view = self._make(user, body, None)
        self._homes[user] = view
        self._changes.emit(HomeChanged(user))
        return view

    def find(self, view_id: str | None, external_id: str | None) -> View:
        """The open view with one of these ids. Raises SlackError not_found."""
        if external_id is not None:
            for view in self._views.values():
                if view.open and view.body.get("external_id") == external_id:
                    return view
        elif view_id is not None:
            view_or_none = self._views.get(view_id)
            if view_or_none is not None and view_or_none.open:
                return view_or_none
        raise SlackError("not_found")

    def close(self, view: View) -> None:
        """Take one modal off the stack, with whatever lies on it."""
        stack = self._stacks.get(view.user, [])
        if view in stack:
            at = stack.index(view)
            for gone in stack[at:]:
                gone.open = False
            del stack[at:]
            self._changes.emit(ViewsChanged(view.user))

    def clear(self, user: str) -> list[View]:
        """Close all modals of a person. Returns them, the topmost first."""
        stack = self._stacks.pop(user, [])
        for view in stack:
            view.open = False
        self._changes.emit(ViewsChanged(user))
        return stack[::-1]

    def touched(self, view: View) -> None:
        """Tell watchers that the person's input, errors or waiting mark changed."""
        if view.body["type"] == "home":
            self._changes.emit(HomeChanged(view.user))
        else:
            self._changes.emit(ViewsChanged(view.user))

    def _make(self, user: str, body: Json, below: View | None) -> View:
        if len(self._views) > _KEPT:
            self._views = {key: view for key, view in self._views.items() if view.open}
        view_id = self._ids.new("V")
        filled = self._filled(body)
        view = View(
            id=view_id,
            user=user,
            body=filled,
            hash=self._new_hash(),
            root_id=below.root_id if below else view_id,
            previous_id=below.id if below else None,
            state=state_of(filled["blocks"], [], {}),
        )
        self._views[view_id] = view
        return view

    def _filled(self, body: Json) -> Json:
        filled: Json = {
            "type": body["type"],
            "blocks": complete(body["blocks"], self._ids),
            "private_metadata": body.get("private_metadata") or "",
            "callback_id": body.get("callback_id") or "",
            "external_id": body.get("external_id") or "",
        }
        if body["type"] == "modal":
            for part in ("title", "submit", "close"):
                text = body.get(part)
                filled[part] = {"emoji": True, **text} if text else None
            filled["clear_on_close"] = bool(body.get("clear_on_close", False))
            filled["notify_on_close"] = bool(body.get("notify_on_close", False))
            filled["submit_disabled"] = bool(body.get("submit_disabled", False))
        return filled

    def _new_hash(self) -> str:
        return f"{int(time.time())}.{self._ids.secret(8)}"

    def _check_external_id(self, body: Json) -> None:
        external = body.get("external_id")
        if external and any(
            view.open and view.body.get("external_id") == external for view in self._views.values()
        ):
            raise SlackError("duplicate_external_id")
