"""What counts as gone: said, and adjustable by looking ahead once more."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.following.follow import AHEAD
from pages.shell.words import plain
from pages.shell.workspace import job_manager
from segmentation.action.retention import FEWEST_CHURN_DAYS, ChurnDefinition, definition_sentence
from segmentation.runs import Run


def gone_choice(run: Run, definition: ChurnDefinition) -> None:
    """Say after how many days a customer counts as gone, and offer to look ahead with others."""
    st.caption(plain(definition_sentence(definition)))
    if not latest.is_current(run):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = int(
            st.number_input(
                "Gone is who does not order within (days)",
                FEWEST_CHURN_DAYS,
                definition.longest,
                definition.days,
                key="retain_days",
                help=f"80% of repeat orders come within {definition.usual_gap} days of the one before. "
                f"Your history allows up to {definition.longest}.",
                width=320,
            )
        )
        by_itself = min(max(definition.usual_gap, FEWEST_CHURN_DAYS), definition.longest)
        busy = job_manager().running is not None
        if st.button("Look ahead again", key="look_ahead", icon=":material/visibility:", disabled=busy):
            AHEAD.ask_for(run, None if days == by_itself else days)
            st.rerun()
