"""Who follows a link and has to sign in first comes to where the link leads, not to the first page.

The provider sends everybody back to the one address that it knows, and Streamlit on to the first page.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from pages.shell.address.below_base import base, below_base
from pages.shell.people.asking import claims_of, is_signed_in
from pages.shell.routes import PATHS, TEAM_PATHS

COOKIE = "_tessera_back"
MINUTES = 15
LONGEST = 1000
CALLBACK = "oauth2callback"


class WayBack:
    """ASGI middleware that keeps in the browser which page was asked for, until its visitor has signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages = {Path(path).stem for path in (*PATHS, *TEAM_PATHS)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the way kept or taken."""
        below = (below_base(scope["path"]) or "").strip("/") if scope["type"] == "http" else ""
        cookies = HTTPConnection(scope).cookies if below else {}

        async def send_back(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if below in self._pages and not is_signed_in(claims_of(cookies)):
                    asked = quote(f"{below}?{scope['query_string'].decode('latin-1')}"[:LONGEST], safe="")
                    headers.append("set-cookie", _cookie(asked, MINUTES * 60))
                elif below == CALLBACK and USER_COOKIE_NAME in str(headers.getlist("set-cookie")):
                    self._take(headers, unquote(cookies.get(COOKIE, "")))
            await send(message)

        await self._app(scope, receive, send_back)

    def _take(self, headers: MutableHeaders, way: str) -> None:
        page, _, query = way.partition("?")
        if page in self._pages:  # nothing else that a cookie may say leads anywhere
            headers["location"] = f"{base()}{page}" + (f"?{quote(query, safe='=&%')}" if query else "")
        headers.append("set-cookie", _cookie("", 0))


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={value}; Path={base()}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
