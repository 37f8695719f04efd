"""What a segment's customers buy and say: themes, words, quotes, and the products they favour."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell import explanations
from pages.shell.browser.table import Column, Row, Share, folding_table
from pages.shell.words import count, plain
from segmentation import formats
from segmentation.insight.facts.explain import SourceWords, ThemeShare
from segmentation.insight.facts.product_lift import LiftedProduct
from segmentation.insight.facts.quotes import Quote
from segmentation.insight.sentences.segments import why_no_products
from segmentation.runs import View

PRODUCTS = (
    Column("Product"),
    Column("Bought by", numeric=True),
    Column(
        "Of its buyers",
        numeric=True,
        about="How many of all who bought it are in this segment; the surest product comes first",
    ),
    Column("Of all purchases", numeric=True, about="How much of everything that is bought this segment buys"),
    Column("Times as often", numeric=True),
)
THEMES = (Column("Theme"), Column("This segment", labelled=True), Column("The others", labelled=True))
SOURCES = {"products": "In what they buy and view", "reviews": "In what they write"}


def texts_view(view: View, label: int) -> None:
    """Show the themes, words and quotes of a segment, or which upload would bring them."""
    if not view.run.readings:
        st.info(
            "Upload product names or descriptions, reviews or notes, and their themes, words and quotes "
            "appear here."
        )
        return
    found = explanations.said(view)[label]
    themes, words = st.columns(2, gap="medium")
    with themes:
        _themes(explanations.by_features(view)[label].themes)
    with words:
        for one in found.words:
            _words(one)
        if not found.words:
            st.caption("No word is told more often here than elsewhere.")
    _quotes(found.quotes)


def _themes(themes: Sequence[ThemeShare]) -> None:
    if not themes:
        return
    st.markdown("**Themes**")
    rows = [
        Row(
            one.feature.label.removeprefix("Theme: "),
            tuple(Share(part, formats.percent(part)) for part in (one.inside, one.others)),
        )
        for one in themes
    ]
    folding_table(THEMES, rows, "How much is about each theme")
    st.caption("How much of what they choose or write is about each theme, on average.")


def _words(found: SourceWords) -> None:
    st.markdown(f"**{SOURCES.get(found.source) or f'In “{plain(found.source)}”'}**")
    with st.container(horizontal=True, gap="xsmall"):
        for word in found.words:
            told = (
                f"in {formats.percent(word.share)} of their texts, in {formats.percent(word.overall)} of all"
            )
            st.badge(plain(word.text), color="gray", help=told)


def _quotes(quotes: Sequence[Quote]) -> None:
    if not quotes:
        st.caption("Upload reviews with their texts to read here what they say in their own words.")
        return
    st.markdown("**In their own words**")
    for quote in quotes:
        st.markdown(f"> “{plain(quote.text)}”")


def products_view(view: View, label: int) -> None:
    """Show the products that the segment buys more often than all customers do."""
    found = explanations.bought(view)[label]
    if not found.products:
        st.caption(why_no_products(found.named))
        return
    folding_table(PRODUCTS, [_row(one) for one in found.products], "What they buy more often than all do")


def _row(one: LiftedProduct) -> Row:
    return Row(
        one.name,
        (
            f"{formats.percent(one.support)} ({count(one.buyers, 'customer')})",
            formats.percent(one.of_buyers),
            formats.percent(one.of_purchases),
            formats.times(one.lift),
        ),
    )
