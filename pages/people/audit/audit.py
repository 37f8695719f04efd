"""What was done in this workspace, by whom and when; for its owners."""

import streamlit as st

from pages.people.audit.table import checked, told_lines
from pages.people.audit.words import BROKEN, WHOLE, WITH_KEY, WITHOUT_KEY
from pages.shell.guard import next_step
from pages.shell.people.asking import audit, registry
from pages.shell.people.rights import require
from pages.shell.people.visitor import seat
from pages.shell.routes import PEOPLE
from pages.shell.words import count
from segmentation.action.files import to_csv_bytes
from segmentation.errors import NotSignedInError
from segmentation.people import Right

st.title("Audit")
st.markdown("What was done in this workspace, by whom and when. Never what files hold.")

require(Right.OWN)
place = seat()
if place is None:
    raise NotSignedInError("nobody signs in on this server.", "Nothing is written down of one person.")

with st.spinner("Checking that no line was changed …"):
    broken = checked(audit().state())
if broken:
    st.error(
        BROKEN[broken.why].format(line=f"{broken.line:,}", file=broken.file_name),
        title="The audit is not whole",
    )
else:
    before, lines = audit().keyed()
    told = WITH_KEY.format(first=before + 1) if before < lines else WITHOUT_KEY
    st.success(WHOLE + told, icon=":material/verified:")

table = told_lines(audit().lines(), place.workspace_id, registry().members(place.workspace_id))
with st.container(horizontal=True):
    actions = st.multiselect("What", sorted(set(table["What"])), key="_audit_what", placeholder="Everything")
    people = st.multiselect("Who", sorted(set(table["Who"])), key="_audit_who", placeholder="Everybody")
    days = st.date_input("From, to (UTC)", [], key="_audit_days")
if actions:
    table = table[table["What"].isin(actions)]
if people:
    table = table[table["Who"].isin(people)]
if isinstance(days, tuple) and len(days) == 2:
    table = table[table["When (UTC)"].dt.date.between(*days)]
st.caption(count(len(table), "line"))
st.dataframe(table, hide_index=True, key="audit_lines")
st.download_button(
    "Download these lines (CSV)",
    data=lambda: to_csv_bytes(table),
    file_name="audit.csv",
    mime="text/csv",
    key="_download_audit",
    on_click="ignore",
    icon=":material/download:",
)
next_step(PEOPLE, "Back to the people", icon=":material/arrow_back:")
