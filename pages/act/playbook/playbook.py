"""What to do with each segment: all plays in a table, one to read, its files; with the evidence folded."""

import streamlit as st

from pages.act.playbook.all_plays import all_plays
from pages.act.playbook.card import play_card
from pages.act.playbook.drafts import drafts_view
from pages.act.playbook.files import downloads
from pages.act.playbook.make_files import draws_anew, make_files
from pages.shell import latest
from pages.shell.following import follow, plays
from pages.shell.following.panel import begin_beside
from pages.shell.guard import CHANGED, files_changed, next_step, require
from pages.shell.routes import DATA
from pages.shell.segment_choice import choose_segment
from segmentation.action.playbook import HOW_PLAYED, LIFT, at_a_glance, money_title, people_title
from segmentation.action.playbook.glance_words import ABOUT_HOLD_OUT

LIFTS = (0.1, LIFT, 0.3, 0.5)


def choose_lift() -> float:
    """Let a person say how much more a test is to find."""
    return st.selectbox(
        "Lift to find",
        LIFTS,
        index=LIFTS.index(LIFT),
        format_func=lambda one: f"{one:.0%}",
        key="playbook_lift",
        persist_state="session",
        width=180,
        help=ABOUT_HOLD_OUT,
    )


st.title("Playbook")
st.markdown("What to do with each segment.")

run = require(
    latest.latest_run(),
    "A play for each segment appears here once your files are in: orders with dates and amounts fill most of "
    "it, a customer file with e-mail addresses adds the channel.",
)
is_current = latest.is_current(run)
if is_current:
    begin_beside(follow.AHEAD, run)
with st.container(horizontal=True):
    view, label = choose_segment(run, named=False)
    lift = choose_lift() if is_current and follow.AHEAD.can() else LIFT
playbook = plays.playbook(view, lift) if is_current else plays.earlier(view)
if playbook is None:
    files_changed("The playbook waits for new segments")
    st.stop()
if not is_current:
    st.info(
        f"{CHANGED} These plays are from before.",
        title="Made before your newest files",
        icon=":material/update:",
    )

edits, names, play = plays.edits(), view.names, playbook.plays[label]
all_plays(at_a_glance(playbook, names, edits), people_title(playbook), money_title(playbook), label)
play_card(run, play, names[label], edits)
if is_current:
    with st.container(horizontal=True):
        make_files(view, play, edits)
        downloads(view, playbook, edits)
    draws_anew(play)
    drafts_view(view, play, edits)
with st.expander("How this is computed"):
    if playbook.missing:
        st.markdown(f"**What would add more.** {' '.join(playbook.missing)}")
    for topic, words in HOW_PLAYED.items():
        st.markdown(f"**{topic}.** {words}")
if not is_current:  # else the files of the play are the next step
    next_step(DATA, "Find the segments anew", icon=":material/update:")
