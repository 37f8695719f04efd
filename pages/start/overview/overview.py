"""Where a marketer lands once there are segments: what is going on, and what to do about it this week."""

import streamlit as st

from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import EXPLORE
from pages.shell.segment_choice import shown
from pages.shell.words import count

st.title("Overview")
st.markdown("What is going on in your shop, and what to do about it this week.")

run = require(
    latest.latest_run(),
    "Your shop at a glance appears here once you have added files and pressed Find segments.",
)
view = shown(run)
st.caption(f"{count(run.customers, 'customer')} in {count(view.k, 'segment')}.")
next_step(EXPLORE, "See your segments")
