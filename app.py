"""Tessera in the browser: `streamlit run app.py`.

The server imports this file for `app`, which carries the security headers; every browser session runs it as a
script.
"""

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from streamlit.runtime.pages_manager import PagesManager

import pages.segments.themes.lately
import pages.shell.following.plays
import pages.start.overview.kept
import pages.track.results.kept  # noqa: F401 - all tell the job what their page shows first
from pages.shell.address.first_page import FirstPage, first_page_of_visit, lead_on
from pages.shell.address.not_found import NotFound
from pages.shell.draft import draft_notice
from pages.shell.guard import explained, is_explained
from pages.shell.heaps import share_the_heaps
from pages.shell.held.wait import wait_for_place
from pages.shell.people.admission import is_admitted, tell_if_nobody_is_invited
from pages.shell.people.files import bind_files_to_people
from pages.shell.people.gate import SIGNING_IN, Gate
from pages.shell.people.settings import decide_on_sign_in, signs_in
from pages.shell.people.way_back import WayBack
from pages.shell.routes import SECTIONS, TEAM, TEAM_PATHS, Route
from pages.shell.security import SecurityHeaders, ask_nobody_outside
from pages.shell.sidebar import sidebar
from pages.shell.turns import page_turn, share_the_processor
from pages.shell.waiting.clock import running_with_clock
from pages.shell.waiting.restart import begin_as_it_opens
from segmentation.errors import SegmentationError

LOGO = Path(__file__).parent / "pages" / "shell" / "tessera.svg"
CONTRAST = LOGO.parent / "browser" / "contrast.css"
SIDEBAR_WIDTH = 240


def to_page(route: Route, first: str) -> st.Page:
    """Make a screen of the navigation."""
    return st.Page(route.path, title=route.title, icon=route.icon, default=route.path == first)


if __name__ == "__main__":
    # An emoji, since the browser would fetch a material icon for the tab from outside.
    st.set_page_config(page_icon="🧩", layout="wide", initial_sidebar_state=SIDEBAR_WIDTH)
    st.logo(LOGO, size="large")
    st.html(CONTRAST)
    admitted = is_admitted()
    first = first_page_of_visit()
    sections = SECTIONS | TEAM if signs_in() else SECTIONS
    page = st.navigation(
        {section: [to_page(route, first) for route in routes] for section, routes in sections.items()},
        expanded=True,
        position="sidebar" if admitted else "hidden",
    )
    st.set_page_config(page_title=f"{page.title if admitted else 'Sign in'} · Tessera")
    if not admitted:
        st.stop()
    with explained():
        wait_for_place()
        begin_as_it_opens()
        sidebar()
        lead_on(page)
        draft_notice()
        with page_turn:
            page.run()
else:
    # Streamlit takes a folder named "pages" for its old way of navigation until the first run has called
    # st.navigation; a link straight to a page would otherwise greet the first visitor with "Page not found".
    PagesManager.uses_pages_directory = False
    try:
        decide_on_sign_in()
    except SegmentationError as why:
        sys.exit(str(why))
    if signs_in():
        bind_files_to_people()
        tell_if_nobody_is_invited()
    ask_nobody_outside()
    share_the_processor()
    share_the_heaps()
    hosts = st.get_option("server.allowedHosts") or ["*"]
    also = (*SIGNING_IN, *(Path(path).stem for path in TEAM_PATHS)) if signs_in() else ()
    app = st.App(
        __file__,
        lifespan=running_with_clock,
        on_script_error=is_explained,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(FirstPage),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
            *([Middleware(Gate), Middleware(WayBack)] if signs_in() else []),
            Middleware(NotFound, also=also),
        ],
    )
