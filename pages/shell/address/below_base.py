"""Addresses below the one where the app is served."""

from __future__ import annotations

import streamlit as st


def base() -> str:
    """Return where the app is served, with a slash on both sides."""
    name = st.get_option("server.baseUrlPath").strip("/")
    return f"/{name}/" if name else "/"


def below_base(path: str) -> str | None:
    """Return a request’s path below that, a slash at its end kept; None where it lies elsewhere."""
    whole = f"{path}/"
    return whole.removeprefix(base()).removesuffix("/") if whole.startswith(base()) else None
