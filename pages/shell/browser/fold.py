"""What is read only where somebody asks."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def fold(label: str, key: str, draw: Callable[[], object]) -> None:
    """Fold what is worked out and drawn only once it is opened."""
    with st.expander(label, key=key, on_change="rerun") as opened:
        if opened.open:
            draw()
