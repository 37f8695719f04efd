"""What leads from pages of segments to what is wrong or asked about the files."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell import cached, latest, proved
from pages.shell.guard import next_step
from pages.shell.routes import DATA
from pages.shell.words import plain
from pages.shell.workspace import job_manager
from segmentation.errors import SegmentationError
from segmentation.intake.proof import alarms, words
from segmentation.runs import Run


def alarm_lines(run: Run) -> None:
    """Say on a page of segments that something about the files is wrong or asked, with a way there."""
    if job_manager().running or not latest.is_current(run):
        return
    try:
        shop = cached.shop()
    except SegmentationError:
        return  # the Data page says what is the matter; these segments are still here
    for title in dict.fromkeys(words.alarm_title(one) for one in proved.alarms_of(shop)):
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
