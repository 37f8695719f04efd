"""What to offer each segment: what it buys more often, what fits or is near its themes, what is unsold."""

from __future__ import annotations

import streamlit as st

from pages.shell.audience.logged import logged
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.action.recommend import (
    Recommended,
    offers_csv,
    recommendations_csv,
    worded_offers,
)
from segmentation.runs import View

SHOWN = 5


def offers_view(view: View, label: int, found: Recommended) -> None:
    """Show every sort of offer for one segment, each product with its reason."""
    sorts = worded_offers(found.offers[view.k][label])
    if not sorts:
        st.caption("They buy nothing more often than others do: offer what sells best in the shop.")
    with st.grid(min_column_width=240):
        for title, products in sorts:
            lines = [
                f"- {plain(product.name)}  \n  :small[{plain(why)}]" for product, why in products[:SHOWN]
            ]
            st.markdown("\n".join([f"**{title}**", "", *lines]))
    if not found.has_texts:
        st.caption("Without product texts there is nothing to say about what fits a segment’s themes.")


def downloads(view: View, found: Recommended) -> None:
    """Offer the files: for each segment, and for each customer."""
    with st.container(horizontal=True):
        _download(
            "Offers per segment (CSV)", f"offers-{view.k}-segments.csv", lambda: offers_csv(found, view)
        )
        _download(
            "Offers per customer (CSV)",
            "recommendations.csv",
            logged(
                lambda: recommendations_csv(workspace(), view.at(found.k)),
                "recommendations.csv",
                found.customers,
            ),
        )


def _download(label: str, file_name: str, data: object) -> None:
    st.download_button(
        label,
        data=data,  # type: ignore[arg-type]
        file_name=file_name,
        mime="text/csv",
        key=f"_download_{file_name}",
        on_click="ignore",
        icon=":material/download:",
    )
