"""The heart: move the number of segments and see who they are."""

import streamlit as st

from pages.segments.explore.centroid_view import centroid_notes, centroid_view
from pages.segments.explore.circled import circled_customers
from pages.segments.explore.lines import answer_press, lines_note, segment_lines
from pages.segments.explore.map_colours import colour_choice
from pages.segments.explore.map_component import send_places
from pages.segments.explore.map_view import how_mapped, map_notes, map_view
from pages.segments.explore.moves import moves_caption
from pages.segments.explore.slider import slider, verdict_view
from pages.shell import concepts, latest
from pages.shell.guard import files_changed, next_step, require
from pages.shell.people.here import sharing_line
from pages.shell.proof import alarm_lines, tiny_segments
from pages.shell.routes import FILES, PLAYBOOK, PROFILE, TRUST
from pages.shell.words import count, plain
from segmentation.insight.sentences.segments import HOW_COMPUTED

CONTROL = 280

st.title("Explore")
st.markdown("Choose how many groups to see, and read what sets each apart.")
sharing_line()

run = require(
    latest.latest_run(),
    "Segments appear here once you have added files and pressed Find segments: orders alone will do, reviews "
    "or product texts add taste.",
)

if not latest.is_current(run):
    files_changed()
alarm_lines(run)


# What stays as it is when the slider moves is drawn here, around the places for what follows it.
with st.grid(min_column_width=CONTROL, gap="medium"):
    place, told, coloured = st.container(), st.container(), st.container()
picture = st.container(gap="xsmall")
map_notes(run)
circled = st.container()
lines = st.container()
lines_note()
st.header("What each segment is like")
table = st.container()
centroid_notes()
own = concepts.names(run)


@st.fragment
def explore() -> None:
    """Everything that follows the slider; the map first, since it answers soonest."""
    answer_press(run)
    named = latest.with_names(run)  # the page around keeps the names of when it was opened
    with place:
        view = slider(named)
    with told:
        verdict_view(view)
    with coloured:
        colour = colour_choice(run, own)
    with picture:
        outline = map_view(view, colour, own)
    with circled.container():  # also where nobody is: a fragment keeps only the places that it always fills
        circled_customers(view, outline)
    with lines:
        with st.container():
            tiny_segments([segment.size for segment in view.segments])
        segment_lines(view)
        moves_caption(view)
    with table:
        centroid_view(view)


explore()
send_places(run)
with st.expander("How this is computed"):
    st.markdown(f"{count(run.customers, 'customer')}; a customer is {plain(run.customer_meaning)}.")
    how_mapped(run)
    for topic in ("centroids", "themes", "names"):
        st.markdown(HOW_COMPUTED[topic])
with st.container(horizontal=True):
    next_step(PROFILE, "Read one closely")
    next_step(PLAYBOOK, "What to do", icon=":material/menu_book:")
    next_step(TRUST, "Trust them?", icon=":material/verified:")
    next_step(FILES, "Download your segments", icon=":material/download:")
