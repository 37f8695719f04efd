"""A page of our own for addresses that lead nowhere, where Streamlit would open a box over the first page."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

import streamlit as st
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app import _RESERVED_ROUTE_PREFIXES

from pages.shell.address.below_base import base, below_base
from pages.shell.routes import PATHS, SECTIONS

HERE = Path(__file__).parent
FRONT_END = Path(st.__file__).parent / "static"


class NotFound:
    """ASGI middleware that passes on what is a page or Streamlit's own, and answers the rest itself.

    :param also: first parts of further addresses that are passed on.
    """

    def __init__(self, app: ASGIApp, also: tuple[str, ...] = ()) -> None:
        self._app = app
        self._pages = {"", *(Path(path).stem for path in PATHS)}
        self._own = streamlits_own() | {*also}
        self._answer = HTMLResponse(not_found_page(), status_code=404)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that there is nothing."""
        known = scope["type"] != "http" or self._knows(below_base(scope["path"]))
        await (self._app if known else self._answer)(scope, receive, send)

    def _knows(self, below: str | None) -> bool:
        return below is not None and (below.strip("/") in self._pages or below.partition("/")[0] in self._own)


def streamlits_own() -> set[str]:
    """Name what Streamlit serves, as installed, so that an upgrade needs no new list here."""
    files = {path.name for path in FRONT_END.iterdir()} - {"index.html"}
    return files | {prefix.strip("/") for prefix in _RESERVED_ROUTE_PREFIXES}


def not_found_page() -> str:
    """Write the page: plain HTML that asks for no other file."""
    logo = base64.b64encode((HERE.parent / "tessera.svg").read_bytes()).decode()
    return (
        (HERE / "not_found.html")
        .read_text(encoding="utf-8")
        .replace("{logo}", f"data:image/svg+xml;base64,{logo}")
        .replace("{home}", base())
        .replace("{sections}", "".join(map(_section, SECTIONS)))
    )


def _section(name: str) -> str:
    links = "".join(
        f'<li><a href="{base()}{Path(route.path).stem}">{escape(route.title)}</a></li>'
        for route in SECTIONS[name]
    )
    heading = escape(name or "Start here")
    return f'<section aria-label="{heading}"><h2>{heading}</h2><ul>{links}</ul></section>'
