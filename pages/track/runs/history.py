"""What was found before: each run with its day and the data it saw, to adopt or to delete."""

from __future__ import annotations

import streamlit as st

from pages.shell.guard import correct
from pages.shell.words import count, plain
from pages.shell.workspace import job_manager, workspace
from pages.track.runs.kept import adopt_and_assign, delete
from segmentation import formats
from segmentation.runs import KEEP_RUNS, KeptRun, Run, list_runs

SHOWN = 3


def history_view(run: Run) -> None:
    """List the runs, the newest first; older ones are folded."""
    kept = list_runs(workspace())
    st.header("What was found, and of which data")
    for one in kept[:SHOWN]:
        _card(one, one.run_id == run.run_id)
    if len(kept) > SHOWN:
        with st.expander(f"{len(kept) - SHOWN} more", icon=":material/history:", key="runs_older"):
            for one in kept[SHOWN:]:
                _card(one, newest=False)
    st.caption(f"The last {KEEP_RUNS} are kept, and the adopted one.")


def _card(kept: KeptRun, newest: bool) -> None:
    running = job_manager().running is not None
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        state = " · adopted" if kept.adopted else " · newest" if newest else ""
        st.markdown(f"**{formats.date(kept.made_at)}, {kept.made_at:%H:%M} UTC{state}**  \n{_seen(kept)}")
        if not kept.adopted and st.button(
            "Adopt", key=f"adopt_{kept.run_id}", icon=":material/ac_unit:", disabled=running
        ):
            correct(lambda: adopt_and_assign(kept.run_id))
        if not (kept.adopted or newest) and st.button(
            "Delete",
            key=f"delete_run_{kept.run_id}",
            icon=":material/delete:",
            type="tertiary",
            disabled=running,
        ):
            correct(lambda: delete(kept.run_id))


def _seen(kept: KeptRun) -> str:
    """Say what a run was made of."""
    parts = [count(kept.customers, "customer"), f"{kept.suggested} segments suggested"]
    if kept.files is not None and kept.rows is not None:
        parts.append(f"{count(len(kept.files), 'file')}, {count(kept.rows, 'row')}")
    if kept.first_day is not None and kept.last_day is not None:
        parts.append(f"{formats.date(kept.first_day)} to {formats.date(kept.last_day)}")
    return plain(" · ".join(parts))
