"""What customers' texts are about: the themes found in them, and concepts of the marketer's own."""

import streamlit as st

from pages.segments.themes.concept_cards import concept_section
from pages.segments.themes.lately import lately_view
from pages.segments.themes.theme_cards import themes_view
from pages.segments.themes.theme_number import number_of_themes
from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import EXPLORE, FEATURES, WHAT_COUNTS
from pages.shell.words import plain, sentence
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.text.encoders.protocol import NO_TEXT
from segmentation.text.words import reading_reason, treatment_sentence
from segmentation.track.topics.words import HOW_FOUND

st.title("Themes")
st.markdown(
    "What your customers choose and write about: the themes found in their texts, and how near they are to "
    "ideas of your own."
)

run = require(
    latest.latest_run(),
    "Themes appear here once segments have been found in files with texts: product names or descriptions, "
    "reviews, or notes.",
)
if run.options.model == NO_TEXT:
    st.info(
        "These segments were found without reading any text. Choose a language model, then find the segments "
        "anew.",
        title="Texts were left out",
    )
    next_step(FEATURES, "Choose how texts are read", icon=":material/translate:")
    st.stop()
require(
    run.themes,
    "Your files hold no texts. Add product names or descriptions, reviews or notes: any of them fills this "
    "page.",
)

themes_view(run)
lately_view(run)
concept_section(run)
number_of_themes(run)
with st.expander("How this is computed"):
    st.markdown(HOW_COMPUTED["themes"])
    st.markdown(HOW_FOUND)
    for reading in run.readings:
        said = f"{reading_reason(reading)} {treatment_sentence(reading)}"
        st.markdown(f"**{sentence(reading.source)}**: {plain(said)}")
    st.markdown(HOW_COMPUTED["concepts"])
with st.container(horizontal=True):
    next_step(EXPLORE, "Back to your segments", icon=":material/arrow_back:")
    next_step(WHAT_COUNTS, "Next: decide how much texts count")
