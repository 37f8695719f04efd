"""Who may use this workspace, and what each may do; its owners invite, change roles and remove."""

import pandas as pd
import streamlit as st

from pages.people.members.changes import change_somebody, invitations, invite, rename_workspace
from pages.people.members.words import ROLES, RULES, SHARE, YOU
from pages.shell.guard import next_step
from pages.shell.people.asking import registry
from pages.shell.people.new import start_another
from pages.shell.people.visitor import seat, visitor
from pages.shell.routes import DATA
from segmentation.errors import NotSignedInError
from segmentation.people import Right

st.title("People")
st.markdown("Who may use this workspace, and what each of them may do.")

place, someone = seat(), visitor()
if place is None or someone is None:
    raise NotSignedInError("nobody signs in on this server.", "There is one workspace, and it is yours.")

members = registry().members(place.workspace_id)
me = registry().person_id(someone)
st.dataframe(
    pd.DataFrame(
        {
            "Name": [f"{one.called} (you)" if one.person_id == me else one.called for one in members],
            "E-mail": [one.email for one in members],
            "Role": [ROLES[one.role] for one in members],
        }
    ),
    hide_index=True,
    key="members",
    height="content",
)
st.caption(RULES)
st.caption(f"{YOU[place.role]} {SHARE}")

if place.role.may(Right.OWN):
    invite(place)
    invitations(place)
    change_somebody(place, members)
    rename_workspace(place)
start_another(someone)
next_step(DATA, "Back to the data", icon=":material/arrow_back:")
