"""What shows whether the files were understood, worked out once per shop; and the line that leads to it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shell import cached, latest
from pages.shell.guard import next_step
from pages.shell.routes import DATA
from pages.shell.words import plain
from pages.shell.workspace import job_manager, workspace
from segmentation.errors import SegmentationError
from segmentation.intake.proof import alarms, coverage, months, receipts, words
from segmentation.intake.proof.alarm import Alarm
from segmentation.intake.proof.coverage import Leader, Span
from segmentation.intake.proof.receipts import Receipt
from segmentation.intake.shop import Shop
from segmentation.runs import Run


@latest.remembered(1)
def alarms_of(fingerprint: str, _shop: Shop) -> tuple[Alarm, ...]:
    """Look for what cannot be right."""
    return alarms.alarms(workspace(), _shop)


@latest.remembered(1)
def receipts_of(fingerprint: str, _shop: Shop) -> tuple[Receipt, ...]:
    """Choose the orders to show."""
    return receipts.receipts(workspace(), _shop)


@latest.remembered(1)
def months_of(fingerprint: str, _shop: Shop) -> pd.DataFrame:
    """Add up the months; nobody may change the frame."""
    return months.months(workspace())


@latest.remembered(1)
def leader_of(fingerprint: str, _shop: Shop) -> Leader | None:
    """Find the customer with the most orders."""
    return coverage.leader(workspace())


@latest.remembered(1)
def span_of(fingerprint: str, _shop: Shop) -> Span | None:
    """Find from when to when the files tell."""
    return coverage.span(workspace())


def alarm_lines(run: Run) -> None:
    """Say on a page of segments that something about the files is wrong or asked, with a way there."""
    if job_manager().running or not latest.is_current(run):
        return
    try:
        shop = cached.shop()
    except SegmentationError:
        return  # the Data page says what is the matter; these segments are still here
    for title in dict.fromkeys(words.alarm_title(one) for one in alarms_of(shop.fingerprint, shop)):
        st.error(f"{plain(title)}: these segments may be wrong.", icon=":material/error:")
        next_step(DATA, "Look at your data")
    if asked := [doubt for doubt in shop.doubts if not doubt.answered]:
        several = f"{len(asked)} questions about your files are open"
        told = "One question about your files is open" if len(asked) == 1 else several
        st.markdown(f":material/help: {told}: {plain(asked[0].question)}")
        next_step(DATA, "Answer it")


def tiny_segments(sizes: Sequence[int]) -> None:
    """Warn of segments of one to three people; nothing where there are none."""
    if found := alarms.tiny_segments(sizes):
        st.error(plain(words.alarm_sentence(found)), title=words.alarm_title(found), icon=":material/error:")
