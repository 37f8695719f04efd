"""The features of a group as cards: a tick, what each means, its middle value and how its values spread."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell.words import plain
from segmentation import formats
from segmentation.features.profile import says_yes
from segmentation.features.table import Feature, FeatureTable, Group

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
BARS = 16


def feature_cards(
    table: FeatureTable,
    group: Group,
    off: Collection[str],
    describing: Collection[str],
    switch: Callable[[str, bool], None],
) -> None:
    """Draw the cards of a group.

    :param off: names of the features that are not ticked.
    :param describing: names of the features that only describe segments; they have no tick.
    :param switch: called with a feature's name and its new tick.
    """
    features = [feature for feature in table.features if feature.group == group]
    if not features:
        return
    title, meaning = GROUPS[group]
    st.subheader(title)
    only_describes = all(feature.name in describing for feature in features)
    st.caption(f"{meaning} :gray-badge[{ONLY_DESCRIBES}]" if only_describes else meaning)
    with st.grid(min_column_width=200, border=True):
        for feature in features:
            with st.container(gap="xsmall"):
                if feature.name in describing:
                    st.markdown(f":small[{plain(feature.label)}]")
                    if not only_describes:
                        st.badge(ONLY_DESCRIBES, color="gray")
                else:
                    _tick(feature, feature.name not in off, switch)
                _figures(table, feature)


def _tick(feature: Feature, ticked: bool, switch: Callable[[str, bool], None]) -> None:
    key = f"feature_{feature.name}"
    st.checkbox(
        plain(feature.label),
        value=ticked,
        key=key,
        on_change=lambda: switch(feature.name, st.session_state[key]),
    )


def _figures(table: FeatureTable, feature: Feature) -> None:
    """Show the middle and the spread; what follows the first semicolon of our own definitions is a detail."""
    values = table.values[feature.name].dropna()
    is_flag = feature.value is not None
    definition, detail = feature.definition, ""
    if feature.group is not Group.PROFILE:
        definition, _, detail = definition.partition("; ")
    st.metric(
        _whose(feature),
        _typical(feature, values, table.currency),
        chart_data=None if is_flag else spread(values, feature.skewed),
        chart_type="bar",
        delta=None,
    )
    st.caption(plain(definition.rstrip(".")) + ".", help=plain(detail) if detail else None)


def _whose(feature: Feature) -> str:
    if says_yes(feature):
        return "yes for"
    return "typical customer" if feature.value is None else "of customers"


def _typical(feature: Feature, values: pd.Series, currency: str | None) -> str:
    middle = float(values.mean() if feature.value is not None else values.median()) if len(values) else None
    return formats.of_unit(middle, feature.unit, currency)


def spread(values: pd.Series, skewed: bool) -> list[int]:
    """Count the values in equal steps from the 1st to the 99th percentile; on a log scale where skewed."""
    if values.empty:
        return []
    scaled = np.sign(values) * np.log1p(values.abs()) if skewed else values
    low, high = np.percentile(scaled, [1, 99])
    counts, _ = np.histogram(np.clip(scaled, low, high), bins=BARS)
    return [int(count) for count in counts]
