"""Our own elements in the browser; their files come from this server, since our headers forbid others."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest


def mount(place: Path, **arguments: Any) -> Any:  # noqa: ANN401 - as of st.components.v2
    """Mount the element whose files are in this folder, and have its name."""
    name, manager = place.name, get_bidi_component_manager()
    package = f"tessera-{name}"
    if manager.get_component_asset_root(f"{package}.{name}") is None:
        manifest = ComponentManifest(package, "1", [ComponentConfig(name, asset_dir=name)])
        manager.register_from_manifest(manifest, place.parent)
    return _element(f"{package}.{name}", name, (place / f"{name}.css").exists())(**arguments)


@cache
def _element(where: str, name: str, styled: bool) -> Any:  # noqa: ANN401
    return st.components.v2.component(where, js=f"{name}.js", css=f"{name}.css" if styled else None)
