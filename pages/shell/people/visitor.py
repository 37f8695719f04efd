"""Who is looking, and into which workspace; None where nobody signs in and one person has it all.

How what holds the workspaces uses it::

    place = seat()
    opened = open_of(place.path) if place else open_of(None)  # one file once, for as many people as there are
    return seen_by(opened, place.role) if place else opened  # of segmentation.people: same file, fewer rights

`seat()` is asked at each call, so that a role that was taken away, or a sign-in that is over, counts at once;
it reads session state and a few rows of SQLite. A job runs without a session: it takes along the workspace
of who started it (who may start one is asked first), and never asks here. So does what a download button
writes: there `visitor()` works (it is made in the context of the request), and `seat()` does not.
"""

from __future__ import annotations

import streamlit as st

from pages.shell.people.asking import audit, claims, registry, who
from pages.shell.people.settings import door, signs_in
from segmentation.errors import NotAllowedError
from segmentation.people import Seat, Visitor
from segmentation.people.claims import login_of
from segmentation.people.deed import Action, actor_of
from segmentation.people.registry import Arrival

WORKSPACE = "workspace"
"""The parameter of an address that names the workspace, and where a session keeps it."""


def visitor() -> Visitor | None:
    """Tell who is signed in; None where sign-in is off.

    :raises NotSignedInError: where somebody has to sign in, or their sign-in is over; outside of any session.
    :raises NotInvitedError: to strangers, unless strangers are let in.
    """
    if not signs_in():
        return None
    claimed = claims()
    someone = who(claimed)
    if arrival := registry().admit(someone, login_of(claimed), door()):
        _note(someone, arrival)
    return someone


def _note(someone: Visitor, arrival: Arrival) -> None:
    actor = actor_of(arrival.person_id, someone)
    audit().record(actor, "", Action.SIGN_IN)
    for one in arrival.taken_up:
        audit().record(actor, one.workspace_id, Action.JOIN, one.invitation_id, {"role": one.role})


def seat() -> Seat | None:
    """Return the place in the workspace that this session looks at; None where sign-in is off.

    The address names the workspace; without a name it is the one looked at before, or the person's own.

    :raises NotSignedInError: as `visitor`.
    :raises NotAllowedError: if the person has no place in the workspace that the address names.
    """
    someone = visitor()
    if someone is None:
        return None
    seats = registry().seats(someone)
    asked = st.query_params.get(WORKSPACE) or st.session_state.get(WORKSPACE) or seats[0].workspace_id
    for one in seats:
        if one.workspace_id == asked:
            st.session_state[WORKSPACE] = asked
            return one
    raise NotAllowedError(
        "this workspace is not shared with you.", "Ask one of its owners, or open your own."
    )
