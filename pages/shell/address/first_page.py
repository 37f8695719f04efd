"""The first page: Overview once there are segments, Data before.

It has no address of its own in Streamlit: its name leads to where it is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.navigation.page import StreamlitPage

from pages.shell.address.below_base import below_base
from pages.shell.people.settings import signs_in
from pages.shell.routes import DATA, OVERVIEW
from pages.shell.workspace import StateKeys, workspace
from segmentation.errors import SegmentationError
from segmentation.runs import latest_run_id

WELCOMED = "welcomed"
ADDRESSES = {Path(page).stem: page for page in (OVERVIEW, DATA)}


def first_page() -> str:
    """Tell which page greets who comes now; one that cannot open the workspace says itself why.

    Where people sign in it is the same for everybody: an address is asked for before it is known who comes.
    """
    if signs_in():
        return OVERVIEW
    try:
        return OVERVIEW if latest_run_id(workspace()) else DATA
    except SegmentationError:
        return DATA


def first_page_of_visit() -> str:
    """Tell which page greeted this visitor: it stays the first one, or the page on screen would change."""
    return st.session_state.setdefault(StateKeys.FIRST_PAGE, first_page())


def lead_on(page: StreamlitPage) -> None:
    """Lead who comes to the first page of a workspace without segments to where files are added, once."""
    if not signs_in() or WELCOMED in st.session_state:
        return
    st.session_state[WELCOMED] = True
    if not page.url_path and not latest_run_id(workspace()):
        st.switch_page(DATA)


class FirstPage:
    """ASGI middleware that leads the first page's name to the root, which would else say "Page not found"."""

    def __init__(self, app: ASGIApp, first: Callable[[], str] = first_page) -> None:
        self._app, self._first = app, first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the browser on, or pass the request on."""
        page = ADDRESSES.get(below_base(scope["path"]) or "") if scope["type"] == "http" else None
        if page and page == await run_in_threadpool(self._first):
            query = scope["query_string"].decode()
            await RedirectResponse(f"./?{query}" if query else "./")(scope, receive, send)
        else:
            await self._app(scope, receive, send)
