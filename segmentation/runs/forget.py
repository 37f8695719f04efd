"""A run without some of its customers: what counted them counts fewer, what quoted them is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from segmentation.insight.facts.typical_customers import ShownCustomers
from segmentation.runs.columns import segment_column
from segmentation.runs.run import Cut, Run
from segmentation.text.block import Theme


def without_customers(run: Run, gone: pd.DataFrame, texts: Sequence[str]) -> Run:
    """Return the run without these customers.

    :param gone: their rows: `rowid`, their place among all, ascending, and segment_K for every k.
    :param texts: what they wrote.
    """
    places, left = gone["rowid"].to_numpy(), run.customers - len(gone)
    return replace(
        run,
        customers=left,
        cuts={k: _cut(cut, gone[segment_column(k)].to_numpy(), left) for k, cut in run.cuts.items()},
        shown={k: tuple(_shown(one, places) for one in shown) for k, shown in run.shown.items()},
        themes=tuple(_theme(theme, texts) for theme in run.themes),
    )


def _cut(cut: Cut, labels: np.ndarray, customers: int) -> Cut:
    sizes = [one.size - int((labels == one.label).sum()) for one in cut.segments]
    segments = tuple(
        replace(one, size=size, share=size / max(1, customers))
        for one, size in zip(cut.segments, sizes, strict=True)
    )
    return replace(cut, segments=segments)


def _shown(shown: ShownCustomers, places: np.ndarray) -> ShownCustomers:
    """Move the places of those who stay up by as many as are gone before them."""
    typical, edge = shown.typical[~np.isin(shown.typical, places)], ~np.isin(shown.edge, places)
    return replace(
        shown,
        typical=typical - np.searchsorted(places, typical),
        edge=shown.edge[edge] - np.searchsorted(places, shown.edge[edge]),
        confidence=shown.confidence[edge],
        second=shown.second[edge],
    )


def _theme(theme: Theme, texts: Sequence[str]) -> Theme:
    """Drop the examples that one of these texts begins with, cut as they are."""
    written = [" ".join(text.split()) for text in texts]
    kept = tuple(
        example
        for example in theme.examples
        if not any(text.startswith(example.rstrip("… ")) for text in written)
    )
    return replace(theme, examples=kept)
