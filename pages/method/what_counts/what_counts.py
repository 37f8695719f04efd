"""What counts when segments are found: behaviour, texts, the customer file, and what to tell apart."""

import streamlit as st

from pages.method.trust.guidance import guidance_view
from pages.method.what_counts.blocks import block_sliders, shares_view
from pages.method.what_counts.outcome import outcome_choice
from pages.method.what_counts.votes import votes_view, weights_view
from pages.shell import latest
from pages.shell.guard import next_step, require, wait_for_job
from pages.shell.options import load_options
from pages.shell.routes import DATA, FEATURES
from pages.shell.segment_choice import shown
from pages.shell.work import start_finding_segments
from pages.shell.workspace import workspace
from segmentation.intake.uploads.corrections import list_uploads

st.title("What counts")
st.markdown("Decide what your segments rest on, and what they should tell apart; then find them anew.")
require(
    list_uploads(workspace()),
    "Upload orders, events, reviews or a list of customers: then you can weigh what they say.",
)
wait_for_job()

options, run = load_options(workspace()), latest.latest_run()
st.header("How much each thing counts")
block_sliders(options, run)
if run is not None:
    shares_view(run)
outcome_choice(options)
if run is not None and run.readings:
    st.caption("Texts that were read before are not read again, so that this is quick.")
if st.button("Find segments", key="find_segments", type="primary", icon=":material/groups:"):
    start_finding_segments()
    st.switch_page(DATA)
if run is not None:
    weights_view(shown(run))
    votes_view(run)
    guidance_view(shown(run))
next_step(FEATURES, "Next: choose single features")
