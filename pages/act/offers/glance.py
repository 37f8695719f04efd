"""All segments in one table: the first product of each tile."""

from __future__ import annotations

from functools import partial

from pages.shell.browser.fold import fold
from pages.shell.browser.table import Column, Row, folding_table
from segmentation.action.recommend import TILES, Recommended, TileKind
from segmentation.runs import View

COLUMNS = (
    Column("Segment"),
    Column("Customers", numeric=True),
    *(Column(TILES[kind][0], labelled=True) for kind in TileKind),
)


def glance_view(view: View, found: Recommended) -> None:
    """Show a row for each segment, where somebody asks."""
    fold("All segments at a glance", "offers_glance_open", partial(_glance, view, found))


def _glance(view: View, found: Recommended) -> None:
    rows = []
    for name, segment, tiles in zip(view.names, view.segments, found.tiles[view.k], strict=True):
        first = (tiles[kind][0].name if kind in tiles else "" for kind in TileKind)
        rows.append(Row(name, (f"{segment.size:,}", *first), segment.label))
    folding_table(COLUMNS, rows, "The first offer of each sort for every segment")
