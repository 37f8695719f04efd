"""What the uploaded files hold together: how many customers, how the files link, what was set aside."""

from __future__ import annotations

import streamlit as st

from pages.shell import cached
from pages.shell.guard import show_error
from pages.shell.words import plain
from pages.shell.workspace import job_manager
from segmentation import formats
from segmentation.errors import SegmentationError
from segmentation.intake.shop import Continuation, Shop

ALMOST_ALL = 0.9995


def linked_shop() -> Shop | None:
    """Link the files; None while a job works on them, or where they hold no customers (which is said)."""
    if job_manager().running:
        return None
    try:
        return cached.shop()
    except SegmentationError as error:
        show_error(error)
        return None


def links(shop: Shop) -> None:
    """Say which files know of each other, and by which columns."""
    lines = [
        f"- **{plain(link.left_file)}** ({plain(link.left_column)}) → **{plain(link.right_file)}** "
        f"({plain(link.right_column)}): {_share(link.overlap)} of its values are found there"
        for link in shop.links
    ]
    lines += [f"- {_continued(one)}" for one in shop.continuations]
    if lines:
        with st.expander("How they link"):
            st.markdown("\n".join(lines))
    else:
        st.caption(
            "No two files share a key. Check that both have a column of the same customer or order numbers."
        )


def _continued(one: Continuation) -> str:
    again = f"; {one.orders:,} order numbers stand in both" if one.orders else ""
    return f"**{plain(one.later_file)}** continues **{plain(one.earlier_file)}**{again}"


def _share(overlap: float) -> str:
    return "all" if overlap > ALMOST_ALL else formats.percent(overlap)
