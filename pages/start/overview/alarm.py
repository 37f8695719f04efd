"""One line where anything is out of the ordinary, which leads to it."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.following.alarms import alarms_of, can_ring
from pages.shell.routes import WHO_MOVED
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.runs import Run
from segmentation.track.alarms.words import alarms_line
from segmentation.track.frozen import adopted_run


def alarm_line(run: Run) -> None:
    """Say what rang in the adopted segments, or those of this run; nothing where nobody has looked yet."""
    adopted = adopted_run(workspace())
    followed = (latest.run_of(adopted.run_id) if adopted else None) or run
    found = alarms_of(followed) if can_ring(followed) else None
    if found and found.number:
        st.page_link(WHO_MOVED, label=plain(alarms_line(found)), icon=":material/notifications_active:")
