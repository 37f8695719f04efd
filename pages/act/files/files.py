"""Take the segments along: files for a mailing, ads, a CRM, a spreadsheet or a colleague."""

import streamlit as st

from pages.act.files.forget import forgetting
from pages.act.files.history import history
from pages.act.files.people import people_files
from pages.act.files.suppression import suppression
from pages.act.files.tables import tables
from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import OVERVIEW
from pages.shell.segment_choice import choose_view

st.title("Files")
st.markdown("Hand a segment over to your mailing, ads or CRM, or take tables that Excel opens as they are.")

run = require(
    latest.latest_run(),
    "Files appear here once there are segments: add your shop’s exports and press Find segments.",
)

view = choose_view(run, "_export_k")
people_files(view)
st.header("Tables of everybody")
tables(view)
SECTIONS = {
    "Handed over": (history, ":material/history:"),
    "Suppression list": (suppression, ":material/person_off:"),
    "Forget a customer": (forgetting, ":material/person_remove:"),
}
for title, (section, icon) in SECTIONS.items():
    folded = st.expander(title, icon=icon, key=f"files_{title}", on_change="rerun")
    if folded.open:
        with folded:
            section()
next_step(OVERVIEW, "Back to the overview", icon=":material/arrow_back:")
