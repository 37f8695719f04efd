"""RFM tiers beside the segments: plain, exhaustive, with cut-points that can be seen and set."""

import numpy as np
import streamlit as st

from pages.segments.rfm_tiers.cuts import cuts_view
from pages.segments.rfm_tiers.people import tier_people
from pages.segments.rfm_tiers.tables import cross_view, grid_view, sizes_view
from pages.shell import cached, latest
from pages.shell.audience.logged import logged
from pages.shell.guard import files_changed, next_step, require
from pages.shell.routes import DATA, WIN_BACK
from pages.shell.segment_choice import shown
from pages.shell.words import sentence
from pages.shell.workspace import workspace
from segmentation.action.files import tiers_csv
from segmentation.errors import NothingToCompareError
from segmentation.features.rfm_cuts import load_cuts

st.title("RFM tiers")
st.markdown("Every customer in one plain tier, by how lately, how often and for how much money they bought.")

run = require(
    latest.latest_run(),
    "Tiers appear here once segments have been found in orders with dates and amounts.",
)
if not latest.is_current(run):
    files_changed("The tiers wait for new segments")
    st.stop()


own = load_cuts(workspace())
try:
    rfm = cached.tiers(own)
except NothingToCompareError as error:
    st.info(f"{sentence(error.found)} {error.remedy}", title="There are no tiers for this shop")
    next_step(DATA, "Go to your data", icon=":material/upload_file:")
    st.stop()

view = shown(run)
spend = view.rows["monetary"].to_numpy(dtype=np.float64) if "monetary" in view.rows else None
grid_view(rfm)
sizes_view(rfm, spend, run.currency)
tier_people(view, rfm)
cuts_view(rfm.cuts, own is not None, run.currency)
cross_view(rfm, view.labels, view.names)
st.download_button(
    "Download everyone’s scores and tier (CSV)",
    data=logged(lambda: tiers_csv(rfm, view), "rfm-tiers.csv", run.customers),
    file_name="rfm-tiers.csv",
    mime="text/csv",
    key="_download_rfm",
    on_click="ignore",
    icon=":material/download:",
)
next_step(WIN_BACK, "Next: whom to win back")
