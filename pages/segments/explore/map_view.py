"""The map of customers, in colours; what is drawn around customers gives the list of them."""

from __future__ import annotations

import streamlit as st

from pages.segments.explore.component import mount
from pages.segments.explore.map_colours import Colours, colours_by
from pages.shell import latest
from pages.shell.words import count
from segmentation.charts import figures as charts
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.runs import Run, View

MOST_CORNERS = 5_000


def map_view(view: View, colour: str, own: tuple[str, ...]) -> latest.Outline:
    """Show the map, and return what was drawn around customers; empty where nothing was.

    :param colour: what the colours mean, as `colour_choice` gives it.
    :param own: the concepts by which the map may be coloured.
    """
    run = view.run
    colours = colours_by(view, colour, own)
    shown = {"run": run.run_id, "k": view.k, "customers": run.customers, "colours": colours.frame}
    answer = mount(
        "map",
        key="explore_map",
        data={**shown, **_legend(view, colours)},
        on_outline_change=_nothing,  # the value is read below
    )
    return _outline(answer.get("outline"), run.run_id)


def map_notes(run: Run) -> None:
    """Say what the map shows, the same for every k."""
    drawn = len(latest.places(run.run_id).drawn)
    mist = f"{drawn:,} of them drawn; grey mist: all. " if drawn < run.customers else ""
    st.caption(f"{count(run.customers, 'customer')}. {mist}Draw around some with **Box** or **Lasso**.")


def how_mapped(run: Run) -> None:
    """Say how the map is made and how much of the differences it shows."""
    st.markdown(
        f"{HOW_COMPUTED['map']} A flat picture can show only part of the differences: here "
        f"{run.map_explained:.0%}."
    )


def _legend(view: View, colours: Colours) -> dict[str, object]:
    segments = []
    for label, name in enumerate(view.names):
        colour, symbol = charts.style_of(label)
        segments.append({"name": name, "colour": colour, "symbol": symbol})
    what = colours.scale["label"] if colours.scale else "segments"
    alt = f"Every point is a customer; neighbours are alike; colours are {what}"
    return {"segments": segments, "scale": colours.scale, "alt": alt}


def _outline(answer: dict | None, run_id: str) -> latest.Outline:
    """Read what the browser sent; an outline of an earlier run means nothing here."""
    if not answer or answer["run"] != run_id:
        return ()
    return tuple((float(x), float(y)) for x, y in answer["corners"][:MOST_CORNERS])


def _nothing() -> None:
    """Ask for a rerun of the fragment, no more."""
