"""Take the segments along: files for a spreadsheet, a CRM or a colleague."""

import streamlit as st

from pages.act.files.audience import audience_files
from pages.act.files.forget import forgetting
from pages.act.files.history import history
from pages.act.files.plain import plain_files
from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import EXPLORE
from pages.shell.segment_choice import choose_view

st.title("Files")
st.markdown(
    "Take each segment along as a file: as a table that Excel opens as it is, accents and Chinese included, "
    "or as the audience file that your ads or mailing platform takes."
)

run = require(
    latest.latest_run(),
    "Files appear here once there are segments: add your shop’s exports and press Find segments.",
)

view = choose_view(run, "_export_k")
tables, audiences, past = st.tabs(["Tables", "Audience files", "Handed over"])
with tables:
    plain_files(view)
with audiences:
    audience_files(view)
with past:
    history()
    forgetting()

next_step(EXPLORE, "Back to your segments", icon=":material/arrow_back:")
