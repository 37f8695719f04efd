"""The job of recommending: what was kept with the run, and the button that makes it anew."""

from __future__ import annotations

import streamlit as st

from pages.shell import cached, latest
from pages.shell.guard import files_changed, next_step, show_error
from pages.shell.latest import remembered
from pages.shell.routes import DATA
from pages.shell.words import count
from pages.shell.work import RECOMMEND, start_recommending
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.action.recommend import Recommended, load_recommended
from segmentation.runs import Run

ABOUT = (
    "Which products each segment buys more often than others, which fit its themes (also ones that no known "
    "customer has bought), and for every customer what they may want next: from what is bought together, "
    "what reads alike, and what they buy again. How well this would have foretold the last months is "
    "measured at the same time."
)


def recommended_of(run: Run) -> Recommended | None:
    """Return what was recommended for this run; None where nothing was yet."""
    return _kept(run.run_id).get("found")


def start_view(run: Run, found: Recommended | None) -> None:
    """Offer to choose products, or say what is missing for it."""
    if found is None:
        st.markdown(ABOUT)
    if not latest.is_current(run):
        files_changed()
        return
    if "lines.product_id" not in cached.shop().has:
        st.info(
            "Your orders do not say which products were bought. Upload orders with a row per product, with "
            "its name or number.",
            title="Nothing to recommend yet",
        )
        next_step(DATA, "Go to your data", icon=":material/upload_file:")
        return
    last = job_manager().latest
    if last and last.title == RECOMMEND and last.error:
        show_error(last.error)
    if job_manager().running:
        st.caption("Products can be chosen when the job that is running is done.")
        return
    if found is not None:
        customers = count(found.customers, "customer")
        st.caption(f"Chosen for {customers} in {formats.duration(found.seconds)}, kept with these segments.")
    label = "Choose again" if found else "Choose products"
    if st.button(label, key="recommend", icon=":material/redeem:", type="secondary" if found else "primary"):
        start_recommending(run)
        st.rerun()


# The job's result is looked up again once the job has cleared this memory.
@remembered(2)
def _kept(run_id: str) -> dict[str, Recommended]:
    found = load_recommended(workspace(), run_id)
    return {"found": found} if found else {}
