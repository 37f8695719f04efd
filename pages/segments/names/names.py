"""The names of the segments: the generated ones, one's own, and what a language model suggests if asked."""

import streamlit as st

from pages.segments.names.cards import name_cards, take_all_button
from pages.shell import explanations, latest
from pages.shell.guard import next_step, require
from pages.shell.language_model import answer_to, send_button
from pages.shell.language_model_settings import language_model_panel
from pages.shell.routes import EXPLORE, PLAYBOOK
from pages.shell.segment_choice import choose_view
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.runs.model_names import naming_message, naming_schema, segments_to_name

PLACE = "names"

st.title("Names")
st.markdown("What your segments are called, and why. Change any name; it stays with its segment.")
run = require(
    latest.latest_run(),
    "Segments are named here once you have added files and pressed Find segments: orders alone will do, "
    "reviews or product texts add taste.",
)

view = choose_view(run, "_names_k")
found = (explanations.by_shop if latest.is_current(run) else explanations.by_features)(view)
cards = st.container()
st.subheader("Suggestions by a language model")
endpoint = language_model_panel(PLACE)
answer = None
if endpoint and not segments_to_name(view):
    st.info("These segments are too small: figures about a handful of people are not sent.")
elif endpoint:
    message, schema = naming_message(view, found), naming_schema(view)
    answer = answer_to(message)
    if answer:
        take_all_button(view, answer)
    send_button(endpoint, message, schema, PLACE)
with cards:
    name_cards(view, answer)
with st.expander("How this is computed"):
    st.markdown(HOW_COMPUTED["names"])
    st.markdown(HOW_COMPUTED["language model"])
with st.container(horizontal=True):
    next_step(EXPLORE, "Back to your segments", icon=":material/arrow_back:")
    next_step(PLAYBOOK, "Next: what to do with each segment")
