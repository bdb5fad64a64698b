"""The Web API: `/api/<method>` over all wire forms, with tokens, scopes, faults and limits."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from sandbox.args import Args
from sandbox.faults import Fault, Faults
from sandbox.methods import METHODS, Method
from sandbox.model import Json, SlackError
from sandbox.rate_limit import RateLimit
from sandbox.socket_mode import SocketHub
from sandbox.validation import data_refusal
from sandbox.workspace import Workspace

_CONTENT_ERRORS = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_attachments",
        "too_many_attachments",
        "invalid_arguments",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "view_too_large",
    }
)


@dataclass(frozen=True, slots=True)
class Call:
    """One Web API call: `status` is "ok", Slack's error code, or the fault that struck."""

    method: str
    args: Json
    at: datetime
    status: str


class WebApi:
    """Answers the app's calls."""

    def __init__(
        self,
        workspace: Workspace,
        hub: SocketHub,
        faults: Faults,
        *,
        bot_token: str,
        app_token: str,
    ) -> None:
        self._workspace = workspace
        self._hub = hub
        self._faults = faults
        self._bot_token = bot_token
        self._app_token = app_token
        self.socket_url = ""
        self.calls: list[Call] = []
        self.rate_limit: RateLimit | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        name = request.match_info["method"]
        try:
            args = await read_args(request)
        except SlackError as refused:
            return self._answer(name, Args({}), refused.answer(), refused.code)
        struck = self._faults.striking(name)
        for fault in struck:
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
            elif fault.kind in ("429", "500"):
                return self._failed(name, args, fault)
            elif fault.kind == "error" and not fault.is_done:
                return self._answer(name, args, {"ok": False, "error": fault.error}, fault.error)
        try:
            refusal = data_refusal(args) if self._faults.active else None
            if refusal is not None and self._faults.refuses_data(name):
                return self._answer(name, args, refusal.answer(), refusal.code)
            wait = self._limited(name, args)
            if wait is not None:
                return self._too_many(name, args, wait)
            body = {"ok": True, **self._call(name, args, request.headers.get("Authorization"))}
            status = "ok"
        except SlackError as refused:
            body, status = refused.answer(), refused.code
            if refused.code in _CONTENT_ERRORS and name != "blocks.validate":
                self._workspace.reject(name, refused, args.values)
        if any(fault.kind == "drop_answer" for fault in struck):
            self._record(name, args, "drop_answer")
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        for fault in struck:
            if fault.kind == "error":
                body, status = {"ok": False, "error": fault.error}, fault.error
        return self._answer(name, args, body, status)

    def _call(self, name: str, args: Args, authorization: str | None) -> Json:
        method = METHODS.get(name)
        if method is None and name != "apps.connections.open":
            raise SlackError("unknown_method", req_method=name)
        token = _token(args, authorization)
        if method is None:
            if token == self._bot_token:
                raise SlackError("not_allowed_token_type")
            if token != self._app_token:
                raise SlackError("invalid_auth")
            return {"url": f"{self.socket_url}?ticket={self._hub.ticket()}"}
        self._authorize(name, method, token, args)
        return method.call(self._workspace, args)

    def _authorize(self, name: str, method: Method, token: str, args: Args) -> None:
        if token == self._app_token:
            raise SlackError("not_allowed_token_type")
        if token != self._bot_token:
            raise SlackError("invalid_auth")
        for scopes in method.needed(name, self._workspace, args):
            if not self._workspace.app.may(scopes):
                provided = ",".join(sorted(self._workspace.app.scopes))
                raise SlackError("missing_scope", needed=",".join(scopes), provided=provided)

    def _limited(self, name: str, args: Args) -> int | None:
        method = METHODS.get(name)
        if self.rate_limit is None or method is None:
            return None
        return self.rate_limit.wait(name, method.tier, args.text("channel"))

    def _failed(self, name: str, args: Args, fault: Fault) -> web.Response:
        if fault.kind == "429":
            return self._too_many(name, args, fault.retry_after)
        self._record(name, args, "500")
        return web.Response(status=500, text="Internal Server Error")

    def _too_many(self, name: str, args: Args, wait: int) -> web.Response:
        answer = self._answer(name, args, {"ok": False, "error": "ratelimited"}, "ratelimited")
        answer.set_status(429)
        answer.headers["Retry-After"] = str(wait)
        return answer

    def _answer(self, name: str, args: Args, body: Json, status: str) -> web.Response:
        self._record(name, args, status)
        text = json.dumps(body, ensure_ascii=False)
        return web.Response(text=text, content_type="application/json", headers=self._headers(name))

    def _headers(self, name: str) -> dict[str, str]:
        """The scopes of the token and of the method, as Slack's answers name them."""
        if not self._workspace.app.installed or name not in METHODS:
            return {}
        return {
            "X-OAuth-Scopes": ",".join(sorted(self._workspace.app.scopes)),
            "X-Accepted-OAuth-Scopes": ",".join(METHODS[name].scopes),
        }

    def _record(self, name: str, args: Args, status: str) -> None:
        self.calls.append(Call(name, args.values, self._workspace.clock.now(), status))


async def read_args(request: web.Request) -> Args:
    """The arguments from the query string and the body.

    Raises SlackError: json_not_object, invalid_json, invalid_form_data.
    """
    values: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return Args(values)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        return Args(values | body)
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        try:
            form = await request.post()
        except ValueError:
            raise SlackError("invalid_form_data") from None
        return Args(values | dict(form))
    return Args(values)


def _token(args: Args, authorization: str | None) -> str:
    given = args.values.pop("token", None)
    if authorization is not None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() == "bearer" and token:
            return token.strip()
        raise SlackError("invalid_auth")
    if not given:
        raise SlackError("not_authed")
    return str(given)
