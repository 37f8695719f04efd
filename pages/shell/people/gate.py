"""What keeps the server's own addresses, and sessions that go on, to those whose sign-in is good."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from pages.shell.address.below_base import base, below_base
from pages.shell.people.asking import asking, audit, claims_of, is_signed_in, registry
from pages.shell.people.settings import door
from segmentation.errors import NotSignedInError
from segmentation.people.claims import Claims, login_of, visitor_of
from segmentation.people.deed import Action, actor_of

FILES = "media/"
UPLOADS = "_stcore/upload_file/"
CLOSED = (UPLOADS, "_stcore/metrics", "_stcore/script-health-check", "_stcore/agent")
"""What is not for those who are not signed in; files of pages find out themselves whose they are."""

SIGNING_IN = ("auth", "oauth2callback")
"""First parts of Streamlit's own addresses for signing in and out."""

SIGN_OUT = "auth/logout"
OVER = 1008
"""The code with which a session ends whose sign-in does: a policy forbids to go on (RFC 6455, 7.4.1)."""

AUTH_COOKIE = re.compile(rf"\s*(?:{USER_COOKIE_NAME}|{TOKENS_COOKIE_NAME})(?:_\d+)?=")


class Gate:
    """ASGI middleware for a server on which people sign in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what its sender may ask for."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        claimed = claims_of(HTTPConnection(scope).cookies)
        signed_in = await run_in_threadpool(is_signed_in, claimed)
        asking.set(claimed if signed_in else {})
        if scope["type"] == "websocket":
            await self._session(claimed if signed_in else {}, scope, receive, send)
        else:
            await self._request(claimed, signed_in, scope, receive, send)

    async def _request(
        self, claimed: Claims, signed_in: bool, scope: Scope, receive: Receive, send: Send
    ) -> None:
        below = below_base(scope["path"]) or ""
        if below.startswith(CLOSED) and not (signed_in and _may_upload(below, claimed)):
            await PlainTextResponse("Please sign in.", status_code=401)(scope, receive, send)
            return
        if below.strip("/") == SIGN_OUT and signed_in:
            await run_in_threadpool(_sign_out, claimed)
        await self._app(scope, receive, _never_kept(send) if below.startswith(FILES) else send)

    async def _session(self, claimed: Claims, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a session go on for as long as the sign-in is good that it began with.

        A sign-in that is over already begins nothing: the session is one of somebody who has to sign in.
        """
        if not claimed:
            scope = {**scope, "headers": _without_sign_in(scope["headers"])}

        async def receive_while_good() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or not claimed:
                return message
            if await run_in_threadpool(is_signed_in, claimed):
                return message
            await send({"type": "websocket.send", "bytes": _to_the_first_page()})
            await send({"type": "websocket.close", "code": OVER})
            return {"type": "websocket.disconnect", "code": OVER}

        await self._app(scope, receive_while_good, send)


def _never_kept(send: Send) -> Send:
    """Let no browser and no proxy keep a file that was made for one person."""

    async def send_never_kept(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Cache-Control"] = "private, no-store"
        await send(message)

    return send_never_kept


def _sign_out(claimed: Claims) -> None:
    """End the sign-in for good, wherever its cookie may still be."""
    registry().end(login_of(claimed))
    with suppress(NotSignedInError):
        someone = visitor_of(claimed, time.time(), door())
        if known := registry().person_id(someone):
            audit().record(actor_of(known, someone), "", Action.SIGN_OUT)


def _to_the_first_page() -> bytes:
    """Tell the browser to leave the page: what it shows is no longer for who sits there."""
    message = ForwardMsg()
    message.auth_redirect.url = base()
    return message.SerializeToString()


def _may_upload(below: str, claimed: Claims) -> bool:
    """Whether a session into which a file is put is the sender's own."""
    if not below.startswith(UPLOADS):
        return True
    session = get_instance()._session_mgr.get_session_info(below.removeprefix(UPLOADS).partition("/")[0])
    whose = session.session._user_info if session else {}
    return bool(whose) and all(whose.get(name) == claimed.get(name) for name in ("iss", "sub"))


def _without_sign_in(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    kept = []
    for name, value in headers:
        if name.lower() == b"cookie":
            cookies = [one for one in value.decode("latin-1").split(";") if not AUTH_COOKIE.match(one)]
            value = ";".join(cookies).encode("latin-1")
        kept.append((name, value))
    return kept
