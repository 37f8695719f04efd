"""A list of people: a grid where there is room, on a phone a few of them folded up, the others below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.browser.table import NARROW, Column, Row, folding_table

FEW = 4
"""People on a phone before the others are unfolded."""


def grid_or_folded(
    key: str, grid: Callable[[], object], columns: Sequence[Column], rows: Sequence[Row], alt: str
) -> None:
    """Draw a grid, and in its place a folded table where it would be pushed sideways.

    :param columns, rows, alt: of the folded table.
    """
    either, wide, narrow = f"{key}_either", f"{key}_wide", f"{key}_narrow"
    with st.container(key=either, gap=None):
        st.html(
            f"<style>.st-key-{either} {{ container-type: inline-size; }}"
            f"@container (max-width: {NARROW}px) {{ .st-key-{wide} {{ display: none; }} }}"
            f"@container (min-width: {NARROW + 1}px) {{ .st-key-{narrow} {{ display: none; }} }}</style>"
        )
        with st.container(key=wide):
            grid()
        with st.container(key=narrow):
            folding_table(columns, rows[:FEW], alt)
            if others := rows[FEW:]:
                fold(f"{len(others):,} more", f"{key}_others", lambda: folding_table(columns, others, alt))
