"""What owners change: invitations, roles, who is here, the name; each is written into the audit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.people.members.words import EVERYWHERE, ROLES
from pages.shell.deletion import cancel_button
from pages.shell.guard import correct
from pages.shell.people.asking import audit, registry
from pages.shell.people.audited import witness
from pages.shell.words import plain
from segmentation.people import Seat, TeamRole
from segmentation.people.deed import Action
from segmentation.people.registry import TeamMember
from segmentation.people.team import Team, decides_on_server, remove_from_server


def invite(place: Seat) -> None:
    """Let somebody be invited by their e-mail."""
    with st.form("invite", clear_on_submit=True), st.container(horizontal=True, vertical_alignment="bottom"):
        email = st.text_input("E-mail", key="_invite_email", placeholder="bob@shop.example", width=320)
        role = _role_box("Role", "_invite_role")
        pressed = st.form_submit_button("Invite", icon=":material/person_add:", type="primary")
    st.caption(
        "No message is sent. Whoever signs in first with this address, as the provider of sign-ins has "
        "verified it, has the role from then on."
    )
    if pressed:
        correct(lambda: _invite(place, email, role))


def _invite(place: Seat, email: str, role: TeamRole) -> None:
    named = _team(place).invite(email, role)
    witness().note(Action.INVITE, named, {"role": role})


def invitations(place: Seat) -> None:
    """List whom somebody invited who has not signed in since, and let it be taken back."""
    for email, role in registry().invitations(place.workspace_id):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{plain(email)} is invited as {ROLES[role].lower()}.", width=420)
            if st.button("Take back", key=f"_withdraw_{email}", icon=":material/undo:", type="tertiary"):
                correct(lambda email=email: _withdraw(place, email))  # type: ignore[misc]


def _withdraw(place: Seat, email: str) -> None:
    witness().note(Action.REMOVE, _team(place).withdraw(email))


def change_somebody(place: Seat, members: Sequence[TeamMember]) -> None:
    """Let a role be changed, or somebody be removed."""
    called = {one.person_id: f"{one.called} ({ROLES[one.role].lower()})" for one in members}
    with st.container(border=True, horizontal=True, vertical_alignment="bottom", key="change_somebody"):
        who = st.selectbox("Who", list(called), format_func=called.__getitem__, key="_change_who", width=320)
        role = _role_box("New role", "_change_role")
        if st.button("Change the role", key="_change", icon=":material/badge:"):
            correct(lambda: _set_role(place, who, role))
        if st.button("Remove", key="_remove", icon=":material/person_remove:"):
            _confirm_removal(place, who, called[who])


def _set_role(place: Seat, who: str, role: TeamRole) -> None:
    _team(place).set_role(who, role)
    witness().note(Action.SET_ROLE, who, {"role": role})


@st.dialog("Remove this person?", icon=":material/person_remove:")
def _confirm_removal(place: Seat, who: str, called: str) -> None:
    st.markdown(f"**{plain(called)}** cannot open this workspace from now on. What they did here stays.")
    everywhere = decides_on_server(registry(), place) and st.checkbox(
        "From the whole server", key="_remove_everywhere", help=EVERYWHERE
    )
    with st.container(horizontal=True):
        confirmed = st.button("Remove", key="confirm_remove", type="primary")
        cancel_button("cancel_remove")
    if confirmed:
        correct(lambda: _remove_everywhere(place, who) if everywhere else _remove(place, who))


def _remove(place: Seat, who: str) -> None:
    writes = witness()
    _team(place).remove(who)
    writes.note(Action.REMOVE, who)


def _remove_everywhere(place: Seat, who: str) -> None:
    writes = witness()
    remove_from_server(registry(), place, who)
    writes.note(Action.REMOVE_PERSON, who)
    audit().forget(who)


def rename_workspace(place: Seat) -> None:
    """Let the workspace be called otherwise where workspaces are listed."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Name of this workspace", place.name, key=f"_name_{place.workspace_id}", width=320
        )
        if st.button("Rename", key="_rename_workspace", disabled=name.strip() in ("", place.name)):
            correct(lambda: _rename(place, name))


def _rename(place: Seat, name: str) -> None:
    _team(place).rename(name)
    witness().note(Action.RENAME, "workspace")


def _role_box(label: str, key: str) -> TeamRole:
    chosen = st.selectbox(label, list(TeamRole), format_func=ROLES.__getitem__, key=key, width=160)
    return chosen or TeamRole.VIEWER


def _team(place: Seat) -> Team:
    return Team(registry(), place.workspace_id, place)
