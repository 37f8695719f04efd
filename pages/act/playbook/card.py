"""One segment's play as a card: read first, what it rests on behind a fold, boxes only while it is edited."""

from __future__ import annotations

import streamlit as st

from pages.act.playbook.lines import counted_view, written_view
from pages.shell.badges import BADGE_COLOURS
from pages.shell.following.read import WHAT, read_view
from pages.shell.swatch import swatch
from pages.shell.words import plain
from segmentation import formats
from segmentation.action.playbook import Edits, Play
from segmentation.insight.sentences.segments import BAND_MEANINGS, band_title
from segmentation.runs import Run

EDITING = "playbook_editing"


def play_card(run: Run, play: Play, name: str, edits: Edits) -> None:
    """Show one play, ready to be read or, where asked, to be written over."""
    with st.container(border=True, key="play_card"):
        st.html(swatch(play.segment))
        st.header(plain(name))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_size(play), width="content")
            st.badge(band_title(play.band), color=BADGE_COLOURS[play.band], help=BAND_MEANINGS[play.band])
        if play.warning:
            st.warning(plain(play.warning), icon=":material/warning:", title="Do not act on this one yet")
        if st.toggle("Edit", key=EDITING, persist_state="session"):
            written_view(run, play, edits)
        else:
            read_view(play, edits, what=WHAT[1:])  # the table says the goal
        with st.expander("Who they are", key="play_more", on_change="rerun") as more:
            if more.open:
                _description(play)
                counted_view(play)


def _size(play: Play) -> str:
    told = [f"**{play.customers:,}** customers"]
    if play.revenue_share is not None:
        told.append(f"**{formats.percent(play.revenue_share)}** of revenue")
    return " · ".join(told)


def _description(play: Play) -> None:
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in play.description.sentences))
    told = {
        "Themes": " · ".join(play.description.themes),
        "Words": " · ".join(play.description.words),
        "Bought more often": " · ".join(play.description.products),
    }
    lines = [f"**{label}.** {plain(words)}" for label, words in told.items() if words]
    if lines:
        st.markdown("\n\n".join(lines))
