"""The files at a glance: rows used, customers, span of dates, currency, questions; red only what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell import proved
from pages.shell.words import count, plain
from pages.start.data.words import (
    NO_AMOUNTS,
    NO_DATES,
    NOT_SAID,
    OTHERS_CONVERTED,
    OTHERS_SET_ASIDE,
    SAID_BY_FILES,
    SAID_BY_YOU,
)
from segmentation import formats
from segmentation.intake.proof.alarm import Alarm, Code
from segmentation.intake.proof.coverage import Leader, mostly_set_aside, rows_in_all
from segmentation.intake.proof.words import leader_sentence
from segmentation.intake.shop import Shop

OF_CUSTOMERS = (
    Code.NO_CUSTOMERS,
    Code.EMPTY_SHOP,
    Code.ONE_CUSTOMER,
    Code.EACH_LINE_A_CUSTOMER,
    Code.FEWER_CUSTOMERS,
)
OF_MONEY = (Code.NO_SPEND, Code.ALL_ZERO, Code.MOSTLY_GIVEN_BACK)
TILE_WIDTH = 165


def health_strip(shop: Shop, alarms: Sequence[Alarm]) -> None:
    """Draw a tile for each."""
    wrong = {alarm.code for alarm in alarms}
    with st.grid(min_column_width=TILE_WIDTH):
        _rows(shop)
        _customers(shop, wrong)
        _span(shop)
        _currency(shop, wrong)
        _questions(shop)
    for note in shop.notes:
        st.caption(plain(note))


def _rows(shop: Shop) -> None:
    rows = rows_in_all(shop)
    used = formats.percent(rows.used / rows.read if rows.read else None)
    _tile("Rows used", used, f"{rows.used:,} of {rows.read:,}", wrong=mostly_set_aside(rows))


def _customers(shop: Shop, wrong: set[Code]) -> None:
    nobody = Code.NO_CUSTOMERS in wrong
    first = proved.leader_of(shop) if "lines" in shop.has else None
    orders = count(first.orders_of_all, "order") if first and not nobody else ""
    _tile(
        "Customers",
        "Nobody" if nobody else f"{shop.customers:,}",
        orders,
        wrong=any(code in wrong for code in OF_CUSTOMERS),
        explained="" if nobody else _who(shop, first),
    )


def _who(shop: Shop, first: Leader | None) -> str:
    meaning = f"A customer is {shop.customer_meaning}."
    return f"{meaning} {leader_sentence(first)}" if first else meaning


def _span(shop: Shop) -> None:
    span = proved.span_of(shop)
    if span is None:
        _tile("Time", formats.NOTHING, NO_DATES)
        return
    days = (span.last - span.first).days + 1
    exactly = f"{formats.date(span.first)} to {formats.date(span.last)}"
    _tile("Time", formats.stretch(days), f"{span.first:%b %Y} to {span.last:%b %Y}", explained=exactly)


def _currency(shop: Shop, wrong: set[Code]) -> None:
    known = shop.currency or formats.NOTHING
    said = SAID_BY_FILES if shop.says_currency else SAID_BY_YOU if shop.currency else NOT_SAID
    if shop.conversion:
        said = OTHERS_CONVERTED if shop.conversion.first else OTHERS_SET_ASIDE
    has_amounts = "lines.amount" in shop.has
    _tile(
        "Currency",
        known if has_amounts else formats.NOTHING,
        said if has_amounts else NO_AMOUNTS,
        wrong=any(code in wrong for code in OF_MONEY),
    )


def _questions(shop: Shop) -> None:
    asked = sum(not doubt.answered for doubt in shop.doubts)
    _tile("Open questions", f"{asked or 'None'}", "Answer below" if asked else "")


def _tile(label: str, value: str, beside: str, wrong: bool = False, explained: str = "") -> None:
    st.metric(
        label,
        f":red[{plain(value)}]" if wrong else plain(value),
        plain(beside) or None,
        delta_color="off",
        delta_arrow="off",
        help=plain(explained) or None,
        border=True,
        height="stretch",
    )
