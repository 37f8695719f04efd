"""Segments that stay as they are: which were adopted, who stands where now, and what was found before."""

import streamlit as st

from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import FILES
from pages.track.runs.adopted import adopted_view
from pages.track.runs.history import history_view
from pages.track.runs.refreshing import refreshing_view

st.title("Runs")
st.markdown("Keep segments as they are, put new customers into them, and see what was found before.")

run = require(
    latest.latest_run(),
    "Runs appear here once there are segments: add your shop’s exports and press Find segments.",
)
adopted_view(run)
refreshing_view()
history_view(run)
next_step(FILES, "Next: download who is in which segment")
