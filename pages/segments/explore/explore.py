"""The heart: move the number of segments and see who they are."""

import streamlit as st

from pages.segments.explore.cards import cards_note, segment_cards
from pages.segments.explore.centroid_view import centroid_notes, centroid_view
from pages.segments.explore.circled import circled_customers
from pages.segments.explore.map_component import send_places
from pages.segments.explore.map_view import map_notes, map_view
from pages.segments.explore.moves import moves_caption
from pages.segments.explore.pair_view import pair_view
from pages.segments.explore.slider import choose_view, curve_mark, quality_view
from pages.shell import concepts, latest
from pages.shell.guard import files_changed, next_step, require
from pages.shell.proof import alarm_lines, tiny_segments
from pages.shell.routes import FILES, NAMES, PROFILE, TRUST
from pages.shell.words import count, plain

st.title("Explore")
st.markdown("Choose how many groups to see, read what sets each apart, and give it a name of your own.")

run = require(
    latest.latest_run(),
    "Segments appear here once you have added files and pressed Find segments: orders alone will do, reviews "
    "or product texts add taste.",
)

st.caption(f"{count(run.customers, 'customer')}; a customer is {plain(run.customer_meaning)}.")
if not latest.is_current(run):
    files_changed()
alarm_lines(run)


# What stays as it is when the slider moves is drawn here, around the places for what follows it.
top = st.container()
cards_note()
cards = st.container()
with st.grid(min_column_width=420, gap="medium"):
    with st.container():
        st.subheader("Map of your customers")
        picture = st.container()
        map_notes(run)
    with st.container():
        curve = quality_view(run)
circled = st.container()
st.subheader("What each segment is like")
table = st.container()
centroid_notes()
pair = st.container()
own = concepts.names(run)


@st.fragment
def explore() -> None:
    """Everything that follows the slider; the map first, since it answers soonest."""
    named = latest.with_names(run)  # the page around keeps the names of when it was opened
    with top:
        view = choose_view(named)
        moves_caption(view)
        with st.container():
            tiny_segments([segment.size for segment in view.segments])
    with picture:
        outline = map_view(view, own)
    curve.html(curve_mark(named.ks, view.k))
    with cards:
        segment_cards(view)
    with circled.container():  # also where nobody is: a fragment keeps only the places that it always fills
        circled_customers(view, outline)
    with table:
        centroid_view(view)
    with pair:
        pair_view(view)


explore()
send_places(run)
with st.container(horizontal=True):
    next_step(PROFILE, "Read one segment closely")
    next_step(TRUST, "Can they be trusted?", icon=":material/verified:")
    next_step(NAMES, "Why these names, and better ones", icon=":material/edit_note:")
    next_step(FILES, "Download your segments", icon=":material/download:")
