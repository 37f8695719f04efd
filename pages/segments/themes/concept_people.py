"""Hand over the customers who are near a concept, from a score on."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.shell.audience.button import audience_button
from pages.shell.words import count
from segmentation.action.audience import USUAL_CUT, near, people_near
from segmentation.runs import View
from segmentation.text.concepts import ConceptScores


@st.fragment
def concept_people(view: View, place: int, scored: ConceptScores) -> None:
    """Let the score be moved, and say how many have it."""
    if not np.isfinite(scored.scores).any():
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cut = st.slider("Score at least", 40, 100, USUAL_CUT, key=f"concept_cut_{place}", width=190)
        audience_button(people_near(view, scored, cut), f"concept_{place}")
    st.caption(f"{count(near(scored, cut), 'customer')} from {cut} on")
