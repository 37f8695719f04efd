"""How far the segments can be trusted: what speaks for them, and who sits between two of them."""

import streamlit as st

from pages.method.trust.borderline import borderline_view
from pages.method.trust.evidence import evidence_view
from pages.method.trust.guidance import guidance_view
from pages.method.trust.splits import sizes_view, splits_view
from pages.method.trust.tiers import tiers_view
from pages.method.trust.verdict import segments_view, verdict_view
from pages.method.trust.what_if import what_if_view
from pages.method.trust.worth import worth_view
from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.proof import tiny_segments
from pages.shell.routes import PROFILE
from pages.shell.segment_choice import slide_view

st.title("Trust")
st.markdown("Whether they are real groups, how steady they are, and who sits between two of them.")

run = require(
    latest.latest_run(),
    "The checks appear here once there are segments: add your shop’s exports and press Find segments.",
)


@st.fragment
def trust() -> None:
    """Everything that follows the slider."""
    named = latest.with_names(run)
    view = slide_view(named)
    verdict_view(view)
    tiny_segments([segment.size for segment in view.segments])
    sizes_view(view)
    segments_view(view)
    splits_view(view)
    evidence_view(view)
    borderline_view(view)
    what_if_view(view)
    guidance_view(view)
    worth_view(view)


trust()
tiers_view(run)
next_step(PROFILE, "Next: read one segment closely")
