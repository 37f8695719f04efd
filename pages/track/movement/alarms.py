"""What is out of the ordinary this month, on top of who moved."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.shell.audience.button import audience_button
from pages.shell.following.alarms import alarms_of, begin_ringing, can_ring, ringing
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.action.audience import ListKind, PeopleList, Whereabouts
from segmentation.runs import Run
from segmentation.track.alarms.alarm_facts import Alarms, NewKindAlarm
from segmentation.track.alarms.kept_alarms import strangers
from segmentation.track.alarms.words import (
    MIX_TITLE,
    SLOW_MIX_TITLE,
    apart_sentence,
    mix_sentence,
    moved_sentence,
    moved_title,
    new_kind_sentence,
    new_kind_title,
    quiet_sentence,
    season_sentence,
    slow_mix_sentence,
)

ICON = ":material/notifications_active:"
LOOKING = "Your earlier months are being looked at for what is usual; alarms appear here then."


def alarms_view(run: Run) -> Alarms | None:
    """Show what rang in the last month, or that nothing did; where nobody has looked, a job does."""
    if not can_ring(run):
        return None
    found = alarms_of(run)
    if found is None:
        _looking(run)
        return None
    names = run.names_at(found.k)
    if not found.number:
        st.caption(plain(quiet_sentence(found)))
        return found
    if found.new_kind:
        _new_kind(run, found, found.new_kind)
    if found.mix:
        st.warning(plain(mix_sentence(found.mix, names, found)), title=MIX_TITLE, icon=ICON)
    if found.slow_mix:
        st.warning(plain(slow_mix_sentence(found.slow_mix, names)), title=SLOW_MIX_TITLE, icon=ICON)
    for one in found.moved:
        st.warning(plain(moved_sentence(one, found.currency)), title=plain(moved_title(one)), icon=ICON)
    if season := season_sentence(found):
        st.caption(plain(season))
    return found


def _looking(run: Run) -> None:
    """Begin to look, or say that somebody does, or why it ended."""
    job = ringing(run)
    if job is None:
        begin_ringing(run)
    if job and job.error:
        st.caption(plain(f"No alarms: {job.error.found}"))
    else:
        st.caption(LOOKING)


def _new_kind(run: Run, alarms: Alarms, alarm: NewKindAlarm) -> None:
    """Show who they are, what sets them apart, and hand them over."""
    names = run.names_at(alarms.k)
    told = f"{new_kind_sentence(alarm, names)} {apart_sentence(alarm)}"
    st.warning(plain(told), title=new_kind_title(alarm), icon=ICON)
    people = strangers(workspace())
    who = people[people["in_group"]] if alarm.together else people

    def members() -> np.ndarray:
        return who["customer_id"].to_numpy(dtype=object)

    placed = Whereabouts(alarms.fingerprint, tuple(int(label) for label in who["segment"]))
    audience_button(
        PeopleList(ListKind.STRANGERS, new_kind_title(alarm), run.run_id, alarms.k, members, "", placed),
        key="strangers",
    )
