"""RFM tiers, the plain alternative where customers do not fall into groups."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from pages.shell import cached, latest
from pages.shell.browser.fold import fold
from pages.shell.words import sentence
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.errors import NothingToCompareError
from segmentation.features.rfm import CutPoints, Rfm, build_rfm
from segmentation.features.rfm_cuts import load_cuts
from segmentation.features.words import TIER_NAMES
from segmentation.intake.shop import Shop
from segmentation.runs import Run

OFFER = {
    "slices": "Since your customers form a continuum, plain tiers may serve you as well:",
    "none": "Since your customers do not fall into groups, sort them into plain tiers instead:",
}
ABOUT = (
    "RFM gives each customer a score from 1 to 5 for how lately (recency), how often (frequency) and for how "
    "much money (monetary value) they bought, and each combination of scores has a name. Every customer is "
    "in exactly one tier, and the rules never change by themselves."
)


def tiers_view(run: Run) -> None:
    """Offer the tiers where there are no clear groups, and somebody asks."""
    told = {feature.name for feature in run.features}
    if str(run.suggestion.structure) in OFFER and told >= {"recency", "monetary"}:
        fold("The plain alternative: RFM tiers", "trust_tiers_open", partial(_offered, run))


def _offered(run: Run) -> None:
    waiting = job_manager().running or not latest.is_current(run)
    try:
        tiers = None if waiting else _tiers(run.run_id, load_cuts(workspace()), cached.shop(), run)
    except NothingToCompareError as error:
        st.markdown(f"{sentence(error.found)} {error.remedy}")
        return
    st.markdown(f"{OFFER[str(run.suggestion.structure)]} {ABOUT}")
    if tiers is None:
        st.caption("The tiers are counted once the segments are up to date with your files.")
        return
    sizes = [(TIER_NAMES[tier], size, size / run.customers) for tier, size in tiers.sizes.items() if size]
    shown = pd.DataFrame(sizes, columns=["Tier", "Customers", "Share"]).sort_values(
        "Customers", ascending=False
    )
    shown["Share"] = [formats.percent(share) for share in shown["Share"]]
    st.dataframe(shown, hide_index=True, key="trust_tiers", height="content", width=420)


@st.cache_resource(max_entries=2, show_spinner="Counting the tiers …")
def _tiers(run_id: str, cuts: CutPoints | None, _shop: Shop, _run: Run) -> Rfm:
    return build_rfm(workspace(), _shop, cuts, as_of=_run.as_of)
