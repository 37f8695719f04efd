"""Before any page: who is not signed in is asked to sign in, and sees nothing else."""

from __future__ import annotations

import logging

import streamlit as st

from pages.shell.people.asking import registry
from pages.shell.people.settings import ONLY, door, providers, signs_in
from pages.shell.people.visitor import WORKSPACE, seat, visitor
from pages.shell.words import plain, sentence
from segmentation.errors import NotAllowedError, NotInvitedError, NotSignedInError

log = logging.getLogger(__name__)

NOBODY_YET = (
    "nobody can come in yet: name who owns this server's workspace with "
    "`python -m segmentation people owner E-MAIL`."
)
ASK = "Tessera shows customer segments. What is in it is for those who are invited."


def is_admitted() -> bool:
    """Tell whether the page may be drawn; where it may not, say what to do."""
    try:
        visitor()
    except NotSignedInError as why:
        _sign_in(why)
        return False
    except NotInvitedError as why:
        st.title(why.title)
        st.markdown(f"{sentence(why.found)} {sentence(why.remedy)}")
        sign_out_button()
        return False
    return _has_a_seat()


def tell_if_nobody_is_invited() -> None:
    """Say to who starts a server for the invited how the first of them is named, while there is nobody."""
    if signs_in() and not door().strangers and not registry().awaits_somebody:
        log.warning("%s", NOBODY_YET)


def _has_a_seat() -> bool:
    try:
        place = seat()
    except NotAllowedError as why:
        st.error(f"{sentence(why.found)} {sentence(why.remedy)}", title=why.title)
        st.button("Open my own workspace", key="_own_workspace", on_click=_leave, type="primary")
        return False
    if place:
        st.query_params[WORKSPACE] = place.workspace_id
    return True


def _leave() -> None:
    st.session_state.pop(WORKSPACE, None)
    st.query_params.pop(WORKSPACE, None)


def _sign_in(why: NotSignedInError) -> None:
    st.title("Please sign in")
    st.markdown(ASK)
    if st.user.get("is_logged_in"):
        st.info(f"{sentence(why.found)} {sentence(why.remedy)}")
    for name in providers():
        label = "Sign in" if name == ONLY else f"Sign in with {plain(name.capitalize())}"
        st.button(label, key=f"_sign_in_{name}", type="primary", on_click=_go, args=[name])


def _go(name: str) -> None:
    st.login(None if name == ONLY else name)


def sign_out_button() -> None:
    """Offer to sign out: here, in other tabs of this browser, and at the provider."""
    st.button("Sign out", key="_sign_out", icon=":material/logout:", on_click=st.logout)
