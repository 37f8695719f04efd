"""One segment's play as a card: who they are, what to do, what is counted; and all of them at a glance."""

from __future__ import annotations

import streamlit as st

from pages.act.playbook.lines import counted_view, own_view, written_view
from pages.shell.badges import BADGE_COLOURS
from pages.shell.swatch import swatch
from pages.shell.words import plain
from segmentation import formats
from segmentation.action.playbook import LABELS, Aspect, Edits, Play, Playbook, said
from segmentation.insight.sentences.segments import BAND_MEANINGS
from segmentation.runs import Run

AT_A_GLANCE = (Aspect.GOAL, Aspect.OFFER, Aspect.CHANNEL, Aspect.STAKES)
WIDTH = 320


def play_card(run: Run, play: Play, name: str, edits: Edits) -> None:
    """Show one play in full."""
    with st.container(border=True, key="play_card"):
        st.html(swatch(play.segment))
        st.header(plain(name))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_size(play), width="content")
            st.badge(play.band.capitalize(), color=BADGE_COLOURS[play.band], help=BAND_MEANINGS[play.band])
        if play.warning:
            st.warning(plain(play.warning), icon=":material/warning:", title="Do not act on this one yet")
        _description(play)
        do, counted = st.columns(2, gap="large")
        with do:
            st.subheader("What to do")
            written_view(run, play, edits)
            own_view(run, play, edits)
        with counted:
            st.subheader("What the files say")
            counted_view(play)


def all_plays(playbook: Playbook, names: list[str], edits: Edits) -> None:
    """Show the main lines of every play side by side."""
    with st.grid(min_column_width=WIDTH):
        for play, name in zip(playbook.plays, names, strict=True):
            with st.container(border=True, gap="xsmall", height="stretch"):
                st.html(swatch(play.segment))
                lines = [f"**{LABELS[one]}.** {plain(said(play, one, edits))}" for one in AT_A_GLANCE]
                st.markdown("\n\n".join([f"**{plain(name)}**  \n{_size(play)}", *lines]))


def _size(play: Play) -> str:
    told = [f"**{play.customers:,}** customers", f"**{formats.percent(play.share)}** of all"]
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
        with st.expander("Their themes, words and products", key="play_taste"):
            st.markdown("\n\n".join(lines))
