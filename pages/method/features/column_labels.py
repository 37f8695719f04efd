"""What the columns of the shop's own customer file are called, given once by the person who knows them."""

from __future__ import annotations

import streamlit as st

from pages.shell.held.remembered import forget_runs
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.features.column_labels import LONGEST, column_of, give_label, given_labels
from segmentation.features.table import Group
from segmentation.first_views.told import ToldFeatures

HELP = (
    "Columns keep these names from now on, also in files that come later. Names of segments take them when "
    "segments are found again. A unit may follow in brackets, as in “Spend on wine (€)”."
)


def column_labels(told: ToldFeatures) -> None:
    """Offer a name for every column of the customer file; nothing where there is none."""
    columns = dict.fromkeys(column_of(one) for one in told.features if one.group == Group.PROFILE)
    if not columns:
        return
    given = given_labels(workspace())
    with st.expander("Call columns what you call them"):
        st.caption(HELP)
        with st.grid(min_column_width=200):
            for column in columns:
                key = f"label_{column}"
                st.text_input(
                    plain(column.removeprefix("profile.")),
                    value=given.get(column, ""),
                    key=key,
                    max_chars=LONGEST,
                    placeholder="as in the file",
                    on_change=lambda column=column, key=key: _give(column, st.session_state[key]),
                )


def _give(column: str, label: str) -> None:
    give_label(workspace(), column, label)
    forget_runs()
