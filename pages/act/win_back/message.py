"""A message to start from, for those on the list: by their reason, to be copied."""

from __future__ import annotations

import streamlit as st

from pages.shell.following import kept
from segmentation.action.retention import Wanted, win_back_message
from segmentation.runs import View

FITTING = 3


def message_view(view: View, wanted: Wanted) -> None:
    """Offer the message, with products where one segment is meant."""
    with st.expander("A message to start from", key="retain_message", on_change="rerun") as opened:
        if not opened.open:
            return
        message = win_back_message(wanted.why, _products(view, wanted))
        st.markdown("**Subject**")
        st.code(message.subject, language=None, wrap_lines=True)
        st.markdown("**E-mail**")
        st.code(message.body, language=None, wrap_lines=True)
        st.caption("Put your own name and offer in; {name} is where your mailing tool writes the first name.")


def _products(view: View, wanted: Wanted) -> tuple[str, ...]:
    found = kept.offers(view.run)
    if found is None or view.k not in found.offers or len(wanted.segments) != 1:
        return ()
    return found.offers[view.k][wanted.segments[0]].product_names[:FITTING]
