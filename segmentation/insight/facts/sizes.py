"""A segment that holds nearly everybody, or nearly nobody, and which number of segments has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GIANT_SHARE = 0.6
TINY_SHARE = 0.02


@dataclass(frozen=True)
class OddSizes:
    """At one k: the labels of segments with more than 60 % or less than 2 % of customers.

    `instead` is the nearest other number of segments without any such, None where there is none.
    """

    k: int
    giants: tuple[int, ...]
    tiny: tuple[int, ...]
    instead: int | None


def odd_sizes(shares: Mapping[int, Sequence[float]], k: int, suggested: int) -> OddSizes | None:
    """Find giant and tiny segments at one k; None where all sizes are fine.

    Two segments always have one with half of the customers or more: there a giant holds four fifths.

    :param shares: of the segments of every k, in the order of their labels.
    :param suggested: of two numbers equally near, the one nearer to this is taken.
    """
    giants, tiny = _odd(shares[k])
    if not giants and not tiny:
        return None
    fine = [other for other in shares if other != k and _odd(shares[other]) == ((), ())]
    instead = min(fine, key=lambda other: (abs(other - k), abs(other - suggested)), default=None)
    return OddSizes(k, giants, tiny, instead)


def _odd(shares: Sequence[float]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    giant = max(GIANT_SHARE, 1.6 / len(shares))
    return (
        tuple(label for label, share in enumerate(shares) if share > giant),
        tuple(label for label, share in enumerate(shares) if share < TINY_SHARE),
    )
