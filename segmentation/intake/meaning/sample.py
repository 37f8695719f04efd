"""Some thousand rows of a raw table as arrays, in which columns are measured against one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from segmentation.intake.values.cast import number

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Sample:
    """The first rows of a table: `codes` number the values of a column, int64 (rows,), -1 where none is."""

    rows: int
    codes: Mapping[int, np.ndarray]

    def determined(self, key: int, other: int) -> float:
        """Return the share (0..1) of the key's values that have one value of the other column only.

        1.0 where no row has both.
        """
        both = (self.codes[key] >= 0) & (self.codes[other] >= 0)
        keys, others = self.codes[key][both], self.codes[other][both]
        if not len(keys):
            return 1.0
        pairs = np.unique(keys * (int(others.max()) + 1) + others)
        _, several = np.unique(pairs // (int(others.max()) + 1), return_counts=True)
        return float(np.mean(several == 1))

    def distinct(self, key: int) -> int:
        """Return how many values a column has."""
        return int(self.codes[key].max(initial=-1)) + 1

    def pairs(self, key: int, other: int) -> int:
        """Return how many different pairs of values two columns have, nothing counted as one more value."""
        width = self.distinct(other) + 1
        return len(np.unique(self.codes[key] * width + self.codes[other] + 1))

    def unique_share(self, key: int) -> float:
        """Return how many different values there are for each filled row (0..1)."""
        filled = int((self.codes[key] >= 0).sum())
        return self.distinct(key) / filled if filled else 0.0

    def largest_share(self, key: int) -> float:
        """Return the share (0..1) of the filled rows that have the most frequent value."""
        filled = self.codes[key][self.codes[key] >= 0]
        return float(np.bincount(filled).max() / len(filled)) if len(filled) else 0.0


def draw_sample(cursor: duckdb.DuckDBPyConnection, table: str, places: Iterable[int]) -> Sample:
    """Give numbers to the values of some columns of a raw table's first rows."""
    wanted = sorted(set(places))
    if not wanted:
        return Sample(0, {})
    cells = ", ".join(f"c{place}" for place in wanted)
    frame = cursor.execute(f"SELECT {cells} FROM {table} ORDER BY line LIMIT {MOST_ROWS}").df()
    codes = {place: pd.factorize(frame[f"c{place}"])[0].astype(np.int64) for place in wanted}
    return Sample(len(frame), codes)


def draw_names(cursor: duckdb.DuckDBPyConnection, table: str, place: int) -> tuple[str, ...]:
    """Read the values of a column in the same rows, as its codes number them."""
    rows = cursor.execute(f"SELECT c{place} FROM {table} ORDER BY line LIMIT {MOST_ROWS}").df()
    return tuple(pd.factorize(rows[f"c{place}"])[1])


def draw_numbers(
    cursor: duckdb.DuckDBPyConnection, table: str, formats: Mapping[int, str]
) -> dict[int, np.ndarray]:
    """Read the same rows of columns of numbers, float64 (rows,), NaN where there is none."""
    if not formats:
        return {}
    fields = ", ".join(
        f"coalesce({number(f'c{place}', value_format)}, 'nan') AS c{place}"
        for place, value_format in formats.items()
    )
    rows = cursor.execute(f"SELECT {fields} FROM {table} ORDER BY line LIMIT {MOST_ROWS}").fetchnumpy()
    return {place: np.asarray(rows[f"c{place}"], dtype=np.float64) for place in formats}
