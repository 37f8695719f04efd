"""Which workspace a call is about: the one that its thread was let in, or where the visitor has a seat."""

from __future__ import annotations

from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shell.held.held import Held, Stay, stay
from pages.shell.held.memory import of_this_server
from pages.shell.held.places import Places, most_open
from pages.shell.people.asking import registry
from pages.shell.people.settings import signs_in
from pages.shell.people.visitor import WORKSPACE, seat, visitor
from segmentation.errors import NotAllowedError, NotSignedInError, WaitForPlaceError
from segmentation.home import home
from segmentation.people import Seat

FILE = "workspace.duckdb"
SEEN = "workspace_seen"


@dataclass(frozen=True)
class _Found:
    """The place that a run of a script found its visitor to have."""

    cursors: object
    asked: tuple[object, object]
    seat: Seat


_found: ContextVar[_Found | None] = ContextVar("found", default=None)


@of_this_server(1, on_release=Places.close)
def places() -> Places:
    """Give the workspaces of this server; only one where nobody signs in."""
    return Places(most_open() if signs_in() else 1)


def here() -> Stay:
    """Return the workspace that a call is about, with the rights it has there.

    :raises NotSignedInError: where somebody has to sign in, and outside of any session, job or download.
    :raises NotAllowedError: if the visitor has no place in the workspace that is asked for.
    :raises WaitForPlaceError: in a part of a page, where the workspace has to wait.
    """
    if inside := stay():
        return inside
    if not signs_in():
        alone = at_home()
        alone.look()
        return Stay(alone)
    try:
        return _of_visitor()
    except (NotAllowedError, NotSignedInError, WaitForPlaceError):
        if _is_part_of_a_page():
            st.rerun()  # the whole page says what happened
        raise


@of_this_server(1)
def at_home() -> Held:
    """Give the workspace of a server where nobody signs in."""
    return places().at(home() / FILE)


def at(path: Path) -> Held:
    """Return a workspace of this server by its file."""
    return places().at(path)


def again(before: Stay) -> AbstractContextManager[None]:
    """Let a thread without a session, as that of a download, in where a page was, with today's rights.

    :raises NotAllowedError: if whoever asks has no place there any more.
    """
    if before.role is None:
        return before.held.entered()
    someone = visitor()
    for place in registry().seats(someone) if someone else ():
        if place.path == before.held.path:
            return before.held.entered(place.role)
    raise NotAllowedError("this workspace is not shared with you.", "Ask one of its owners.")


def go_to(workspace_id: str) -> None:
    """Look at another workspace from now on; nothing of the one before stays on screen."""
    st.query_params.clear()
    st.query_params[WORKSPACE] = workspace_id
    _look_at(workspace_id)


def _of_visitor() -> Stay:
    place = _seat()
    held = places().at(place.path)
    held.look()
    if _is_part_of_a_page():
        _ = held.workspace  # what was drawn before may have its file let go of since
    return Stay(held, place.role)


def _is_part_of_a_page() -> bool:
    """Whether only a part of a page is drawn, as after a move of a slider."""
    run = get_script_run_ctx(suppress_warning=True)
    return run is not None and bool(run.fragment_ids_this_run)


def _seat() -> Seat:
    """Return the visitor's place, asked for once in each run of a script, whose cursors are its own."""
    run, known = get_script_run_ctx(suppress_warning=True), _found.get()
    cursors = run.cursors if run else None
    if run and known and known.cursors is cursors and known.asked == _asked():
        return known.seat
    place = seat()
    assert place is not None  # noqa: S101 - people sign in here
    _look_at(place.workspace_id)
    _found.set(_Found(cursors, _asked(), place))
    return place


def _asked() -> tuple[object, object]:
    """Tell which workspace is asked for."""
    return st.query_params.get(WORKSPACE), st.session_state.get(WORKSPACE)


def _look_at(workspace_id: str) -> None:
    """Forget what a session knows of another workspace: numbers, drafts and choices mean nothing here."""
    if st.session_state.get(SEEN, workspace_id) != workspace_id:
        for key in list(st.session_state):
            del st.session_state[key]
    st.session_state[WORKSPACE] = st.session_state[SEEN] = workspace_id
