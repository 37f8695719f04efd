"""The first page has no address of its own in Streamlit: its name leads to where it is."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.shell.routes import DATA

ADDRESS = f"/{Path(DATA).stem}"


class FirstPage:
    """ASGI middleware that leads the first page's name to the root, which would else say "Page not found"."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the browser on, or pass the request on."""
        asked = scope["type"] == "http" and scope["path"] == ADDRESS
        await (RedirectResponse("./") if asked else self._app)(scope, receive, send)
