"""What a customer may want next: learned from who bought what, what reads alike, and what sells now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import scipy.sparse as sp

from segmentation.action.recommend.per_segment import buyers_by_segment
from segmentation.action.recommend.purchases import Purchases
from segmentation.algorithms.cooccurrence import likeness_links, of_one_size, purchase_links
from segmentation.text.products import ProductTexts

SCORES_AT_ONCE = 16_000_000
_MOST_ROWS = 16_384
_TREND_PRIOR = 3.0
"""So many buyers of average freshness are added to a product's own, to steady the trend of a rare one."""


LATELY_DAYS = 90
"""What sold in so many latest days is popular lately."""


class RankedBy(StrEnum):
    """What ranks the products for a customer: all parts blended, or one of the simple ways alone."""

    BLEND = "blend"
    SEGMENT = "segment"
    POPULAR = "popular"
    LATELY = "lately"


@dataclass(frozen=True)
class Settings:
    """How products are ranked; `choose_settings` picks it on a time before the one that is tested.

    `half_life` days halve what a purchase says of the trend, None for no trend; `text` (0..1) is the share of
    the texts in the links, the rest is co-purchase; `popularity` counts a segment's share of buyers: all
    three for a `taste` that is blended. `again` counts what a customer bought before, None puts that before
    all else, the most often bought first; `ridge` customers steady the co-purchase.
    """

    half_life: float | None = 14.0
    text: float = 0.3
    popularity: float = 0.01
    again: float | None = 1.0
    ridge: float = 300.0
    taste: RankedBy = RankedBy.BLEND


@dataclass(frozen=True)
class Links:
    """Links between products, whatever the blend: `together` by co-purchase, `alike` by text, same size."""

    together: sp.csr_matrix
    alike: sp.csr_matrix | None


@dataclass(frozen=True)
class Model:
    """All that scoring needs: blended links, `alike` their text part, per product how it sells.

    `trend` (m,) is how fresh its purchases are, 1 on average; `shares` (k, m) of each segment bought it,
    `share` (m,) of all customers, and `lately` (m,) of all in the latest 90 days.
    """

    settings: Settings
    links: sp.csr_matrix
    alike: sp.csr_matrix
    trend: np.ndarray
    shares: np.ndarray
    share: np.ndarray
    lately: np.ndarray


@dataclass(frozen=True)
class Scores:
    """Scores of some customers (rows) for every product that is new to them, `fresh`, and for the others.

    `again` has a value per entry of `known`, their purchases; in `fresh` these are minus infinity.
    """

    rows: slice
    fresh: np.ndarray
    known: sp.csr_matrix
    again: np.ndarray

    @property
    def entries(self) -> tuple[np.ndarray, np.ndarray]:
        """The row and the product of each value of `again`."""
        return np.repeat(np.arange(self.known.shape[0]), np.diff(self.known.indptr)), self.known.indices

    @property
    def every(self) -> np.ndarray:
        """Scores of all products, repeats among them."""
        whole = self.fresh.copy()
        whole[self.entries] = self.again
        return whole


def learn_links(purchases: Purchases, texts: ProductTexts | None, ridge: float) -> Links:
    """Learn what is bought together, and see what reads alike."""
    together = purchase_links(purchases.bought, ridge)
    if texts is None:
        return Links(together, None)
    return Links(together, of_one_size(likeness_links(texts.vectors), together))


def build_model(purchases: Purchases, links: Links, labels: np.ndarray, k: int, settings: Settings) -> Model:
    """Blend links and look at how products sell, all from the same purchases.

    :param labels: the segment 0..k-1 of each customer (n,).
    """
    weight = 0.0 if links.alike is None else settings.text
    alike = links.together * np.float32(0) if links.alike is None else links.alike * np.float32(weight)
    by_segment = buyers_by_segment(purchases.bought, labels, k)
    sizes = np.bincount(labels, minlength=k)[:, None]
    return Model(
        settings=settings,
        links=sp.csr_matrix(links.together * np.float32(1 - weight) + alike),
        alike=sp.csr_matrix(alike),
        trend=trend_of(purchases, settings.half_life),
        shares=(by_segment / np.maximum(sizes, 1)).astype(np.float32),
        share=(by_segment.sum(axis=0) / max(len(labels), 1)).astype(np.float32),
        lately=bought_lately(purchases),
    )


