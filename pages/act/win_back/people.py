"""The people to win back now: how many, with what at risk, who they are, and the files."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from pages.act.win_back.message import message_view
from pages.act.win_back.table import SEGMENT, WIDTHS, folded_list, list_table, said
from pages.act.win_back.value import HORIZON
from pages.act.win_back.wanted import choose
from pages.shell import cached, latest
from pages.shell.audience.button import audience_button
from pages.shell.audience.logged import logged
from pages.shell.browser.either import grid_or_folded
from pages.shell.people.rights import may
from pages.shell.words import count, plain, width_of
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import ListKind, PeopleList, addresses
from segmentation.action.retention import (
    EVERYBODY,
    EXPECTED_TO_STAY,
    HORIZONS,
    Listed,
    Outlook,
    Silence,
    Wanted,
    are_expected_to_stay,
    count_win_back,
    list_win_back,
    retention_csv,
    silence_sentence,
    sum_win_back,
    usual_silence,
    win_back_csv,
)
from segmentation.people import Right
from segmentation.runs import View

ROWS_SHOWN, EMAILS = 200, "email"
LIST, EVERYONES = "win-back.csv", "customers-value-and-risk.csv"


def this_week(view: View, found: Outlook) -> None:
    """Show whom to win back first, and offer the whole list."""
    if found.definition is None:
        return
    usual, days = usual_silence(found.definition), int(st.session_state.get(HORIZON) or max(HORIZONS))
    everybody = sum_win_back(workspace(), view, days, usual)
    _headline(view, found, days, everybody)
    wanted, silence = choose(view, found, found.definition)
    listed = everybody
    if (wanted, silence) != (EVERYBODY, usual):
        listed = sum_win_back(workspace(), view, days, silence, wanted)
    if listed.people:
        rows = list_win_back(workspace(), view, days, silence, ROWS_SHOWN, wanted)
        _table(view, found, rows)
        _under_the_table(view, found, listed, rows)
    else:
        st.markdown("**Nobody** of these is overdue and more likely to leave than to stay.")
    _left_out(view, silence)
    _hand_over(view, found, days, (wanted, silence), listed.people)
    message_view(view, wanted)


def _headline(view: View, found: Outlook, days: int, listed: Listed) -> None:
    people = count(listed.people, "person", "people") if listed.people else "nobody"
    if not (found.value and listed.people):
        st.header(f"This week: {people}")
        return
    money = said(found, view.run.currency)(listed.at_risk) + ("" if found.has_spend else " orders")
    st.header(f"This week: {people}, {plain(money)} at risk")
    st.caption(
        f"At risk: what they would bring in the next {days} days by staying × the risk that they leave."
    )


def _table(view: View, found: Outlook, rows: pd.DataFrame) -> None:
    contacts = pd.DataFrame()
    if latest.is_current(view.run):
        cached.shop()  # the tables must be those of the files
        contacts = addresses(workspace(), rows["customer_id"].to_numpy(dtype=object))
    widths, alt = {**WIDTHS, SEGMENT: width_of(view.names)}, "The people to win back, the most at risk first"

    def grid() -> None:
        st.dataframe(
            list_table(view, found, rows, contacts),
            hide_index=True,
            key="retain_list",
            column_config={name: st.column_config.Column(width=wide) for name, wide in widths.items()},
            alt=alt,
        )

    grid_or_folded("retain", grid, *folded_list(view, found, rows, contacts), alt)
    if not may(Right.EDIT):
        st.caption("Names and addresses are for editors and owners of this workspace.")
    elif latest.is_current(view.run) and contacts.empty:
        st.caption("No names, and no addresses of people who agreed: add a customer file to write to them.")
    elif EMAILS in contacts and (contacts[EMAILS] == "").any():
        st.caption("Addresses are shown of people who agreed to be written to.")


def _under_the_table(view: View, found: Outlook, listed: Listed, rows: pd.DataFrame) -> None:
    told = [f"**{count(listed.people, 'person', 'people')}** in this list"]
    if found.value:
        told.append(f"{plain(said(found, view.run.currency)(listed.at_risk))} at risk")
    if listed.people > ROWS_SHOWN:
        told.append(f"the first {ROWS_SHOWN:,} are shown, the file has all of them")
    st.markdown(", ".join(told) + ".")
    if found.value and are_expected_to_stay(rows):
        st.caption(f":material/info: {EXPECTED_TO_STAY}")


def _left_out(view: View, silence: Silence) -> None:
    likely = count_win_back(workspace(), view.run, silence)
    said = silence_sentence(silence.without_rhythm)
    if likely.too_recent + likely.gone:
        said += (
            f" Left out though likely to leave: {count(likely.too_recent, 'customer')} not overdue yet, and "
            f"{likely.gone:,} silent for more than {formats.days(silence.up_to)}."
        )
    st.caption(said)


def _hand_over(view: View, found: Outlook, days: int, chosen: tuple[Wanted, Silence], listed: int) -> None:
    """Offer the list as an audience and as a file, and the file of everybody."""
    wanted, silence = chosen

    def members() -> np.ndarray:
        rows = list_win_back(workspace(), view, days, silence, wanted=wanted)
        return rows["customer_id"].to_numpy(dtype=object)

    with st.container(horizontal=True):
        if listed:
            narrowed = "narrowed" if wanted != EVERYBODY else ""
            audience_button(
                PeopleList(ListKind.WIN_BACK, "Win back", view.run.run_id, view.k, members, narrowed),
                key="win_back",
                type="primary",
            )
            content = lambda: win_back_csv(workspace(), view, found, days, silence, wanted)  # noqa: E731
            _file("Download the win-back list (CSV)", logged(content, LIST, listed, members), LIST)
        everyone = logged(lambda: retention_csv(workspace(), view), EVERYONES, view.run.customers)
        _file("All customers with value and risk (CSV)", everyone, EVERYONES)


def _file(label: str, data: Callable[[], bytes], name: str) -> None:
    st.download_button(
        label,
        data=data,
        file_name=name,
        mime="text/csv",
        key=f"_download_{name}",
        on_click="ignore",
        icon=":material/download:",
    )
