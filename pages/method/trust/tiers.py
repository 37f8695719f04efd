"""RFM tiers, the plain alternative where customers do not fall into groups."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.shell import cached, latest
from pages.shell.browser.fold import fold
from pages.shell.browser.table import Column, Row, folding_table
from pages.shell.words import sentence
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.errors import NoTiersError
from segmentation.features.rfm_cuts import load_cuts
from segmentation.features.words import TIER_NAMES
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

COLUMNS = (Column("Tier"), Column("Customers", numeric=True), Column("Share", numeric=True))


def tiers_view(run: Run) -> None:
    """Offer the tiers where there are no clear groups, and somebody asks."""
    told = {feature.name for feature in run.features}
    if str(run.suggestion.structure) in OFFER and told >= {"recency", "monetary"}:
        fold("The plain alternative: RFM tiers", "trust_tiers_open", partial(_offered, run))


def _offered(run: Run) -> None:
    waiting = job_manager().running or not latest.is_current(run)
    try:
        tiers = None if waiting else cached.tiers(load_cuts(workspace()))
    except NoTiersError as error:
        st.markdown(f"{sentence(error.found)} {error.remedy}")
        return
    st.markdown(f"{OFFER[str(run.suggestion.structure)]} {ABOUT}")
    if tiers is None:
        st.caption("The tiers are counted once the segments are up to date with your files.")
        return
    largest_first = sorted(tiers.sizes.items(), key=lambda one: -one[1])
    rows = [
        Row(TIER_NAMES[tier], (f"{size:,}", formats.percent(size / run.customers)))
        for tier, size in largest_first
        if size
    ]
    folding_table(COLUMNS, rows, "Customers of each tier")
