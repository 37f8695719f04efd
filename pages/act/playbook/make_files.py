"""From a play to its files: how many are held out and where the files go follow from the play."""

from __future__ import annotations

import math

import streamlit as st

from pages.shell.audience.button import audience_button
from pages.shell.audience.choices import choose_before
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import Platform, chosen_share, people_of_segment
from segmentation.action.playbook import Aspect, Edits, Play, said
from segmentation.runs import View

KEY = "play"
ANEW = "Your files hold out {share} now: making these draws anew who is held out, from every segment."


def make_files(view: View, play: Play, edits: Edits) -> None:
    """Offer the files of a play, with its hold-out and its channel set."""

    def as_the_play_says() -> None:
        share = hold_out_share(play) or chosen_share(workspace())
        choose_before(platform_of(said(play, Aspect.CHANNEL, edits)), share)

    people = people_of_segment(view, play.segment)
    audience_button(people, KEY, type="primary", label="Make the files", before=as_the_play_says)


def draws_anew(play: Play) -> None:
    """Say where making the files ends another hold-out that is under way."""
    share, kept = hold_out_share(play), chosen_share(workspace())
    if share and kept and share != kept:
        st.caption(ANEW.format(share=formats.percent(kept)))


def hold_out_share(play: Play) -> float:
    """Return the share (0..0.5) to hold out, in whole percent and never fewer than the test asks for."""
    test = play.figures.test
    if test is None or not test.held_out:
        return 0.0
    return min(math.ceil(100 * test.held_out / test.customers), 50) / 100


def platform_of(channel: str) -> Platform | None:
    """Return the platform that a channel names; None where it names none."""
    return next((one for one in Platform if str(one) in channel.casefold()), None)
