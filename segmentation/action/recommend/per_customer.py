"""The recommendations of each customer: the best products, new to them or due again, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from segmentation.action.recommend.model import Model, RankedBy, Scores, in_rows, score
from segmentation.action.recommend.purchases import Catalogue, Purchases
from segmentation.algorithms.cooccurrence import strongest_source
from segmentation.algorithms.kmeans import on_all_cores
from segmentation.algorithms.ranking import top_places

MOST_AGAIN = 10
"""How many products to buy again a customer is offered at most: all ten that are tested may be such."""

DUE_FROM, DUE_UNTIL = 0.75, 1.5
"""Between these multiples of their own interval since the last order, a product is due."""


class OfferReason(StrEnum):
    """Why a product is offered to a customer."""

    TOGETHER = "together"
    ALIKE = "alike"
    POPULAR = "popular"
    BESTSELLER = "bestseller"
    LATELY = "lately"
    DUE = "due"
    AGAIN = "again"


SIMPLE_REASONS = {
    RankedBy.SEGMENT: OfferReason.POPULAR,
    RankedBy.POPULAR: OfferReason.BESTSELLER,
    RankedBy.LATELY: OfferReason.LATELY,
}


@dataclass(frozen=True)
class Buyers:
    """The customers (n,) in the order of the run: who they are, which segment, what they bought and saw."""

    customer_ids: np.ndarray
    labels: np.ndarray
    purchases: Purchases
    history: sp.csr_matrix


@dataclass(frozen=True)
class _Picked:
    """What some customers are offered, an entry per customer (its row) and product."""

    row: np.ndarray
    product: np.ndarray
    value: np.ndarray
    is_new: np.ndarray
    reason: np.ndarray
    because: np.ndarray


def recommendation_rows(
    model: Model, audience: Buyers, catalogue: Catalogue, per_customer: int
) -> Iterator[tuple[int, pa.Table]]:
    """Yield how many customers are done and a table of the latest ones' recommendations, in order.

    Each customer gets up to `per_customer` products that are new to them and as many to buy again, ranked
    together.
    """

    def part(rows: slice) -> tuple[int, pa.Table]:
        scores = score(model, audience.purchases, audience.history, audience.labels, rows)
        return rows.stop, _table(_pick(model, audience, scores, per_customer), rows, audience, catalogue)

    yield from on_all_cores(part, list(in_rows(len(audience.customer_ids), len(catalogue))))


def _pick(model: Model, audience: Buyers, scores: Scores, per_customer: int) -> _Picked:
    """Pick both sorts and rank them together: by customer, then by score."""
    fresh, values = top_places(scores.fresh, per_customer)
    because, reason = _why(model, audience.history[scores.rows], fresh)
    again, again_values = _best_known(scores, min(MOST_AGAIN, per_customer))
    sorts = ((fresh, values, because, reason, True), _repeated(again, again_values))
    columns = [
        np.concatenate([np.broadcast_to(sort[at], sort[0].shape).ravel() for sort in sorts])
        for at in range(5)
    ]
    rows = np.concatenate([np.repeat(np.arange(len(sort[0])), sort[0].shape[1]) for sort in sorts])
    order = np.lexsort((columns[0], -columns[1], rows))
    order = order[columns[0][order] >= 0]
    places, value, why_product, why, is_new = (column[order] for column in columns)
    return _Picked(rows[order], places, value, is_new.astype(bool), why, why_product)


def _best_known(scores: Scores, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the best of what each customer bought before, as `top_places` does."""
    row, product = scores.entries
    order = np.lexsort((product, -scores.again, row))
    place = np.arange(len(row)) - np.repeat(scores.known.indptr[:-1], np.diff(scores.known.indptr))
    order, place = order[place < count], place[place < count]
    places = np.full((scores.known.shape[0], count), -1)
    values = np.full(places.shape, -np.inf, dtype=np.float32)
    places[row[order], place], values[row[order], place] = product[order], scores.again[order]
    return places, values


def _repeated(places: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, int, str, bool]:
    return places, values, -1, str(OfferReason.AGAIN), False


def _why(model: Model, history: sp.csr_matrix, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find for each new product what in the history speaks most for it, and whether by text or purchases.

    Nothing in the history does where the taste is a simple way.
    """
    if model.settings.taste is not RankedBy.BLEND:
        return np.full(places.shape, -1), np.full(places.shape, str(SIMPLE_REASONS[model.settings.taste]))
    source, strength = strongest_source(history, model.links, np.maximum(places, 0))
    by_text, most_text = np.zeros(places.shape, dtype=np.float32), source >= 0
    by_text[most_text] = np.asarray(model.alike[source[most_text], places[most_text]]).ravel()
    whole = np.zeros(places.shape, dtype=np.float32)
    whole[most_text] = np.asarray(model.links[source[most_text], places[most_text]]).ravel()
    reason = np.where(by_text > whole / 2, str(OfferReason.ALIKE), str(OfferReason.TOGETHER))
    return source, np.where(strength > 0, reason, str(OfferReason.POPULAR))


def _table(picked: _Picked, rows: slice, audience: Buyers, catalogue: Catalogue) -> pa.Table:
    """Write what was picked as columns of the workspace's table, without the run's id."""
    starts = np.flatnonzero(np.diff(picked.row, prepend=-1))
    rank = np.arange(len(picked.row)) - np.repeat(starts, np.diff([*starts, len(picked.row)])) + 1
    customer = picked.row + rows.start
    repeat = ~picked.is_new
    orders, every, ago = (np.full(len(customer), np.nan) for _ in range(3))
    at = (customer[repeat], picked.product[repeat])
    purchases = audience.purchases
    counts, first, last = (
        np.asarray(one[at]).ravel() for one in (purchases.orders, purchases.first, purchases.last)
    )
    orders[repeat], ago[repeat] = counts, last
    every[repeat] = np.where(counts > 1, (first - last) / np.maximum(counts - 1, 1), np.nan)
    due = repeat & (ago >= DUE_FROM * every) & (ago <= DUE_UNTIL * every) & (every >= 1)
    names = pa.array(catalogue.names, pa.string())
    because = pa.array(picked.because, mask=picked.because < 0)
    return pa.table(
        {
            "customer_id": pa.array(audience.customer_ids[customer], pa.string()),
            "segment": audience.labels[customer].astype(np.int16),
            "rank": rank.astype(np.int16),
            "is_new": picked.is_new,
            "product_id": pa.array(catalogue.product_ids, pa.string()).take(pa.array(picked.product)),
            "product_name": names.take(pa.array(picked.product)),
            "reason": pa.array(np.where(due, str(OfferReason.DUE), picked.reason), pa.string()),
            "because": names.take(because),
            "orders": pa.array(orders, from_pandas=True).cast(pa.int32()),
            "every_days": pa.array(every, from_pandas=True),
            "days_ago": pa.array(ago, from_pandas=True),
        }
    )
