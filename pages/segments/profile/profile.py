"""One segment close up: its portrait, what its customers buy and say, who they are, and what follows."""

from enum import StrEnum

import streamlit as st

from pages.segments.profile.customers import customers_view
from pages.segments.profile.differences import differences_view
from pages.segments.profile.message import message_view
from pages.segments.profile.portrait import heading, portrait
from pages.segments.profile.rule import rule_view
from pages.segments.profile.suggestions import suggestions_view
from pages.segments.profile.texts import products_view, texts_view
from pages.shell import cached, explanations, latest
from pages.shell.guard import files_changed, next_step, require
from pages.shell.routes import EXPLORE, FILES, PLAYBOOK
from pages.shell.segment_choice import choose_segment
from segmentation.insight.sentences.profile import HOW_EXPLAINED


class Tab(StrEnum):
    """What more is shown of a segment."""

    BUY = "What they buy"
    SAY = "What they say"
    WHO = "Who they are"
    TELL = "What to tell them"


SHOWN = {
    Tab.BUY: products_view,
    Tab.SAY: texts_view,
    Tab.WHO: customers_view,
    Tab.TELL: message_view,
}

st.title("Profile")
st.markdown("Read who is in a segment: every figure is counted from your own files.")

run = require(
    latest.latest_run(),
    "Segments are explained here once you have added files and pressed Find segments: orders alone will do, "
    "reviews or product texts add their words.",
)

view, label = choose_segment(run)
heading(view, label)
portrait(view, label)
current = latest.is_current(run)
if not current:
    files_changed(waiting="Words, quotes and products are not shown.")
shown = [Tab.WHO]
if current:  # what the files say nothing of comes last
    empty = {Tab.BUY: "lines.product_id" not in cached.shop().has, Tab.SAY: not run.readings}
    shown = sorted(Tab, key=lambda tab: empty.get(tab, False))
for tab, place in zip(shown, st.tabs(shown, key="tab", bind="query-params"), strict=True):
    with place:
        if place.open:
            SHOWN[tab](view, label)
differences_view(view, label)
rule_view(view, label)
suggestions_view(view, explanations.by_shop if current else explanations.by_features)
with st.expander("How this is computed"):
    for topic, words in HOW_EXPLAINED.items():
        st.markdown(f"**{topic}.** {words}")
with st.container(horizontal=True):
    next_step(PLAYBOOK, "Next: what to say and offer them", icon=":material/menu_book:")
    next_step(FILES, "Download this segment", icon=":material/download:")
    next_step(EXPLORE, "Back to all segments", icon=":material/arrow_back:")
