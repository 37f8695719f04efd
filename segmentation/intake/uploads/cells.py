"""What the cells of uploads are like beside one another, whatever their columns were taken for."""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import duckdb

from segmentation.intake.roles import Column, Upload
from segmentation.intake.typed_reading import overlap
from segmentation.workspace import Workspace, quote_identifier

FEWEST, SHORTEST = 20, 4
MOST_HASHES, ENOUGH_HASHES, FAR_APART = 500, 30, 0.5

Cell = tuple[str, str]
"""The table and the column of some values, quoted."""


def cell_of(upload: Upload, column: Column) -> Cell:
    """Return where the values of a column are."""
    return quote_identifier(upload.raw_table), f"c{column.position}"


@dataclass(frozen=True)
class _Measured:
    """How different values are (0..1), whether they are telling, and the smallest of their hashes, or all."""

    share_distinct: float
    are_telling: bool
    hashes: frozenset[int]
    are_all: bool
    last_hash: int


@dataclass
class _Memory:
    """What was measured of cells, by what their tables held then."""

    measured: dict[tuple[Cell, object], _Measured] = field(default_factory=dict)
    overlaps: dict[tuple[Cell, object, Cell, object], float] = field(default_factory=dict)


_REMEMBERED: WeakKeyDictionary[Workspace, _Memory] = WeakKeyDictionary()


class Cells:
    """What values are like, each asked once as long as the contents of an upload stay what they are."""

    def __init__(self, workspace: Workspace, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self._memory = _REMEMBERED.setdefault(workspace, _Memory())
        held = cursor.execute("SELECT upload_id, digest, row_count FROM uploads").fetchall()
        self._held = {quote_identifier(f"raw_{upload_id}"): tuple(rest) for upload_id, *rest in held}

    def share_distinct(self, cell: Cell) -> float:
        """Return how many different values there are for each that is filled (0..1)."""
        return self._measure(cell).share_distinct

    def are_telling(self, cell: Cell) -> bool:
        """Whether values are many and long enough not to be found in another file by chance."""
        return self._measure(cell).are_telling

    def overlap(self, left: Cell, right: Cell) -> float:
        """Return the share of the left values that the right ones hold; where it is small, about."""
        mine, theirs = self._measure(left), self._measure(right)
        if theirs.are_all and mine.are_all:
            return len(mine.hashes & theirs.hashes) / max(1, len(mine.hashes))
        sample = mine.hashes if theirs.are_all else {one for one in mine.hashes if one <= theirs.last_hash}
        if len(sample) >= ENOUGH_HASHES and len(sample & theirs.hashes) < FAR_APART * len(sample):
            return len(sample & theirs.hashes) / len(sample)
        key = (left, self._held[left[0]], right, self._held[right[0]])
        if key not in self._memory.overlaps:
            self._memory.overlaps[key] = overlap(self._cursor, left, right)
        return self._memory.overlaps[key]

    def _measure(self, cell: Cell) -> _Measured:
        key = (cell, self._held[cell[0]])
        if key not in self._memory.measured:
            self._memory.measured[key] = self._ask(*cell)
        return self._memory.measured[key]

    def _ask(self, table: str, value: str) -> _Measured:
        query = f"""
            SELECT count(DISTINCT {value}) / greatest(count({value}), 1),
                   coalesce(count(DISTINCT {value}) >= $few AND avg(strlen({value})) >= $short, false),
                   (SELECT coalesce(list(hash), []) FROM (SELECT DISTINCT hash({value}) AS hash FROM {table}
                    WHERE {value} IS NOT NULL ORDER BY hash LIMIT {MOST_HASHES}))
            FROM {table}"""
        given = {"few": FEWEST, "short": SHORTEST}
        [(share, telling, hashes)] = self._cursor.execute(query, given).fetchall()
        last = max(hashes, default=0)
        return _Measured(float(share), bool(telling), frozenset(hashes), len(hashes) < MOST_HASHES, last)
