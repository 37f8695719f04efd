"""Another workspace, to share with others."""

from __future__ import annotations

import streamlit as st

from pages.shell.guard import correct
from pages.shell.held.here import go_to
from pages.shell.people.asking import audit, registry
from segmentation.people import Visitor
from segmentation.people.deed import Action, actor_of
from segmentation.people.team import start_workspace


def start_another(someone: Visitor) -> None:
    """Offer to start one, owned by who asks."""
    with (
        st.expander("Start another workspace", icon=":material/add:", key="start_another"),
        st.form("start_workspace"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input("Its name", key="_new_workspace", placeholder="Spring campaign", width=320)
        if st.form_submit_button("Start it"):
            correct(lambda: _start(someone, name))


def _start(someone: Visitor, name: str) -> None:
    made = start_workspace(registry(), someone, name)
    actor = actor_of(registry().person_id(someone) or "", someone)
    audit().record(actor, made.workspace_id, Action.START_WORKSPACE)
    go_to(made.workspace_id)
