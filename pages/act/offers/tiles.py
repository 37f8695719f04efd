"""One segment’s offers at a glance: three tiles of three products."""

from __future__ import annotations

import streamlit as st

from pages.shell.words import count, plain
from segmentation.action.recommend import TILES, Recommended, TileKind, TileProduct, taken_line, tile_clause
from segmentation.runs import View


def tiles_view(view: View, label: int, found: Recommended) -> None:
    """Show the tiles of a segment, and what the lists follow."""
    segment, tiles = view.segments[label], found.tiles[view.k][label]
    st.header(f"{plain(view.names[label])}: {count(segment.size, 'customer')}")
    kinds = [kind for kind in TileKind if kind in tiles]
    if kinds:
        for column, kind in zip(st.columns(len(kinds), border=True), kinds, strict=True):
            column.markdown(_tile(kind, tiles[kind]))
    else:
        st.caption("They bought nothing yet: offer what sells best in the shop.")
    st.caption(taken_line(found.settings))


def _tile(kind: TileKind, products: tuple[TileProduct, ...]) -> str:
    title, _ = TILES[kind]
    lines = [f"{plain(one.name)}  \n:small[{plain(tile_clause(kind, one))}]" for one in products]
    return "\n\n".join([f"**{title}**", *lines])
