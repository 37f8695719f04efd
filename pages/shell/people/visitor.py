"""Who is looking, and into which workspace; None where nobody signs in and one person has it all.

How what holds the workspaces uses it::

    place = seat()
    opened = open_of(place.path) if place else open_of(None)  # one file once, for as many people as there are
    return seen_by(opened, place.role) if place else opened  # of segmentation.people: same file, fewer rights

`seat()` is asked at each call, so that a role that was taken away, or a sign-in that is over, counts at once;
it reads session state and a few rows of SQLite. A job runs without a session: it takes along the workspace
of who started it (`require(Right.EDIT)` comes first), and never asks here.
"""

from __future__ import annotations

import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shell.people.settings import signs_in
from segmentation.errors import NotAllowedError, NotSignedInError
from segmentation.people import Registry, Right, Seat, Visitor
from segmentation.people.claims import visitor_of

WORKSPACE = "workspace"
"""The parameter of an address that names the workspace."""


@st.cache_resource(max_entries=1, show_spinner=False, on_release=Registry.close)
def registry() -> Registry:
    """Give the people and workspaces of this server."""
    return Registry()


def visitor() -> Visitor | None:
    """Tell who is signed in; None where sign-in is off.

    :raises NotSignedInError: where somebody has to sign in, or their sign-in is over; and outside a session.
    """
    if not signs_in():
        return None
    if get_script_run_ctx(suppress_warning=True) is None:
        raise NotSignedInError("nobody is signed in here.", "Sign in to go on.")
    return visitor_of(st.user.to_dict(), time.time())


def seat() -> Seat | None:
    """Return the place in the workspace that this session looks at; None where sign-in is off.

    The address names the workspace; without a name it is the person's own.

    :raises NotSignedInError: as `visitor`.
    :raises NotAllowedError: if the person has no place in the workspace that the address names.
    """
    someone = visitor()
    if someone is None:
        return None
    seats = registry().seats(someone) or [registry().private_seat(someone)]
    asked = st.query_params.get(WORKSPACE) or st.session_state.get(WORKSPACE) or seats[0].workspace_id
    for one in seats:
        if one.workspace_id == asked:
            st.session_state[WORKSPACE] = asked
            return one
    raise NotAllowedError(
        "this workspace is not shared with you.", "Ask one of its owners, or open your own."
    )


def require(right: Right) -> None:
    """Go on only where the person has this right in the workspace that is looked at.

    :raises NotAllowedError: without it.
    """
    place = seat()
    if place:
        place.require(right)
