"""The cleaning ledger: what every rule set aside or changed, with shares and money; switches, some rows."""

from __future__ import annotations

import streamlit as st

from pages.shell.browser.table import Column, Row, folding_table
from pages.shell.options import load_options, save_cleaning
from pages.shell.people.rights import may, require
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.files import to_csv_bytes, told_in
from segmentation.intake.cleaning.ledger import ledger_sample, ledger_table
from segmentation.intake.cleaning_rules import RULES, Rule
from segmentation.intake.shop import FileRows, LedgerEntry, Shop
from segmentation.intake.words import RULE_WORDS
from segmentation.people import Right
from segmentation.runs import RunOptions

ROWS, SHARE, REVENUE, EFFECT = "Rows", "Share of the file", "Revenue", "What happens"
HEADINGS = ["Rule", ROWS, REVENUE, EFFECT]
WIDTHS = [5, 2, 2, 3]
COLUMNS = (
    Column("Rule"),
    Column("File"),
    *(Column(number, numeric=True) for number in (ROWS, SHARE, REVENUE)),
    Column(EFFECT),
)


def ledger(shop: Shop, options: RunOptions) -> None:
    """Draw what every rule found; folded, the account of every file with the switches."""
    if not shop.ledger:
        return
    st.header("What was cleaned")
    folding_table(COLUMNS, _as_rows(shop), "Rows that each rule of cleaning found")
    with st.expander("Switch rules, see some rows", key="ledger_open", on_change="rerun") as account:
        if account.open:
            _accounts(shop, options)


def _as_rows(shop: Shop) -> list[Row]:
    """Return a row for each rule of each file that found something."""
    read = {file.upload_id: file.read for file in shop.files}
    return [
        Row(
            RULE_WORDS[entry.rule].title,
            (
                entry.file_name,
                f"{entry.rows:,}",
                formats.percent(entry.rows / read[entry.upload_id]),
                formats.money(entry.revenue or None, shop.currency),  # what comes to nothing moves nothing
                _effect(entry),
            ),
        )
        for entry in shop.ledger
    ]


def _accounts(shop: Shop, options: RunOptions) -> None:
    st.caption(
        "Every row either counts or is set aside by one rule, the first in this order that finds it. "
        "A switch holds for all files; press Find segments to see who moves."
    )
    for file in shop.files:
        _file(file, [entry for entry in shop.ledger if entry.upload_id == file.upload_id], shop, options)
    st.download_button(
        "Download the ledger (CSV)",
        data=lambda: to_csv_bytes(told_in(ledger_table(shop), shop.currency)),
        file_name="cleaning-ledger.csv",
        mime="text/csv",
        key="download_ledger",
        icon=":material/download:",
        on_click="ignore",
    )


def _file(file: FileRows, entries: list[LedgerEntry], shop: Shop, options: RunOptions) -> None:
    aside = file.read - file.used
    account = f"{count(file.read, 'row')} read: {file.used:,} used, {aside:,} set aside"
    if not entries:
        account = f"{count(file.read, 'row')} read, all used"
    with st.container(border=True, key=f"ledger_{file.upload_id}"):
        st.markdown(f"**{plain(file.file_name)}**  \n:small[:gray[{account}]]")
        if not entries:
            return
        for column, heading in zip(st.columns(WIDTHS), HEADINGS, strict=True):
            column.caption(heading)
        for entry in entries:
            _rule(entry, shop.currency, options)
        if may(Right.EDIT):
            _sample(file, entries)


def _rule(entry: LedgerEntry, currency: str | None, options: RunOptions) -> None:
    """Draw one rule: its switch, its rows, their revenue, and what happens to them."""
    switched, key = RULES[entry.rule], f"rule_{entry.upload_id}_{entry.rule}"
    # What is stored wins, so that the same rule shows the same under every file and in every tab.
    st.session_state[key] = options.cleaning.applies(entry.rule)
    switch, rows, revenue, effect = st.columns(WIDTHS, vertical_alignment="center")
    with switch:
        st.toggle(
            RULE_WORDS[entry.rule].title,
            key=key,
            disabled=switched.fixed or not _may_switch(entry.rule),
            help=_explanation(entry.rule),
            on_change=_switch,
            args=(entry.rule, key),
        )
    rows.markdown(count(entry.rows, "row"))
    revenue.markdown(plain(formats.money(entry.revenue or None, currency)))
    effect.caption(plain(f"{_effect(entry)}{f' ({entry.detail})' if entry.detail else ''}"))


def _explanation(rule: Rule) -> str:
    switched = RULES[rule]
    usual = (
        "It has no switch." if switched.fixed else f"It is {'on' if switched.default else 'off'} by default."
    )
    return plain(f"{RULE_WORDS[rule].explanation} {usual}")


def _effect(entry: LedgerEntry) -> str:
    if RULES[entry.rule].changes:
        return "corrected" if entry.applied else "left as they are"
    return "set aside" if entry.applied else "counted"


def _may_switch(rule: Rule) -> bool:
    """Whether the visitor may: who was forgotten at their wish comes back by an owner's word alone."""
    return rule is not Rule.FORGOTTEN or may(Right.OWN)


def _switch(rule: Rule, key: str) -> None:
    if not _may_switch(rule):
        require(Right.OWN)
    cleaning = load_options(workspace()).cleaning
    save_cleaning(workspace(), cleaning.switched(rule, st.session_state[key]))


def _sample(file: FileRows, entries: list[LedgerEntry]) -> None:
    """Show some rows of the rule that is asked for; none is read before."""
    with st.expander("See some of these rows"):
        chosen = st.selectbox(
            "Rows of",
            [entry.rule for entry in entries if entry.rule is not Rule.FORGOTTEN],
            index=None,
            format_func=lambda rule: RULE_WORDS[rule].title,
            placeholder="Choose a rule",
            key=f"sample_{file.upload_id}",
        )
        if chosen:
            st.dataframe(ledger_sample(workspace(), file.upload_id, Rule(chosen)), hide_index=True)
