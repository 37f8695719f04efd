"""What the segments are to tell apart: nothing in particular, a column, or what customers did later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from pages.shell import cached
from pages.shell.options import load_options, save_options
from pages.shell.words import plain, sentence
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.errors import NoHindsightError
from segmentation.features.cutoff import Period
from segmentation.features.outcomes import LATER, Outcome
from segmentation.runs import RunOptions

NONE, NOTHING = "", "Nothing in particular"
WITHOUT_CONCEPTS = (
    "Your own concepts are left out of the learning and of the comparison on held-out customers: in the "
    "segments they count as much as the average feature."
)


def outcome_choice(options: RunOptions) -> None:
    """Offer the outcomes that these files know, and for later ones the day that parts before from after."""
    st.header("What should the segments tell apart?")
    st.markdown("What foretells it counts more when segments are found; you will see whether that pays.")
    period, why = _period()
    later = [outcome for outcome in LATER.values() if period is not None]
    known = {outcome.name: outcome for outcome in (*later, *cached.features().outcomes)}
    wanted = options.outcome or NONE
    names = [NONE, *known] if wanted in {NONE, *known} else [NONE, *known, wanted]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Tell apart",
            names,
            index=names.index(wanted),
            format_func=lambda name: _label(name, known),
            key="outcome",
            on_change=_save_outcome,
            width=420,
        )
        if period is not None and chosen in LATER:
            _day(options, period)
    if chosen in known:
        st.caption(_meaning(known[chosen], period))
        if options.concepts:
            st.caption(WITHOUT_CONCEPTS)
    if period is None:
        st.caption(f"What customers did later cannot be chosen: {why}")


def _label(name: str, known: dict[str, Outcome]) -> str:
    if name == NONE:
        return NOTHING
    if name not in known:
        return f"{name} (not in your files any more)"
    return formats.capitalised(known[name].label)


def _meaning(outcome: Outcome, period: Period | None) -> str:
    if outcome.column is not None or period is None:
        return f"{plain(outcome.definition)} It never counts as a feature, nor does what is made of it."
    return (
        f"{outcome.definition} Learned from what {period.known:,} customers did before "
        f"{formats.date(period.cutoff)} and in the {period.days} days from then on, then applied to what is "
        "known today."
    )


def _period() -> tuple[Period | None, str]:
    """Return how the history is parted, or why it cannot be; a day that does not suit gives way."""
    try:
        return cached.period(load_options(workspace()).cutoff_day), ""
    except NoHindsightError as error:
        if load_options(workspace()).cutoff is None:
            return None, f"{sentence(error.found)} {error.remedy}"
    save_options(workspace(), replace(load_options(workspace()), cutoff=None))
    st.warning("Too little lies before or after that day. The day is chosen by your data again.")
    return _period()


def _day(options: RunOptions, period: Period) -> None:
    st.date_input(
        "Later means from this day on",
        value=period.cutoff.date(),
        max_value=period.end.date(),
        format="YYYY-MM-DD",
        key="outcome_cutoff",
        on_change=_save_day,
        width=240,
    )


def _save_outcome() -> None:
    save_options(workspace(), replace(load_options(workspace()), outcome=st.session_state["outcome"] or None))


def _save_day() -> None:
    day = st.session_state["outcome_cutoff"]
    if isinstance(day, date):
        save_options(workspace(), replace(load_options(workspace()), cutoff=day.isoformat()))
