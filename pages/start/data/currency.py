"""Asking which currency amounts are in where no file says it, and in which all are to be where several do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.shell import cached
from pages.shell.held.remembered import forget_runs
from pages.shell.options import load_options, save_options
from pages.shell.workspace import workspace
from segmentation.intake.shop import Shop
from segmentation.intake.values.currencies import every_code
from segmentation.runs.currency import choose_currency

KEY, REPORTING = "shop_currency", "reporting_currency"
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


AS_MOST_LINES = "{code}; others are set aside"


def currency_view(shop: Shop) -> None:
    """Ask for the currency where amounts have none, or several; what was chosen can be chosen anew."""
    if "lines.amount" not in shop.has:
        return
    if not shop.says_currency:
        _choice(
            "Which currency are the amounts in?", KEY, shop.currency or "", "Not said: plain numbers", _keep
        )
    elif shop.conversion:
        chosen = load_options(workspace()).reporting or ""
        nothing = AS_MOST_LINES.format(code=shop.currency)
        _choice("In which currency are all amounts to be?", REPORTING, chosen, nothing, _keep_reporting)


def _choice(question: str, key: str, chosen: str, nothing: str, keep: Callable[[], None]) -> None:
    with st.container(border=True, key="ask_currency"):
        st.markdown(f":material/payments: **{question}**")
        codes = ["", *FIRST, *(code for code in every_code() if code not in FIRST)]
        st.selectbox(
            "Currency",
            codes,
            index=codes.index(chosen),
            format_func=lambda code: code or nothing,
            key=key,
            on_change=keep,
            width=320,
            label_visibility="collapsed",
        )
        st.caption("Asked once, and written wherever money stands.")


def _keep() -> None:
    choose_currency(workspace(), st.session_state[KEY])
    cached.forget_shop()
    forget_runs()


def _keep_reporting() -> None:
    chosen = st.session_state[REPORTING] or None
    save_options(workspace(), replace(load_options(workspace()), reporting=chosen))
