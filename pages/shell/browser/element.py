"""Our own elements in the browser; their files come from this server, since our headers forbid others."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

SHARED = Path(__file__).with_name("element.css")


def mount(place: Path, **arguments: Any) -> Any:  # noqa: ANN401 - as of st.components.v2
    """Mount the element whose files are in this folder, and have its name."""
    name, manager = place.name, get_bidi_component_manager()
    package = f"tessera-{name}"
    if manager.get_component_asset_root(f"{package}.{name}") is None:
        manifest = ComponentManifest(package, "1", [ComponentConfig(name, asset_dir=name)])
        manager.register_from_manifest(manifest, place.parent)
    return _element(f"{package}.{name}", place)(**arguments)


@cache
def _element(where: str, place: Path) -> Any:  # noqa: ANN401
    """Declare it once, with what all elements share before its own look, where it has one."""
    own = place / f"{place.name}.css"
    style = SHARED.read_text() + own.read_text() if own.exists() else None
    return st.components.v2.component(where, js=f"{place.name}.js", css=style)
