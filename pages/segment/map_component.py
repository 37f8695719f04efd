"""The map in the browser: a canvas that keeps the customers' places and gets new colours with every move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from pages.shell import latest
from pages.shell.sweeps import spare_what_is_loaded
from segmentation.clusters.map import density
from segmentation.runs import Run

NAME, FOLDER = "map", Path(__file__).parent
FINEST = 65_535
BINS = 160


def map_component(**arguments: Any) -> Any:  # noqa: ANN401 - as of st.components.v2
    """Mount the map; its files come from this server, since our headers forbid scripts of any other kind."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"tessera.{NAME}") is None:
        manifest = ComponentManifest("tessera", "1", [ComponentConfig(NAME, asset_dir=NAME)])
        manager.register_from_manifest(manifest, FOLDER)
    mount = st.components.v2.component(f"tessera.{NAME}", js="map.js", css="map.css")
    return mount(**arguments)


def send_places(run: Run) -> None:
    """Give the browser the places of the drawn customers; not in a fragment, so that no move sends them."""
    map_component(key="explore_map_places", data={"run": run.run_id, **_places(run.run_id)})


@st.cache_resource(max_entries=1, show_spinner=False)
def _places(run_id: str) -> dict[str, object]:
    shown = latest.places(run_id)
    customers = latest.drawn_customers(run_id)["customer_id"].astype(str).to_numpy()
    x, y = shown.x[shown.drawn], shown.y[shown.drawn]
    bounds = [float(edge) for axis in (shown.x, shown.y) for edge in (axis.min(), axis.max())]
    points = {"x": _fraction(x, *bounds[:2]), "y": _fraction(y, *bounds[2:]), "customer": customers}
    spare_what_is_loaded()  # a sweep after every move took as long as all else in it
    crowd = density(shown.x, shown.y, BINS) if len(shown.drawn) < len(shown.x) else None
    return {
        "points": pd.DataFrame(points),
        "density": None if crowd is None else pd.DataFrame({"crowd": crowd.ravel()}),
        "bounds": bounds,
    }


def _fraction(values: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.rint((values - low) * (FINEST / max(high - low, 1e-12))).astype(np.uint16)
