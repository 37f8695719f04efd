"""Asking once which currency the amounts are in, where no file says it."""

from __future__ import annotations

import streamlit as st

from pages.shell import cached, latest
from pages.shell.workspace import workspace
from segmentation.intake.shop import Shop
from segmentation.intake.values.currencies import every_code
from segmentation.runs.currency import choose_currency

KEY = "shop_currency"
FIRST = (
    "EUR",
    "USD",
    "GBP",
    "BRL",
    "CAD",
    "AUD",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "INR",
    "CNY",
    "JPY",
)


def currency_view(shop: Shop) -> None:
    """Ask for the currency where amounts have none; what was chosen can be chosen anew."""
    if shop.says_currency or "lines.amount" not in shop.has:
        return
    with st.container(border=True, key="ask_currency"):
        st.markdown(":material/payments: **Which currency are the amounts in?**")
        codes = ["", *FIRST, *(code for code in every_code() if code not in FIRST)]
        st.selectbox(
            "Currency",
            codes,
            index=codes.index(shop.currency or ""),
            format_func=lambda code: code or "Not said: plain numbers",
            key=KEY,
            on_change=_keep,
            width=320,
            label_visibility="collapsed",
        )
        st.caption("Asked once, and written wherever money stands.")


def _keep() -> None:
    choose_currency(workspace(), st.session_state[KEY])
    cached.forget_shop()
    latest.forget()
