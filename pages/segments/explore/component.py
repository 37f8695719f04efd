"""The map and the table of centroids: elements of our own in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pages.shell.browser import element


def mount(name: str, **arguments: Any) -> Any:  # noqa: ANN401 - as of st.components.v2
    """Mount the element whose files are in the folder of its name."""
    return element.mount(Path(__file__).parent / name, **arguments)
