"""What a page shows while as many workspaces are in use on this server as may be open at once."""

from __future__ import annotations

import streamlit as st

from pages.shell.held.here import here
from pages.shell.words import sentence
from segmentation.errors import WaitForPlaceError

SECONDS_BETWEEN_TRIES = 2.0


def wait_for_place() -> None:
    """Stop the page where its workspace has to wait; it goes on by itself."""
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
