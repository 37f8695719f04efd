"""What was found, on screen: headline, forest plot and the table beside it, or why nothing is told."""

from __future__ import annotations

import streamlit as st

from pages.shell.browser.table import Column, Row, folding_table
from pages.shell.guard import next_step
from pages.shell.routes import DATA
from pages.shell.words import plain
from segmentation import formats
from segmentation.charts.forest import Branch, forest_chart
from segmentation.track.results import words
from segmentation.track.results.facts import Effect, Refusal, Result, Verdict

ALL = "All together"
NEW_ORDERS = frozenset({Refusal.NOT_CLOSED, Refusal.NO_ORDERS})


def told(result: Result) -> None:
    """Show what a campaign brought, or the counts and why there is no more."""
    if result.refused:
        _refused(result)
    elif result.pooled is not None and result.pooled.lift is not None:
        _found(result, result.pooled)
    for one in result.noted:
        st.caption(f":material/info: {plain(words.note_words(one))}")


def _refused(result: Result) -> None:
    for one in result.refused:
        early = one.why in NEW_ORDERS
        show = st.info if early else st.warning
        show(
            plain(words.refusal_words(one)),
            title="Not yet" if early else "No difference can be told",
            icon=":material/hourglass_top:" if early else ":material/block:",
        )
    with st.container(horizontal=True):
        st.metric("On the file", f"{result.treated:,}", width=140)
        st.metric("Held out", f"{result.held:,}", width=140)
        st.metric("Ordered so far, both", f"{result.ordered:,}", width=200)
        st.metric("Window closes", formats.date(result.closes_on), width=180)
    if any(one.why in NEW_ORDERS for one in result.refused):
        next_step(DATA, "Add a newer order export", icon=":material/upload_file:")


def _found(result: Result, pooled: Effect) -> None:
    st.markdown(f"**{plain(words.headline(result))}**")
    _tiles(result, pooled)
    st.plotly_chart(
        forest_chart(branches(result)),
        key="results_forest",
        config={"displayModeBar": False},
        alt="The difference in each segment with its interval, and in all together",
    )
    folding_table(columns(result), rows(result), "What the campaign brought in each segment, and in all")
    if differing := [f"{one.segment + 1} {one.name}" for one in result.segments if one.differs]:
        st.caption(f"Other than the rest, beyond chance: {plain(', '.join(differing))}.")


def _tiles(result: Result, pooled: Effect) -> None:
    """Show people, money and profit, each with its interval."""
    with st.container(horizontal=True):
        if pooled.extra:
            _tile(
                "More customers ordered",
                formats.number(round(pooled.extra.value)),
                words.people_ends(pooled.extra),
            )
        if pooled.money:
            value = formats.money(pooled.money.extra.value, result.currency)
            _tile(words.more_title(result), value, words.money_ends(pooled.money.extra, result.currency))
        if result.profit:
            value = formats.money(result.profit.value, result.currency)
            _tile(words.left_title(result), value, words.money_ends(result.profit, result.currency))
    if pooled.money and pooled.money.few:
        st.caption(words.FEW_BUYERS)
    if pooled.money and (trimmed := pooled.money.without_largest):
        st.caption(words.WITHOUT_LARGEST.format(amount=words.money_words(trimmed, result.currency)))


def _tile(label: str, value: str, told: str) -> None:
    st.metric(label, value, told, delta_color="off", delta_arrow="off", border=True, width=230)


def branches(result: Result) -> list[Branch]:
    """Return the lines of the forest plot, in points, the pooled one last."""
    lines = [_branch(one.segment, f"{one.segment + 1} {one.name}", one.effect) for one in result.segments]
    pooled = _branch(None, ALL, result.pooled) if result.pooled else None
    return [one for one in (*lines, pooled) if one]


def _branch(segment: int | None, name: str, effect: Effect) -> Branch | None:
    lift = effect.lift
    if lift is None:
        return None
    value, low, high = (words.POINT * end for end in (lift.value, lift.low, lift.high))
    people = effect.treated + effect.held
    return Branch(segment, name, value, low, high, people, f"{name}: {words.lift_words(lift)}")


def columns(result: Result) -> list[Column]:
    """Return what is told of each segment: a verdict, and numbers."""
    numbers = ["Difference", "Ordered", "Held out ordered", words.NEXT_TIME]
    numbers += [words.more_title(result)] if _has_money(result) else []
    return [Column("Segment"), Column("What it says"), *(Column(one, numeric=True) for one in numbers)]


def rows(result: Result) -> list[Row]:
    """Return a row for each segment and one for all, in words."""
    told = [Row(one.name, _cells(one.effect, one.shrunk, result), one.segment) for one in result.segments]
    return [*told, *([Row(ALL, _cells(result.pooled, None, result))] if result.pooled else [])]


def _cells(effect: Effect, shrunk: float | None, result: Result) -> tuple[str, ...]:
    cells = (
        formats.capitalised(words.verdict_words(effect)),
        words.lift_words(effect.lift) if effect.lift else formats.NOTHING,
        f"{formats.percent(effect.rate)} of {effect.treated:,}",
        f"{formats.percent(effect.held_rate)} of {effect.held:,}",
        formats.points(shrunk) if shrunk is not None else formats.NOTHING,
    )
    if not _has_money(result):
        return cells
    return *cells, words.money_words(effect.money.extra, result.currency) if effect.money else formats.NOTHING


def _has_money(result: Result) -> bool:
    return bool(result.pooled and result.pooled.money)


def can_be_kept(result: Result) -> bool:
    """Whether there is a difference to keep."""
    return any(one.effect.verdict is not Verdict.NO_CONTROL for one in result.segments)
