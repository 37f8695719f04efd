"""One run looked at in k segments: what the library and the screens hand on instead of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from segmentation.errors import OptionError
from segmentation.features.table import FeatureTable
from segmentation.insight.facts.differences import Portrait
from segmentation.runs.columns import confidence_column, segment_column
from segmentation.runs.kept.standing import load_standing, told
from segmentation.runs.own_number import number_of, own_number
from segmentation.runs.run import Cut, Run, Segment
from segmentation.runs.store import load_customers
from segmentation.workspace import Workspace


@dataclass(frozen=True, eq=False)
class View:
    """One run in k segments, with its customers' rows, which are read when they are first asked for.

    `source` is the frame of `load_customers`, or what reads it; nobody may change it. `follow` reads where
    customers stand in k segments of the run since these are followed.

    :raises OptionError: if the run has no such k.
    """

    run: Run
    k: int
    source: pd.DataFrame | Callable[[], pd.DataFrame]
    follow: Callable[[str, int], pd.DataFrame | None] = lambda *_: None

    def __post_init__(self) -> None:
        if self.k not in self.run.cuts:
            raise OptionError(
                f"there are no {self.k} segments.", f"There are {', '.join(map(str, self.run.ks))}."
            )

    @classmethod
    def of(cls, workspace: Workspace, run: Run, k: int | None = None) -> View:
        """Look at a run in k segments, by default in the shop's own number, else as many as are suggested.

        :raises OptionError: if the run has no such k.
        """
        chosen = number_of(run, own_number(workspace)) if k is None else k
        return cls(run, chosen, lambda: load_customers(workspace, run), follower(workspace))

    def at(self, k: int) -> View:
        """Look at the same customers in another number of segments.

        :raises OptionError: if the run has no such k.
        """
        return replace(self, k=k, source=lambda: self.rows)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of the customers, as `load_customers` gives them."""
        return self.source if isinstance(self.source, pd.DataFrame) else self.source()

    @property
    def cut(self) -> Cut:
        """The segments with what is known of all of them."""
        return self.run.cuts[self.k]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments in label order."""
        return self.cut.segments

    @property
    def portraits(self) -> tuple[Portrait, ...]:
        """What sets each segment apart, in label order."""
        return self.cut.portraits

    @property
    def names(self) -> list[str]:
        """The names of the segments in label order, a person's own before the generated ones."""
        return self.run.names_at(self.k)

    @cached_property
    def labels(self) -> np.ndarray:
        """The segment 0..k-1 of every customer, intp (n,)."""
        return self.rows[segment_column(self.k)].to_numpy().astype(np.intp)

    @cached_property
    def customer_ids(self) -> np.ndarray:
        """Who they are, texts (n,)."""
        return self.rows["customer_id"].to_numpy(dtype=object)

    @property
    def confidence(self) -> np.ndarray:
        """How likely every customer keeps the segment, 0..1 (n,); NaN in runs of a version without it."""
        return self.rows[confidence_column(self.k)].to_numpy()

    @cached_property
    def standing(self) -> pd.DataFrame | None:
        """Where these customers stand now, by their rows (`STANDING`); None where nobody follows them.

        Segments are numbered from 1, days are written out; a value is missing for who never moved.
        """
        return self.standing_of(self.customer_ids)

    def standing_of(self, customer_ids: np.ndarray) -> pd.DataFrame | None:
        """Tell the same of any customers (n,), whether or not the run saw them."""
        found = self.follow(self.run.run_id, self.k)
        if found is None:
            return None
        return told(found.set_index("customer_id").reindex(customer_ids))

    @property
    def table(self) -> FeatureTable:
        """The feature table as the run saw it."""
        run, values = self.run, self.rows[[feature.name for feature in self.run.features]]
        return FeatureTable(self.customer_ids, values, run.features, run.left_out, run.as_of, run.currency)

    def members(self, label: int) -> np.ndarray:
        """Return the ids of the customers of one segment (0-based)."""
        return self.customer_ids[self.labels == label]


def follower(workspace: Workspace) -> Callable[[str, int], pd.DataFrame | None]:
    """Return what reads where customers stand in the segments of a run."""
    return lambda run_id, k: load_standing(workspace, run_id, k)
