"""The most important movement in a sentence, and how much moved at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from pages.shell.words import count, plain
from segmentation import formats
from segmentation.runs import View
from segmentation.track.movement.cells import Cell, Look
from segmentation.track.movement.weight import (
    Moved,
    direction_of,
    most_important,
    moved_of,
    worth_of_segments,
)
from segmentation.track.movement.words import days_words, headline


def headline_view(view: View, look: Look, cells: Sequence[Cell], as_of: datetime) -> None:
    """Say which step matters most, in people and money, and how many moved, came and left."""
    days, worth = days_words(look.movement, as_of), worth_of_segments(cells)
    if cell := most_important(cells, worth):
        direction = direction_of(cell.was, cell.now, worth)
        step, why = headline(cell, look.called(view.names), direction, days, view.run.currency)
        st.markdown(f"**{plain(step)}** {plain(why)}")
    else:
        st.markdown(f"**Nobody moved {plain(days)}.**")
    st.caption(plain(_summary(moved_of(cells))))


def _summary(moved: Moved) -> str:
    """Say how many of all moved and why, and who came and left."""
    share = formats.percent(moved.moved / max(moved.both, 1))
    told = [f"{moved.moved:,} of {moved.both:,} customers of both days moved ({share})"]
    if moved.moved:
        silent, near = moved.silence / moved.moved, moved.border / moved.moved
        told += [f"for {silent:.0%} of these only time passed"] if moved.silence else []
        told += [f"{near:.0%} were on the border"] if moved.border else []
    told += [f"{count(moved.new, 'customer')} new"] if moved.new else []
    told += [f"{count(moved.gone, 'customer')} gone"] if moved.gone else []
    return f"{'; '.join(told)}."
