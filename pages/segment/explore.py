"""The heart: move the number of segments and see who they are."""

import streamlit as st

from pages.segment.cards import segment_cards
from pages.segment.centroid_view import centroid_view
from pages.segment.circled import circled_customers
from pages.segment.map_component import send_places
from pages.segment.map_view import map_view
from pages.segment.moves import moves_caption
from pages.segment.number_of_segments import choose_k, quality_view
from pages.segment.pair_view import pair_view
from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import DATA, EXPORT
from pages.shell.words import count, plain

st.title("Explore your segments")
st.markdown("Choose how many groups to see, read what sets each apart, and give it a name of your own.")

run = require(
    latest.latest_run(),
    "Segments appear here once your files are in: orders alone will do, reviews or product texts add taste.",
)

st.caption(f"{count(run.customers, 'customer')}; a customer is {plain(run.customer_meaning)}.")
if not latest.is_current(run):
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(":material/update: Out of date: your files or cleaning rules have changed since.")
        next_step(DATA, "Go and find them anew")


@st.fragment
def explore() -> None:
    """Everything that follows the slider."""
    named = latest.with_names(run)  # the page around keeps the names of when it was opened
    k = choose_k(named)
    moves_caption(named, k)
    cards = st.container()
    with st.grid(min_column_width=420, gap="medium"):
        with st.container():
            outline = map_view(named, k)  # before the cards above it: it answers soonest
        curve = st.container()
    with cards:
        segment_cards(named, k)
    with curve:
        quality_view(named, k)
    circled_customers(named, k, outline)
    centroid_view(named, k)
    pair_view(named, k)


explore()
send_places(run)
next_step(EXPORT, "Download your segments")
