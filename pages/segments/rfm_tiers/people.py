"""Hand over the customers of a tier, or of one cell of the grid."""

from __future__ import annotations

import streamlit as st

from pages.shell.audience.button import audience_button
from pages.shell.words import count
from segmentation.action.audience import PeopleList, list_words, people_of_cell, people_of_tier
from segmentation.action.files import tier_grid
from segmentation.features.rfm import Rfm
from segmentation.features.tier import Tier
from segmentation.runs import View


def tier_people(view: View, rfm: Rfm) -> None:
    """Let a tier or a cell be chosen among those that have customers."""
    sizes = {f"tier:{tier}": size for tier, size in rfm.sizes.items() if size}
    grid = tier_grid(rfm)
    sizes |= {
        f"cell:{recency + 1}:{value + 1}": int(grid[recency, value])
        for recency, value in zip(*grid.nonzero(), strict=True)
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            "Tier or cell",
            list(sizes),
            format_func=lambda one: f"{list_words(one)} · {count(sizes[one], 'customer')}",
            key="_rfm_whom",
            width=420,
        )
        audience_button(_people(view, rfm, code), "rfm")


def _people(view: View, rfm: Rfm, code: str) -> PeopleList:
    kind, _, which = code.partition(":")
    if kind == "tier":
        return people_of_tier(view, rfm, Tier(which))
    recency, value = which.split(":")
    return people_of_cell(view, rfm, int(recency), int(value))
