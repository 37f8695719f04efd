"""What an empty page offers: one's own files, or a shop to play with."""

from __future__ import annotations

import streamlit as st

from pages.shell.work import start_sample_shop
from pages.start.data.upload import uploader
from pages.start.data.words import KINDS, SELDOM

OWN, MADE_UP = 3, 2


def welcome() -> None:
    """Offer both ways in, and say what each kind of file makes possible."""
    own, made_up = st.columns([OWN, MADE_UP], gap="medium")
    with own, st.container(border=True, height="stretch"):
        st.header("Drop in your shop's exports")
        uploader("As your shop, till or newsletter tool writes them; several at once, packed or not")
    with made_up, st.container(border=True, height="stretch"):
        st.header("Or look around first")
        st.markdown("A made-up shop with 2,000 customers: orders, visits, reviews. Segments in a minute.")
        if st.button("Try the sample shop", key="try_sample", icon=":material/storefront:", width="stretch"):
            start_sample_shop()
            st.rerun()
    st.header("What each kind of file makes possible")
    with st.grid(min_column_width=175, border=True):
        for kind, words in KINDS.items():
            if kind not in SELDOM:
                st.markdown(f"{words.icon} **{words.label}**  \n{words.makes_possible}.")
