"""One segment explained: what sets it apart, what its customers buy and say, who they are, its rule."""

import streamlit as st

from pages.segments.profile.customers import customers_view
from pages.segments.profile.differences import differences_view, heading
from pages.segments.profile.rule import rule_view
from pages.segments.profile.texts import products_view, texts_view
from pages.shell import explanations, latest
from pages.shell.guard import files_changed, next_step, require
from pages.shell.routes import EXPLORE, FILES, TRUST
from pages.shell.segment_choice import choose_segment
from segmentation.insight.sentences.profile import HOW_EXPLAINED

st.title("Profile")
st.markdown("Read who is in a segment, with the evidence: every figure is counted from your own files.")

run = require(
    latest.latest_run(),
    "Segments are explained here once you have added files and pressed Find segments: orders alone will do, "
    "reviews or product texts add their words.",
)

view, label = choose_segment(run)
found = explanations.by_features(view)[label]

heading(view, label)
differences_view(run, found)
if latest.is_current(run):
    found = explanations.by_shop(view)[label]
    texts_view(run, found)
    products_view(found)
else:
    files_changed(waiting="Words, quotes and products are not shown.")
customers_view(view, found)
rule_view(view, found)
with st.expander("How this is computed"):
    for topic, words in HOW_EXPLAINED.items():
        st.markdown(f"**{topic}.** {words}")
with st.container(horizontal=True):
    next_step(EXPLORE, "Back to all segments", icon=":material/arrow_back:")
    next_step(FILES, "Download this segment", icon=":material/download:")
    next_step(TRUST, "Next: can your segments be trusted?")
