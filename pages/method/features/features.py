"""The recipe of segments: which features count, what columns are called, how texts are read."""

from dataclasses import replace

import streamlit as st

from pages.method.features.column_labels import column_labels
from pages.method.features.concept_ticks import concept_ticks
from pages.method.features.feature_cards import feature_cards, spreads
from pages.method.features.reading import reading_choices
from pages.shell import cached
from pages.shell.guard import require, wait_for_job
from pages.shell.options import load_options, save_options
from pages.shell.routes import DATA
from pages.shell.words import plain, sentence
from pages.shell.work import start_finding_segments
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.features.table import Group
from segmentation.features.words import left_out_reason
from segmentation.first_views.told import ToldFeatures
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.runs import RunOptions
from segmentation.text.encoders.protocol import NO_TEXT
from segmentation.text.sources import TEXT_COLUMNS


def switch(feature: str, ticked: bool) -> None:
    """Remember whether a feature counts."""
    options = load_options(workspace())
    off = options.off - {feature} if ticked else options.off | {feature}
    save_options(workspace(), replace(options, off=off))


def left_out(told: ToldFeatures) -> None:
    """Say what these exports cannot tell, and why."""
    if not told.left_out:
        return
    labels: dict[str, list[str]] = {}
    for missing in told.left_out:
        labels.setdefault(left_out_reason(missing), []).append(missing.label)
    with st.expander("What these files cannot tell"):
        st.markdown(
            "\n".join(f"- **{sentence(why)}** {plain(', '.join(what))}" for why, what in labels.items())
        )


def only_describing(told: ToldFeatures, options: RunOptions, shop: Shop) -> set[str]:
    """Name the profile features that do not define segments, by the rule of `clusters.space_columns`."""
    profile = [feature for feature in told.features if feature.group == Group.PROFILE]
    alone = len(profile) == len(told.features) and not (shop.has & TEXT_COLUMNS and options.model != NO_TEXT)
    if not alone and not options.profile_weight:
        return {feature.name for feature in profile}
    personal = {feature.name for feature in profile if feature.personal}
    return personal if len(personal) < len(profile) else set()


st.title("Features")
st.markdown("What is known about each customer, and which of it is used to find segments.")
require(
    list_uploads(workspace()),
    "Upload orders, events, reviews or a list of customers: any of them fills this page.",
)
wait_for_job()

shop, told, options = cached.shop(), cached.features(), load_options(workspace())
as_of = f", as of {formats.date(told.as_of)}" if told.as_of else ""
st.markdown(f"**{told.customers:,} customers, {len(told.features):,} facts about each**{as_of}.")
st.caption("Untick what should not count when segments are found.")
describing = only_describing(told, options, shop)
for group in Group:
    feature_cards(told, group, options.off, describing, switch)
spreads(told)
column_labels(told)
concept_ticks(options, switch)
left_out(told)
reading_choices(options, bool(shop.has & TEXT_COLUMNS))
if st.button("Find segments", key="find_segments", type="primary", icon=":material/groups:"):
    start_finding_segments()
    st.switch_page(DATA)