def bought_lately(purchases: Purchases) -> np.ndarray:
    """Return the share (0..1) of customers who bought each product in the latest 90 days, float32 (m,)."""
    customers, products = purchases.orders.shape
    lately = purchases.last.indices[purchases.last.data <= LATELY_DAYS]
    return (np.bincount(lately, minlength=products) / max(customers, 1)).astype(np.float32)


def trend_of(purchases: Purchases, half_life: float | None) -> np.ndarray:
    """Return how fresh each product's purchases are beside those of all products, float32 (m,)."""
    products = purchases.orders.shape[1]
    if half_life is None or not purchases.last.nnz:
        return np.ones(products, dtype=np.float32)
    fresh = np.exp2(-purchases.last.data.astype(np.float64) / half_life)
    by_product = np.bincount(purchases.last.indices, fresh, minlength=products)
    usual = max(float(fresh.mean()), 1e-12)
    steadied = (by_product + _TREND_PRIOR * usual) / (purchases.buyers * usual + _TREND_PRIOR * usual)
    return steadied.astype(np.float32)


def history_of(purchases: Purchases, interest: sp.csr_matrix | None) -> sp.csr_matrix:
    """Return what speaks for a customer's taste: 1 for what was bought, less for what was only looked at."""
    bought = purchases.bought
    return bought if interest is None else sp.csr_matrix(bought.maximum(interest))


def score(
    model: Model, purchases: Purchases, history: sp.csr_matrix, labels: np.ndarray, rows: slice
) -> Scores:
    """Score every product for the customers of some rows; what they have bought is no candidate for new."""
    wanted = _wanted(model, history, labels, rows)
    scores = Scores(rows, wanted, purchases.orders[rows], np.empty(0, dtype=np.float32))
    entries = scores.entries
    if model.settings.again is None:
        most = wanted.max(axis=1, initial=0)
        again = most[entries[0]] + scores.known.data + model.share[entries[1]] / 2
    else:
        again = wanted[entries] + np.float32(model.settings.again) * again_scores(model, scores.known)
    wanted[entries] = -np.inf
    return replace(scores, again=np.asarray(again, dtype=np.float32))


def _wanted(model: Model, history: sp.csr_matrix, labels: np.ndarray, rows: slice) -> np.ndarray:
    """Score all products by taste alone, whether bought before or not."""
    theirs = model.shares[labels[rows]]
    if model.settings.taste is RankedBy.SEGMENT:
        return theirs
    if model.settings.taste is RankedBy.POPULAR:
        return np.repeat(model.share[None], len(theirs), axis=0)
    if model.settings.taste is RankedBy.LATELY:
        return np.repeat(model.lately[None], len(theirs), axis=0)
    wanted: np.ndarray = (history[rows] @ model.links).toarray()
    wanted += np.float32(model.settings.popularity) * theirs
    wanted *= model.trend
    return wanted


def again_scores(model: Model, known: sp.csr_matrix) -> np.ndarray:
    """Score what was bought before, one value per entry: how often, how popular, how fresh the product is."""
    most = max(float(model.share.max(initial=0)), 1e-12)
    factor = np.sqrt(model.trend) * (model.share / most) ** 0.25
    return np.asarray(known.data * factor[known.indices], dtype=np.float32)


def in_rows(customers: int, products: int) -> Iterator[slice]:
    """Part the customers so that the scores of one part fit the memory."""
    step = min(_MOST_ROWS, max(64, SCORES_AT_ONCE // max(products, 1)))
    return (slice(start, min(start + step, customers)) for start in range(0, customers, step))
