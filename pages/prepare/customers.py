"""What is known about each customer: the features that count, how texts are read, what was set aside."""

from dataclasses import replace

import streamlit as st

from pages.prepare.feature_cards import feature_cards
from pages.prepare.ledger import ledger
from pages.prepare.reading import reading_choices
from pages.shell import cached
from pages.shell.guard import require
from pages.shell.options import load_options, save_options
from pages.shell.routes import DATA
from pages.shell.words import plain
from pages.shell.work import start_finding_segments
from pages.shell.workspace import job_manager, workspace
from segmentation import formats
from segmentation.features.table import FeatureTable, Group
from segmentation.intake.uploads import list_uploads


def switch(feature: str, ticked: bool) -> None:
    """Remember whether a feature counts."""
    options = load_options(workspace())
    off = options.off - {feature} if ticked else options.off | {feature}
    save_options(workspace(), replace(options, off=off))


def left_out(table: FeatureTable) -> None:
    """Say what these exports cannot tell, and why."""
    if not table.left_out:
        return
    st.subheader("What these files cannot tell")
    for missing in table.left_out:
        st.markdown(f"- **{plain(missing.label)}**: {plain(missing.reason)}")


st.title("Customers")
st.markdown("What is known about each customer, and which of it is used to find segments.")
require(
    list_uploads(workspace()),
    "Upload orders, events, reviews or a list of customers: any of them fills this page.",
)
require(not job_manager().running, "A job is working on your files; this page is back when it is done.")

shop, table, options = cached.shop(), cached.features(), load_options(workspace())
as_of = f", as of {formats.date(table.as_of)}" if table.as_of else ""
st.markdown(f"**{len(table):,} customers, {len(table.features):,} facts about each**{as_of}.")
st.caption(
    "Untick what should not count when segments are found. The number is that of the customer in the middle, "
    "or the share of customers; the bars show how all of them spread."
)
for group in Group:
    feature_cards(table, group, options.off, switch)
left_out(table)
reading_choices(options)
ledger(shop, options)
if st.button("Find segments", key="find_segments", type="primary", icon=":material/groups:"):
    start_finding_segments()
    st.switch_page(DATA)
