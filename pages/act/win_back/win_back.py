"""Whom to win back: who is about to leave, with what at risk, and how to write to them."""

import streamlit as st

from pages.act.win_back.churn import churn_view
from pages.act.win_back.gone import gone_choice
from pages.act.win_back.people import this_week
from pages.act.win_back.value import segments_view, value_view
from pages.shell import latest
from pages.shell.following import kept
from pages.shell.following.follow import AHEAD
from pages.shell.following.panel import progress_of, stand_in
from pages.shell.guard import next_step, require
from pages.shell.routes import DATA, OFFERS
from pages.shell.segment_choice import shown
from pages.shell.words import sentence

st.title("Win back")
st.markdown("Whom to write to before they are gone, the most at risk first.")

run = require(
    latest.latest_run(),
    "The people to win back appear here once segments have been found in orders with dates; amounts add the "
    "money.",
)
found = kept.outlook(run)
if found is None:
    stand_in(AHEAD, run)
    st.stop()
progress_of(AHEAD, run)
view = shown(run)
if found.churn is None:
    st.info(sentence(found.no_churn), title="No risk can be told")
    if found.value is None:
        next_step(DATA, "Go to your data", icon=":material/upload_file:")
        st.stop()
else:
    this_week(view, found)
with st.expander("Risk and value of each segment", key="retain_worth", on_change="rerun") as worth:
    if worth.open:
        segments_view(view, found)
        if found.definition:
            gone_choice(run, found.definition)
with st.expander("How well this can be told", key="retain_trust", on_change="rerun") as trust:
    if trust.open:
        churn_view(found)
        value_view(run, found)
next_step(OFFERS, "See what to offer them")
