"""The concepts that are features of the next run: whether each defines segments or only describes them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.method.features.feature_cards import GROUPS
from pages.shell.words import plain
from segmentation.features.table import Group
from segmentation.runs import RunOptions
from segmentation.text.concepts import concept_feature


def concept_ticks(options: RunOptions, switch: Callable[[str, bool], None]) -> None:
    """Draw a tick for each; nothing where there is none.

    :param switch: called with a feature's name and its new tick.
    """
    if not options.concepts:
        return
    title, meaning = GROUPS[Group.CONCEPT]
    st.header(title)
    st.caption(f"{meaning} One without a tick only describes segments. Scores come with the next run.")
    with st.grid(min_column_width=200, border=True):
        for concept in options.concepts:
            feature = concept_feature(concept)
            key = f"feature_{feature.name}"
            with st.container(gap="xsmall"):
                st.checkbox(
                    plain(concept),
                    value=feature.name not in options.off,
                    key=key,
                    on_change=lambda feature=feature, key=key: switch(feature.name, st.session_state[key]),
                )
                st.caption(plain(feature.definition))
