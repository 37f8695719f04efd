"""What to offer each segment: what it buys more often, what fits or is near its themes, what is unsold."""

from __future__ import annotations

import streamlit as st

from pages.shell.audience.logged import logged
from pages.shell.segment_choice import choose_view
from pages.shell.swatch import swatch
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation.action.recommend import (
    Recommended,
    SegmentOffers,
    offers_csv,
    recommendations_csv,
    worded_offers,
)
from segmentation.runs import Run, Segment

SHOWN = 5


def offers_view(run: Run, found: Recommended) -> None:
    """Show a card per segment, and the downloads."""
    st.subheader("What to offer each segment")
    view = choose_view(run, "_recommend_k", sorted(found.offers))
    for segment, name, offers in zip(view.segments, view.names, found.offers[view.k], strict=True):
        _card(segment, name, offers)
    if not found.has_texts:
        st.caption("Without product texts there is nothing to say about what fits a segment’s themes.")
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


def _card(segment: Segment, name: str, offers: SegmentOffers) -> None:
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(swatch(segment.label), width=90)
            st.markdown(f"**{plain(name)}** · {count(segment.size, 'customer')}", width="stretch")
        sorts = worded_offers(offers)
        if not sorts:
            st.caption("They buy nothing more often than others do: offer what sells best in the shop.")
            return
        for column, (title, products) in zip(st.columns(len(sorts)), sorts, strict=True):
            lines = [
                f"- {plain(product.name)}  \n  :small[{plain(why)}]" for product, why in products[:SHOWN]
            ]
            column.markdown("\n".join([f"**{title}**", "", *lines]))


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
