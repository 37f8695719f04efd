"""What keeps the app and its pages from loading or sending anything outside this machine."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import streamlit as st
import streamlit.net_util
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def ask_nobody_outside() -> None:
    """Keep Streamlit from looking up this machine's addresses, of which one is asked of a server outside.

    It does so when any web page that is open on this machine knocks; such a page is then refused as it is.
    """
    streamlit.net_util.get_external_ip = streamlit.net_util.get_internal_ip = _unknown


def _unknown() -> str | None:
    return None


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_security_policy(),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def content_security_policy() -> str:
    """Allow what Streamlit's own front end needs and nothing else."""
    scripts = " ".join(["'self'", *_hashes_of_inline_scripts()])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    )


def _hashes_of_inline_scripts() -> Iterator[str]:
    # Read from the installed front end, so that an upgrade needs no new constant here.
    page = Path(st.__file__).parent / "static" / "index.html"
    for script in INLINE_SCRIPT.findall(page.read_text(encoding="utf-8")):
        yield f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
