"""Concepts of the marketer's own: a box to type one, and a card for each with its spread and its texts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from pages.segments.explore.map_colours import COLOUR_KEY, concept_colour
from pages.segments.themes.concept_people import concept_people
from pages.segments.themes.concept_use import Use, concept_use, set_use
from pages.shell import concepts
from pages.shell.guard import files_changed, show_error
from pages.shell.routes import EXPLORE
from pages.shell.segment_choice import shown
from pages.shell.swatch import glyph
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.charts import profile as charts_profile
from segmentation.errors import SegmentationError
from segmentation.insight.facts.concept_facts import ConceptFacts, measure_concept
from segmentation.insight.facts.telling_words import masked
from segmentation.runs import Run, View
from segmentation.runs.concepts import add_concept, delete_concept
from segmentation.text.concepts import LONGEST, ConceptScores

TYPED = "concept_typed"
WIDTH = 420


def concept_section(run: Run) -> None:
    """Let a concept be typed, and show those that are kept."""
    st.header("Your own concepts")
    st.markdown(
        "Type an idea, such as *gift buyer*: every customer gets a score for how near they are to it.",
        help="50 is the average; two of three customers lie between 40 and 60.",
    )
    if not concepts.can_score(run):
        files_changed(waiting="Texts must be read anew.")
        return
    with (
        st.form("concept_form", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        typed = st.text_input("A concept", key=TYPED, max_chars=LONGEST, placeholder="gift buyer", width=360)
        pressed = st.form_submit_button("Add", icon=":material/add:")
    if pressed:
        _add(typed)
    _cards(run)


def _add(typed: str) -> None:
    try:
        add_concept(workspace(), typed)
    except SegmentationError as error:
        show_error(error)


def _cards(run: Run) -> None:
    try:
        found = concepts.scores(run, concepts.names(run))
    except SegmentationError as error:  # the model was here when the segments were found
        show_error(error)
        return
    view = shown(run)
    with st.grid(min_column_width=WIDTH):
        for place, scored in enumerate(found):
            with st.container(border=True, gap="xsmall", height="stretch", key=f"concept_card_{place}"):
                _card(view, place, scored)


def _card(view: View, place: int, scored: ConceptScores) -> None:
    st.markdown(f"### {plain(scored.concept)}")
    facts = measure_concept(scored.scores, view.labels, view.k)
    st.markdown(_leaning(view, facts))
    if scored.some_by_letters:
        which = "These" if scored.by_letters else "Some"
        st.caption(
            f"{which} texts are compared by their letters: type words that stand in the texts themselves."
        )
    with st.expander("Look closer", key=f"concept_open_{place}", on_change="rerun") as fold:
        if fold.open:
            _closer(view, place, scored, facts)
    concept_people(view, place, scored)
    concept_use(view.run, place, scored.concept)
    with st.container(horizontal=True):
        if st.button("Colour the map by it", key=f"concept_map_{place}", icon=":material/scatter_plot:"):
            st.session_state[COLOUR_KEY] = concept_colour(scored.concept)
            st.switch_page(EXPLORE)
        if st.button("Delete", key=f"concept_delete_{place}", icon=":material/delete:", type="tertiary"):
            delete_concept(workspace(), scored.concept)
            set_use(scored.concept, Use.LENS)
            st.rerun()


def _closer(view: View, place: int, scored: ConceptScores, facts: ConceptFacts) -> None:
    """Show how the scores are spread, which segment has which on average, and the nearest texts."""
    st.plotly_chart(
        charts_profile.score_histogram(facts.edges, facts.counts),
        key=f"concept_spread_{place}",
        alt=f"How many customers have which score on {scored.concept}",
        config={"displayModeBar": False},
    )
    st.dataframe(
        _table(view, facts),
        hide_index=True,
        height="content",
        key=f"concept_segments_{place}",
        column_config={
            "Average score": st.column_config.ProgressColumn(format="%.0f", min_value=0, max_value=100)
        },
    )
    st.markdown("**The texts nearest to it**")
    for example in scored.examples:
        st.text(masked(example))


def _leaning(view: View, facts: ConceptFacts) -> str:
    """Say which segment leans most to a concept, and who has no score."""
    without = (
        f" {formats.percent(1 - facts.known)} of customers have no texts and no score."
        if facts.known < 1
        else ""
    )
    if not np.isfinite(facts.means).any():
        return f"Nobody has texts.{without}"
    names, best = view.names, int(np.nanargmax(facts.means))
    score = formats.number(round(float(facts.means[best])))
    return f"Strongest in {glyph(best)} {plain(names[best])}: {score} on average.{without}"


def _table(view: View, facts: ConceptFacts) -> pd.DataFrame:
    order = np.argsort(-np.nan_to_num(facts.means), kind="stable")
    names = view.names
    return pd.DataFrame(
        {
            "Segment": [f"{glyph(int(label))} {names[label]}" for label in order],
            "Average score": facts.means[order],
        }
    )
