"""What some rows come to, and whether another row adds them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

CENT = 0.006
MANY = 10


@dataclass(frozen=True)
class AddedRows:
    """How many rows there are, and the sum, the least and the most of each of their columns."""

    count: int
    sums: tuple[float, ...]
    least: tuple[float, ...]
    most: tuple[float, ...]

    @staticmethod
    def none(width: int) -> AddedRows:
        """Return what no rows come to."""
        return AddedRows(0, (0.0,) * width, (inf,) * width, (-inf,) * width)

    @staticmethod
    def one(own: Sequence[float | None]) -> AddedRows:
        """Return what a single row comes to."""
        return AddedRows.of(1, own, own, own)

    @staticmethod
    def of(
        count: int,
        sums: Sequence[float | None],
        least: Sequence[float | None],
        most: Sequence[float | None],
    ) -> AddedRows:
        """Return what rows come to of which some columns may have no number."""
        return AddedRows(
            count,
            tuple(0.0 if one is None else one for one in sums),
            tuple(inf if one is None else one for one in least),
            tuple(-inf if one is None else one for one in most),
        )

    def __add__(self, other: AddedRows) -> AddedRows:
        """Return what both come to."""
        return AddedRows(
            self.count + other.count,
            tuple(a + b for a, b in zip(self.sums, other.sums, strict=True)),
            tuple(map(min, self.least, other.least)),
            tuple(map(max, self.most, other.most)),
        )

    def are_added_up_by(self, own: Sequence[float | None]) -> bool:
        """Whether the numbers of a row are the sums of their columns, and not all are zero.

        One that all rows have alike is a key; of many rows a mean may stand among more sums.
        """
        sums = means = 0
        for value, total, least, most in zip(own, self.sums, self.least, self.most, strict=True):
            if value is None or (abs(value - total) <= CENT and not value):
                continue
            if abs(value - total) <= CENT:
                sums += 1
            elif self.count >= MANY and least < most and least <= value <= most:
                means += 1
            elif not least == value == most:
                return False
        return sums > means
