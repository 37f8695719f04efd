"""What to do with each segment: goal, message, offer, channel, timing, test and money, with the evidence."""

import streamlit as st

from pages.act.playbook import kept as playbook_data
from pages.act.playbook.card import all_plays, play_card
from pages.act.playbook.drafts import drafts_view
from pages.act.playbook.files import downloads
from pages.shell import latest
from pages.shell.guard import files_changed, next_step, require
from pages.shell.routes import FILES
from pages.shell.segment_choice import choose_segment
from segmentation.action.playbook import HOW_PLAYED, LIFT

LIFTS = (0.1, LIFT, 0.3, 0.5)

st.title("Playbook")
st.markdown(
    "What to do with each segment, by plain rules from your own files. Write over what you know better."
)

run = require(
    latest.latest_run(),
    "A play for each segment appears here once your files are in: orders with dates and amounts fill most of "
    "it, a customer file with e-mail addresses adds the channel.",
)
if not latest.is_current(run):
    files_changed("The playbook waits for new segments")
    st.stop()

view, label = choose_segment(run)
lift = st.selectbox(
    "A test should find a lift of",
    LIFTS,
    index=LIFTS.index(LIFT),
    format_func=lambda one: f"{one:.0%}",
    key="playbook_lift",
    persist_state="session",
    width=240,
)
playbook, edits, names = playbook_data.playbook(view, lift), playbook_data.edits(), view.names
play_card(run, playbook.plays[label], names[label], edits)
drafts_view(view, playbook.plays[label], edits)
downloads(view, playbook, edits)
everyone = "Both" if view.k == 2 else f"All {view.k}"
with st.expander(f"{everyone} segments at a glance", key="playbook_all"):
    all_plays(playbook, names, edits)
if playbook.missing:
    st.caption(" ".join(["**What would add more.**", *playbook.missing]))
with st.expander("How this is computed"):
    for topic, words in HOW_PLAYED.items():
        st.markdown(f"**{topic}.** {words}")
next_step(FILES, "Take the segments along")
