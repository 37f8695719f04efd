"""Which campaign is read back: the file that was handed over, when it was sent, and in how many days."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from pages.shell.words import count
from pages.track.results.kept import first_of, usually_asked
from segmentation import formats
from segmentation.action.audience import PLATFORMS, Platform, list_words
from segmentation.action.files.campaign_log import Campaign
from segmentation.track.results.read_back import DAYS, WINDOWS, Asked

EXPORT, SENT, WINDOW, COST = "results_export", "results_sent", "results_days", "results_cost"


def choose(campaigns: tuple[Campaign, ...]) -> Asked:
    """Draw the choices; the first campaign is the latest that somebody was held out of."""
    named = {one.export_id: one for one in campaigns}
    if st.session_state.get(EXPORT) not in named:
        st.session_state.pop(EXPORT, None)
    first = usually_asked(first_of(campaigns))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        export_id = st.selectbox(
            "Handed over",
            list(named),
            index=list(named).index(first.export_id),
            format_func=lambda one: _told(named[one]),
            key=EXPORT,
            persist_state="session",
            width=440,
        )
        made_on, today = named[export_id].made_at.date(), datetime.now(UTC).date()
        sent_on = st.date_input(
            "Sent on", made_on, max_value=max(made_on, today), key=f"{SENT}_{export_id}", width=160
        )
        days = st.segmented_control(
            "Window in days", WINDOWS, default=DAYS, key=WINDOW, persist_state="session", required=True
        )
    cost = st.session_state.get(f"{COST}_{export_id}")
    return Asked(export_id, sent_on, days or DAYS, float(cost) if cost else None)


def _told(one: Campaign) -> str:
    platform = PLATFORMS[Platform(one.kind)].label.partition(" (")[0]
    people = f"{count(one.treated, 'person', 'people')}, {one.held:,} held out"
    return f"{formats.date(one.made_at)} · {list_words(one.whom)} · {platform} · {people}"
