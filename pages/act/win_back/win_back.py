"""Whom to win back: what customers are worth in the days to come, who is about to leave, and why."""

import streamlit as st

from pages.act.win_back.churn import churn_view
from pages.act.win_back.people import list_view
from pages.act.win_back.start import offer
from pages.act.win_back.value import segments_view, value_view
from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import FILES
from pages.shell.segment_choice import shown
from pages.shell.workspace import workspace
from segmentation.action.retention import load_outlook

st.title("Win back")
st.markdown(
    "What your customers are worth in the days to come, who is about to leave, and whom to win back first."
)

run = require(
    latest.latest_run(),
    "Value and risk appear here once segments have been found in orders with dates; amounts add the money.",
)
found = load_outlook(workspace(), run.run_id)
view = shown(run)
offer(run, found)
if found is not None:
    segments_view(view, found)
    list_view(view, found)
    churn_view(found)
    value_view(run, found)
next_step(FILES, "Take the segments along")
