"""Who is never handed over: the suppression list, and the hold-out of a test."""

from __future__ import annotations

import streamlit as st

from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation.action.audience import chosen_share, clear_suppressed, keep_share, suppress, suppressed_keys

MOST_SHOWN = 5


def exclusions(default_country: str) -> None:
    """Draw both."""
    with st.expander("Who stays out", icon=":material/person_off:"):
        _hold_out()
        st.divider()
        _suppression(default_country)


def _hold_out() -> None:
    share = chosen_share(workspace())
    chosen = st.slider(
        "Hold out for a test, % of each segment",
        0,
        50,
        round(share * 100),
        key="_hold_out",
        help="These customers stay out of every audience file, so that you can compare them with the others "
        "afterwards. The same customers stay out next time.",
    )
    if chosen != round(share * 100):
        keep_share(workspace(), chosen / 100)


def _suppression(default_country: str) -> None:
    known = len(suppressed_keys(workspace()))
    st.markdown("**Suppression list**")
    st.caption(
        "Unsubscribes, complaints, staff: their e-mails and phones stay out of every audience file. Only "
        f"their hashes are kept. {count(known, 'hash', 'hashes')} on the list now."
    )
    file = st.file_uploader("A CSV or text file", type=["csv", "txt"], key="_suppress_file")
    typed = st.text_area("Or paste e-mails and phones", key="_suppress_text")
    text = file.getvalue().decode("utf-8-sig", "replace") if file else typed
    with st.container(horizontal=True):
        if st.button("Add to the list", key="suppress", disabled=not text.strip()):
            found = suppress(workspace(), text, file.name if file else "pasted", default_country)
            st.success(f"{count(found.understood, 'address', 'addresses')} added.")
            if found.unreadable:
                shown = ", ".join(plain(one) for one in found.unreadable[:MOST_SHOWN])
                st.warning(f"{count(len(found.unreadable), 'entry', 'entries')} cannot be read: {shown}")
        if st.button("Empty the list", key="clear_suppressed", type="tertiary", disabled=not known):
            clear_suppressed(workspace())
            st.rerun()
