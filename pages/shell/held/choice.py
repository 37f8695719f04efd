"""Which workspace is looked at, chosen in the sidebar; and the wait for one where too many are in use."""

from __future__ import annotations

import streamlit as st

from pages.shell.held.here import go_to, here, looked_at, seats
from pages.shell.words import plain, sentence
from segmentation.errors import WaitForPlaceError

CHOICE = "_workspace_choice"
SECONDS_BETWEEN_TRIES = 2.0


def workspace_choice(name: str) -> None:
    """Say which workspace this is; let another be chosen where the visitor has more than one.

    :param name: what the workspace calls itself, if anything.
    """
    there = {place.workspace_id: place.name for place in seats()}
    if len(there) < 2:
        st.markdown(f"**{plain(name or next(iter(there.values()), 'My shop'))}**")
        return
    st.selectbox(
        "Workspace",
        list(there),
        index=list(there).index(looked_at()),
        format_func=there.__getitem__,
        key=CHOICE,
        on_change=lambda: go_to(st.session_state[CHOICE]),
    )


def wait_for_place() -> None:
    """Stop the page while as many workspaces are in use as may be; it goes on by itself."""
    try:
        _ = here().workspace
    except WaitForPlaceError:
        _try_again()
        st.stop()


@st.fragment(run_every=SECONDS_BETWEEN_TRIES)
def _try_again() -> None:
    try:
        _ = here().workspace
    except WaitForPlaceError as why:
        told = f"{sentence(why.found)} {sentence(why.remedy)}"
        st.info(told, title=why.title, icon=":material/hourglass_top:")
    else:
        st.rerun()
