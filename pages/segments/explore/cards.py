"""A card per segment: colour, name that can be edited in place, size, revenue, steadiness, one sentence."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.badges import BADGE_COLOURS
from pages.shell.swatch import swatch
from pages.shell.words import plain
from segmentation import formats
from segmentation.clusters.stability_band import stability_band
from segmentation.insight.facts.differences import Portrait
from segmentation.insight.sentences.segments import BAND_MEANINGS, band_title, segment_sentence
from segmentation.runs import Segment, View

WIDTH = 300


def cards_note() -> None:
    """Say what can be done with the cards, the same for every k."""
    st.caption(
        "Click a name to change it; empty it to bring the generated one back. **Stable** segments come back "
        "when the work is repeated on other samples of your customers: build on those. Who belongs to a "
        "**doubtful** one changes from sample to sample, and one **not to be trusted** may be chance."
    )


def segment_cards(view: View) -> None:
    """Show the segments, in steady order."""
    with st.grid(2 if view.k in (2, 4) else "auto", min_column_width=WIDTH):
        for segment, portrait, name in zip(view.segments, view.portraits, view.names, strict=True):
            with st.container(border=True, gap="xsmall", height="stretch", key=f"card_{segment.label}"):
                _card(segment, portrait, name)


def _card(segment: Segment, portrait: Portrait, name: str) -> None:
    st.html(swatch(segment.label))
    key = f"name_{segment.label}"
    if st.session_state.get(key) != name:  # after a move of k, or a box that was emptied
        st.session_state[key] = name
    st.text_input(
        f"Name of segment {segment.label + 1}",
        key=key,
        max_chars=60,
        label_visibility="collapsed",
        on_change=_rename,
        args=(segment.label, key),
    )
    band = stability_band(segment.stability)
    facts = [
        f"**{formats.percent(segment.share)}** of customers ({segment.size:,}){_revenue(segment)}",
        plain(segment_sentence(portrait)),
        f":{BADGE_COLOURS[band]}-badge[{band_title(band)}]",
    ]
    st.markdown("\n\n".join(facts), help=BAND_MEANINGS[band])  # one element: each costs a move of the slider


def _revenue(segment: Segment) -> str:
    if segment.revenue_share is None:
        return ""
    return f"  \n**{formats.percent(segment.revenue_share)}** of revenue"


def _rename(label: int, key: str) -> None:
    latest.rename(label, st.session_state[key])
