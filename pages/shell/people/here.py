"""Who is signed in, into which workspace, and with whom it is shared; nothing where nobody signs in."""

from __future__ import annotations

import streamlit as st

from pages.shell.held.here import go_to
from pages.shell.people.admission import sign_out_button
from pages.shell.people.asking import registry
from pages.shell.people.visitor import seat, visitor
from pages.shell.words import count, plain
from segmentation.people import Seat

MOST_NAMED = 5
YOURS_ALONE = "Only you can open this workspace"


def who_is_here() -> str:
    """Show who is signed in, and let another workspace be chosen; tell with whom this one is shared.

    :returns: "" where nobody signs in.
    """
    someone, place = visitor(), seat()
    if someone is None or place is None:
        return ""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(plain(someone.called))
        sign_out_button()
    seats = {one.workspace_id: one for one in registry().seats(someone)}
    if len(seats) > 1:
        st.selectbox(
            "Workspace",
            list(seats),
            list(seats).index(place.workspace_id),
            format_func=lambda key: seats[key].name,
            key=f"_workspace_{place.workspace_id}",
            on_change=lambda: go_to(st.session_state[f"_workspace_{place.workspace_id}"]),
        )
    return shared_with(place)


def shared_with(place: Seat) -> str:
    """Say who else may use a workspace."""
    others = len(registry().members(place.workspace_id)) - 1
    invited = len(registry().invitations(place.workspace_id))
    told = f"Shared with {count(others, 'other person', 'other people')}" if others else YOURS_ALONE
    return f"{told}, {invited} invited" if invited else told


def sharing_line() -> None:
    """Say by name with whom this workspace is shared."""
    someone, place = visitor(), seat()
    if someone is None or place is None:
        return
    me = registry().person_id(someone)
    others = [one for one in registry().members(place.workspace_id) if one.person_id != me]
    named = [f"{plain(one.called)} ({one.role})" for one in others[:MOST_NAMED]]
    more = [f"{len(others) - MOST_NAMED} more"] if len(others) > MOST_NAMED else []
    told = ", ".join([*named, *more])
    st.caption(f":material/group: Shared with {told}." if told else f":material/lock: {YOURS_ALONE}.")
