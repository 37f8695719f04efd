"""Who is never handed over: the suppression list."""

from __future__ import annotations

import streamlit as st

from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation.action.audience import clear_suppressed, normalise, suppress, suppressed_keys

MOST_SHOWN = 5


def suppression() -> None:
    """Show how many are on the list, and let it be added to or emptied."""
    known = len(suppressed_keys(workspace()))
    st.caption(
        "Unsubscribes, complaints, staff: they stay out of every audience file. Only hashes are kept: "
        f"{known:,} now."
    )
    file = st.file_uploader("A CSV or text file", type=["csv", "txt"], key="_suppress_file")
    typed = st.text_area("Or paste e-mails and phones", key="_suppress_text")
    country = st.text_input(
        "Country of phones without a code", key="_suppress_country", placeholder="GB", width=240
    )
    text = file.getvalue().decode("utf-8-sig", "replace") if file else typed
    with st.container(horizontal=True):
        if st.button("Add to the list", key="suppress", disabled=not text.strip()):
            _add(text, file.name if file else "pasted", normalise.country(country))
        if st.button("Empty the list", key="clear_suppressed", type="tertiary", disabled=not known):
            clear_suppressed(workspace())
            st.rerun()


def _add(text: str, source: str, country: str) -> None:
    found = suppress(workspace(), text, source, country)
    st.success(f"{count(found.understood, 'address', 'addresses')} added.")
    if found.unreadable:
        shown = ", ".join(plain(one) for one in found.unreadable[:MOST_SHOWN])
        st.warning(f"{count(len(found.unreadable), 'entry', 'entries')} cannot be read: {shown}")
