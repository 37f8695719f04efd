"""What the shop's own system says of a month, held against the files, and what would explain a difference."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from pages.shell.guard import correct
from pages.shell.options import load_options, save_cleaning
from pages.shell.words import plain
from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation import formats
from segmentation.intake.proof.changes import take
from segmentation.intake.proof.month_check import MonthCheck, check_month, compare
from segmentation.intake.proof.months import MonthFigures
from segmentation.intake.proof.other_readings import Explaining, Said
from segmentation.intake.proof.words import changes_sentence, month_sentence
from segmentation.jobs import Job, Progress

SAME = 0.005


def month_check(months: pd.DataFrame, currency: str | None) -> None:
    """Ask for the figures of a month, and say whether they agree."""
    st.caption("What your shop’s own system says of a month, held against the files.")
    _ask(months, currency)
    said: Said | None = st.session_state.get(StateKeys.MONTH_SAID)
    if said is None:
        return
    check = compare(said, _figures(months, said.month))
    told = plain(month_sentence(check, currency))
    if check.agrees:
        st.success(told, icon=":material/check_circle:")
        return
    st.warning(told, icon=":material/balance:")
    explained = _explained(check)
    if explained:
        _explanations(explained, currency)
    elif st.button("Find out why", key="month_why", icon=":material/search:"):
        start_checking(said)
        st.rerun()


def start_checking(said: Said) -> Job:
    """Queue trying other readings of the files, one change at a time."""
    opened, cleaning = workspace(), load_options(workspace()).cleaning

    def work(on_progress: Progress) -> tuple[MonthCheck, ...]:
        return (check_month(opened, cleaning, said, on_progress),)

    return job_manager().start(f"Compare {said.month:%B %Y} with your shop", work)


def _ask(months: pd.DataFrame, currency: str | None) -> None:
    days = [moment.date() for moment in reversed(months["month"].tolist())]
    before: Said | None = st.session_state.get(StateKeys.MONTH_SAID)  # the page is drawn anew after a job
    last = min(1, len(days) - 1)  # the very last month may not be over
    with (
        st.form("month_form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        month = st.selectbox(
            "Month",
            days,
            index=days.index(before.month) if before and before.month in days else last,
            format_func=lambda day: f"{day:%B %Y}",
            key="month_chosen",
            width=190,
        )
        revenue = st.number_input(
            f"Revenue{f' in {currency}' if currency else ''}",
            value=before.revenue if before else None,
            key="month_revenue",
            width=190,
        )
        orders = st.number_input(
            "Orders (if you like)",
            value=before.orders if before else None,
            min_value=0,
            step=1,
            key="month_orders",
            width=190,
        )
        if not st.form_submit_button("Compare", key="month_compare") or revenue is None:
            return
    said = Said(month, revenue, orders)
    st.session_state[StateKeys.MONTH_SAID] = said
    if not compare(said, _figures(months, month)).agrees:
        start_checking(said)
        st.rerun()


def _figures(months: pd.DataFrame, month: date) -> MonthFigures:
    """Look a month up, among those that are drawn."""
    found = months[months["month"] == pd.Timestamp(month)]
    return MonthFigures(float(found["revenue"].fillna(0).sum()), 0.0, int(found["orders"].sum()))


def found_by(job: Job | None) -> MonthCheck | None:
    """Return what a job found, where it was to compare a month."""
    result = job.result if job else None
    return result[0] if isinstance(result, tuple) and result and isinstance(result[0], MonthCheck) else None


def _explained(check: MonthCheck) -> MonthCheck | None:
    """Return what the last job found of the same figures, unless the files are read otherwise since."""
    found = found_by(job_manager().latest)
    if found is None or found.said != check.said or found.orders != check.orders:
        return None
    return found if abs(found.revenue - check.revenue) < SAME else None


def _explanations(check: MonthCheck, currency: str | None) -> None:
    if not check.explanations:
        st.caption(
            "No other reading comes near. Does your shop’s figure hold tax, shipping or orders that these "
            "files do not?"
        )
    for place, explanation in enumerate(check.explanations):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_told(explanation, currency), width="stretch")
            _take_button(explanation, place)


def _told(explanation: Explaining, currency: str | None) -> str:
    comes_to = f"{formats.money(explanation.revenue, currency)} in {explanation.orders:,} orders"
    return f"{plain(changes_sentence(explanation.changes))}: **{plain(comes_to)}**"


def _take_button(explanation: Explaining, place: int) -> None:
    taken = [change for change in explanation.changes if change.can_be_taken]
    if not taken:
        st.caption("Nothing to change here")
    elif st.button("Read it so", key=f"month_take_{place}", icon=":material/check:"):
        correct(
            lambda: save_cleaning(workspace(), take(workspace(), taken, load_options(workspace()).cleaning))
        )
