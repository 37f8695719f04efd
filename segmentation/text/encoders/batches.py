"""Texts in batches that waste little: of like length, and only as many as a processor reads best at once."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

_LETTERS_PER_TOKEN = 4
_PLAIN_BATCH = 256
_GOLDEN = (5**0.5 - 1) / 2

Item = TypeVar("Item")
Result = TypeVar("Result")
Tokenize = Callable[[list[str]], list[list[int]]]
Parts = Generator[tuple[np.ndarray, np.ndarray], None, None]
"""Places of texts, int (m,), and their vectors (m, dimensions), in any order."""


@dataclass(frozen=True)
class Sizes:
    """How many tokens are read at once: in a batch with its padding, and until results are handed over."""

    batch: int
    parcel: int


@dataclass(frozen=True)
class Parcel:
    """Texts that are handed over together: their places, the tokens of each, and which to read at once.

    Each of `batches` holds positions in `rows` and `tokens`, the shortest texts first.
    """

    rows: np.ndarray
    tokens: list[list[int]]
    batches: list[np.ndarray]


def parcels(texts: Sequence[str], tokenize: Tokenize, longest: int, sizes: Sizes) -> Iterator[Parcel]:
    """Yield all texts, those of like length together; the next parcel is tokenised while the last is read.

    Parcels of short and of long texts take turns, so that what is left takes as long as its share of texts
    says from the first parcel on.

    :param longest: tokens after which the model stops reading a text.
    """

    def prepare(rows: np.ndarray) -> Parcel:
        tokens = tokenize([texts[int(row)] for row in rows])
        return Parcel(rows, tokens, token_batches([len(one) for one in tokens], sizes.batch))

    found = pieces(texts, longest, sizes)
    turns = np.argsort(np.arange(len(found)) * _GOLDEN % 1.0)
    yield from _one_ahead(prepare, [found[int(turn)] for turn in turns])


def pieces(texts: Sequence[str], longest: int, sizes: Sizes) -> list[np.ndarray]:
    """Return the places of the texts of each parcel, the shortest first; a parcel by itself stays one."""
    letters = np.array([len(text) for text in texts], dtype=np.int64)
    order = np.argsort(letters, kind="stable")
    reached = np.cumsum(np.minimum(letters[order] // _LETTERS_PER_TOKEN + 2, longest))
    found, start, before = [], 0, 0
    while start < len(order):
        end = max(start + 1, int(np.searchsorted(reached, before + sizes.parcel, side="right")))
        found.append(order[start:end])
        start, before = end, int(reached[end - 1])
    return found


def token_batches(lengths: Sequence[int], budget: int) -> list[np.ndarray]:
    """Sort by length and cut so that each batch, padded to its longest, has at most `budget` tokens."""
    order = np.argsort(lengths, kind="stable")
    batches, start = [], 0
    for end in range(1, len(order) + 1):
        if end == len(order) or lengths[order[end]] * (end + 1 - start) > budget:
            batches.append(order[start:end])
            start = end
    return batches


def plain_batches(
    encode: Callable[[Sequence[str]], np.ndarray], texts: Sequence[str], at_once: int = _PLAIN_BATCH
) -> Parts:
    """Yield places of texts and their vectors, some of like length at a time, for encoders without tokens."""
    for rows in plain_pieces(texts, at_once):
        yield rows, encode([texts[int(row)] for row in rows])


def plain_pieces(texts: Sequence[str], at_once: int = _PLAIN_BATCH) -> list[np.ndarray]:
    """Return the places of the texts that `plain_batches` reads at a time."""
    order = np.argsort([len(text) for text in texts], kind="stable")
    return [order[start : start + at_once] for start in range(0, len(order), at_once)]


def _one_ahead(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield work(item) of each, with the next one under way in a thread meanwhile."""
    with ThreadPoolExecutor(1, thread_name_prefix="tokenise") as thread:
        waiting = None
        for item in items:
            ready, waiting = waiting, thread.submit(work, item)
            if ready:
                yield ready.result()
        if waiting:
            yield waiting.result()
