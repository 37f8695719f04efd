"""The features of a group: a tick for each, with its meaning; folded, typical values and how they spread."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd
import streamlit as st

from pages.shell.words import plain
from segmentation import formats
from segmentation.features.profile import says_yes
from segmentation.features.table import Feature, Group
from segmentation.first_views.told import FeatureSpread, ToldFeatures

GROUPS = {
    Group.BEHAVIOUR: ("Behaviour", "What customers bought, when and how."),
    Group.BROWSING: ("Browsing", "What customers looked at before they bought, or did not."),
    Group.PROFILE: (
        "Profile",
        "Who customers are. It tells you about each segment, and makes segments only where nothing is known "
        "of what customers do or say.",
    ),
    Group.TEXT: ("Text", "What customers' texts and products are about."),
    Group.CONCEPT: ("Concepts", "How near customers' texts are to ideas of your own."),
}
ONLY_DESCRIBES = "Not used to find segments"
TICK_WIDTH = 190


def feature_cards(
    told: ToldFeatures,
    group: Group,
    off: Collection[str],
    describing: Collection[str],
    switch: Callable[[str, bool], None],
) -> None:
    """Draw the ticks of a group, and name those that have none.

    :param off: names of the features that are not ticked.
    :param describing: names of the features that only describe segments; they have no tick.
    :param switch: called with a feature's name and its new tick.
    """
    features = [feature for feature in told.features if feature.group == group]
    if not features:
        return
    title, meaning = GROUPS[group]
    st.header(title, help=meaning)
    ticked = [feature for feature in features if feature.name not in describing]
    if ticked:
        with st.grid(min_column_width=TICK_WIDTH, gap="xsmall"):
            for feature in ticked:
                _tick(feature, feature.name not in off, switch)
    if labels := dict.fromkeys(_column(feature) for feature in features if feature.name in describing):
        st.markdown(f":small[{ONLY_DESCRIBES}: {plain(', '.join(labels))}]")


def spreads(told: ToldFeatures) -> None:
    """Draw what is typical of every feature and how all customers spread, once that is asked for."""
    with st.expander("Typical values, and how customers spread", key="spreads", on_change="rerun") as fold:
        if fold.open:
            st.dataframe(
                spread_table(told),
                hide_index=True,
                key="spreads_table",
                column_config={
                    "Typical": st.column_config.TextColumn(alignment="right"),
                    "Spread": st.column_config.BarChartColumn(help="How all customers spread, low to high."),
                },
            )


def spread_table(told: ToldFeatures) -> pd.DataFrame:
    """Return a row for each feature: its label, what is typical, the bars of its spread, its definition."""
    rows = [
        (feature.label, _typical(feature, spread, told.currency), list(spread.bars), feature.definition)
        for feature, spread in zip(told.features, told.spreads, strict=True)
    ]
    return pd.DataFrame(rows, columns=["Feature", "Typical", "Spread", "What it is"])


def _tick(feature: Feature, ticked: bool, switch: Callable[[str, bool], None]) -> None:
    key = f"feature_{feature.name}"
    st.checkbox(
        plain(feature.label),
        value=ticked,
        key=key,
        help=plain(feature.definition),
        on_change=lambda: switch(feature.name, st.session_state[key]),
    )


def _column(feature: Feature) -> str:
    """Name the column that a feature is of: one column of a few values makes a feature of each."""
    return feature.label.partition(": ")[0] if feature.value is not None else feature.label


def _typical(feature: Feature, spread: FeatureSpread, currency: str | None) -> str:
    typical = formats.of_unit(spread.typical, feature.unit, currency)
    if feature.value is None:
        return typical
    return f"yes for {typical}" if says_yes(feature) else f"{typical} of customers"
