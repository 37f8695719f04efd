"""The segments that are followed: since when, who stands where now, and the button that looks again."""

from __future__ import annotations

import streamlit as st

from pages.shell.guard import correct, show_error
from pages.shell.jobs import job_panel
from pages.shell.words import plain
from pages.shell.workspace import workspace
from pages.track.runs.kept import ASSIGN, adopt_and_assign, names_of, start_assigning
from pages.track.runs.line import ToDo, pressed_beside
from segmentation import formats
from segmentation.charts.overview import share_bars
from segmentation.jobs import Job
from segmentation.runs import Run
from segmentation.runs.kept.standing import InFigures, in_figures
from segmentation.track.frozen import Adopted, adopted_run

NOT_YET = (
    "Adopt these segments, and they stay as they are: customers of new files are put into them, and you see "
    "who moved. Nothing is found anew until you ask for it."
)
LOOK_AGAIN = ToDo(
    "Look again", "assign_now", "Put the customers of the files that are here now into these segments."
)


def adopted_view(run: Run) -> None:
    """Show what is adopted and who stands where, or offer to adopt the newest segments."""
    adopted = adopted_run(workspace())
    if adopted is None:
        _offer(run)
    else:
        _since(adopted)
    found = in_figures(workspace())
    if found is not None:
        _figures(found)
    job_panel("runs", _outcome)


def _offer(run: Run) -> None:
    st.info(NOT_YET, title="No segments are adopted", icon=":material/ac_unit:")
    if st.button("Adopt these segments", key="adopt_newest", type="primary", icon=":material/ac_unit:"):
        correct(lambda: adopt_and_assign(run.run_id))


def _since(adopted: Adopted) -> None:
    line = f"**{adopted.k} segments**, adopted on {formats.date(adopted.adopted_at)}."
    if pressed_beside(line, LOOK_AGAIN):
        start_assigning()
        st.rerun()
    if renamed := _renamed(adopted):
        st.caption(plain(f"Called otherwise when they were adopted: {renamed}."))


def _renamed(adopted: Adopted) -> str:
    """Tell which of the adopted segments had other names then."""
    now = names_of(adopted.run_id, adopted.k) or []
    names = adopted.names or now  # an earlier version did not keep them
    return ", ".join(f"{name} (then “{then}”)" for name, then in zip(now, names, strict=True) if name != then)


def _figures(found: InFigures) -> None:
    names = names_of(found.followed.run_id, found.followed.k)
    if names is None:
        return
    day = formats.date(found.followed.day) if found.followed.day else "today"
    tiles = st.columns(3)
    tiles[0].metric(f"Customers as of {day}", f"{found.customers:,}")
    tiles[1].metric("Moved within 31 days", f"{found.moved:,}")
    tiles[2].metric("Unlike anybody", f"{found.unlike_anybody:,}")
    shares = [found.sizes.get(label, 0) / max(1, found.customers) for label in range(found.followed.k)]
    st.plotly_chart(
        share_bars(names, shares, None),
        key="runs_shares",
        config={"displayModeBar": False},
        alt="Share of customers in each segment now",
    )
    with st.expander("How this is computed", icon=":material/function:"):
        st.markdown(
            "Each customer goes to the segment whose middle is nearest, by the scales, the language model "
            "and the middles of the day when the segments were found; nothing is learned anew. *Unlike "
            "anybody* is who is farther from the middle than 99 of 100 of the segment’s customers were, "
            "measured on customers that the middles had not seen."
        )


def _outcome(job: Job) -> None:
    if job.title != ASSIGN:
        return
    if job.error:
        show_error(job.error)
    elif isinstance(job.result, tuple):
        for told in job.result[0]:
            st.warning(plain(told))
