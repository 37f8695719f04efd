"""The map in the browser: a canvas that keeps the customers' places and gets new colours with every move."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pages.segments.explore.component import mount
from pages.shell import latest
from pages.shell.held.remembered import remembered
from segmentation.clusters.map import density
from segmentation.runs import Run

FINEST = 65_535
BINS = 160


def send_places(run: Run) -> None:
    """Give the browser the places of the drawn customers; not in a fragment, so that no move sends them."""
    mount("map", key="explore_map_places", data={"run": run.run_id, **_places(run.run_id)})


@remembered(1)
def _places(run_id: str) -> dict[str, object]:
    shown = latest.places(run_id)
    customers = latest.drawn_customers(run_id)["customer_id"].astype(str).to_numpy()
    x, y = shown.x[shown.drawn], shown.y[shown.drawn]
    bounds = [float(edge) for axis in (shown.x, shown.y) for edge in (axis.min(), axis.max())]
    points = {"x": _fraction(x, *bounds[:2]), "y": _fraction(y, *bounds[2:]), "customer": customers}
    crowd = density(shown.x, shown.y, BINS) if len(shown.drawn) < len(shown.x) else None
    return {
        "points": pd.DataFrame(points),
        "density": None if crowd is None else pd.DataFrame({"crowd": crowd.ravel()}),
        "bounds": bounds,
    }


def _fraction(values: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.rint((values - low) * (FINEST / max(high - low, 1e-12))).astype(np.uint16)
