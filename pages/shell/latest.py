"""The latest run and its customers, as the screens read them: from memory, keyed by the run's id."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pages.shell import cached
from pages.shell.held.remembered import remembered
from pages.shell.people.audited import witness
from pages.shell.workspace import workspace
from segmentation.clusters.map import inside, stratified_sample
from segmentation.errors import OptionError
from segmentation.people.deed import Action
from segmentation.runs import (
    Run,
    View,
    keep_number,
    latest_run_id,
    load_customers,
    load_map,
    load_run,
    number_of,
    own_number,
    rename_segment,
    segment_names,
)
from segmentation.runs.view import follower

MOST_DRAWN = 50_000

Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Places:
    """The customers on the map: their positions in the run, where they are, and the rows of the drawn ones.

    `positions`, `x` and `y` have a row per customer on the map; `drawn` holds some of these rows, ascending.
    """

    positions: np.ndarray
    x: np.ndarray
    y: np.ndarray
    drawn: np.ndarray


def latest_run() -> Run | None:
    """Return the newest run with the names as they are now; None where there is none."""
    run_id = latest_run_id(workspace())
    if run_id is None:
        return None
    return with_names(_run(run_id))


def run_of(run_id: str) -> Run:
    """Return a run that is kept, with the names as they are now.

    :raises OptionError: if it was deleted.
    """
    return with_names(_run(run_id))


def with_names(run: Run) -> Run:
    """Return the run with the names as they are now, from memory."""
    return replace(run, names=_names())


def rename(label: int, name: str) -> None:
    """Give a segment a name of one's own; an empty one brings the generated name back."""
    rename_segment(workspace(), label, name)
    witness().note(Action.RENAME, f"segment {label + 1}")
    _names.clear()


def number(run: Run) -> int:
    """Say in how many segments a run is shown first: the shop's own number, or the suggested one."""
    return number_of(run, own())


def own() -> int | None:
    """Return the number of segments that the shop made its own, from memory."""
    return _own()[0]


def keep(k: int | None) -> None:
    """Make a number of segments the shop's own, or with None give it back."""
    keep_number(workspace(), k)
    _own.clear()


def is_current(run: Run) -> bool:
    """Whether the run was made from the files as they are now."""
    return run.fingerprint == cached.fingerprint()


@remembered(3, "Opening your segments …")
def _run(run_id: str) -> Run:
    run = load_run(workspace(), run_id)
    if run is None:
        raise OptionError("these segments were deleted meanwhile.", "Reload the page.")
    return run


@remembered(1)
def _names() -> dict[int, str]:
    return segment_names(workspace())


@remembered(1)
def _own() -> tuple[int | None]:
    return (own_number(workspace()),)


@remembered(1, "Opening your customers …")
def customer_rows(run_id: str) -> pd.DataFrame:
    """Read the row of every customer; the frame is shared, so nobody may change it."""
    return load_customers(workspace(), _run(run_id))


def view(run: Run, k: int) -> View:
    """Look at a run in k segments; its customers' rows come from memory, when they are asked for."""
    return View(run, k, lambda: customer_rows(run.run_id), follower(workspace()))


@remembered(1)
def places(run_id: str) -> Places:
    """Read where the customers are on the map, and choose who is drawn: the same for every k."""
    run = _run(run_id)
    stored = load_map(workspace(), run)
    positions = np.flatnonzero(np.isfinite(stored["x"]))
    x, y, segment = (stored[name][positions] for name in ("x", "y", "segment"))
    return Places(positions, x, y, stratified_sample(segment, MOST_DRAWN, run.options.seed))


@remembered(1)
def drawn_customers(run_id: str) -> pd.DataFrame:
    """Read the customers that are drawn on the map; the index is their position in the run."""
    shown = places(run_id)
    return load_customers(workspace(), _run(run_id), shown.positions[shown.drawn])


def drawn(view: View) -> View:
    """Look at the drawn customers alone."""
    return replace(view, source=lambda: drawn_customers(view.run.run_id))


@remembered(4)
def circled(run_id: str, outline: Outline) -> np.ndarray:
    """Find all customers within an outline on the map, drawn or not; positions in the run, ascending."""
    shown = places(run_id)
    return shown.positions[inside(shown.x, shown.y, np.array(outline).reshape(-1, 2))]


def first_circled(view: View, outline: Outline, most: int) -> View:
    """Look at the first customers within an outline on the map alone."""
    return replace(view, source=lambda: _some_customers(view.run.run_id, outline, most))


@remembered(4)
def _some_customers(run_id: str, outline: Outline, most: int) -> pd.DataFrame:
    return load_customers(workspace(), _run(run_id), circled(run_id, outline)[:most])
