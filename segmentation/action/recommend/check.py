"""How well recommendations foretell: learned before one cut in time, tested on what came after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import scipy.sparse as sp

from segmentation.action.recommend.interest import read_interest
from segmentation.action.recommend.model import (
    Links,
    Model,
    RankedBy,
    Settings,
    build_model,
    history_of,
    in_rows,
    learn_links,
    score,
)
from segmentation.action.recommend.purchases import Catalogue, Purchases, read_purchases
from segmentation.algorithms.ranking import bootstrap_ends, hit_rate, hits_of, ndcg, top_places
from segmentation.features.cutoff import Period
from segmentation.text.products import ProductTexts
from segmentation.workspace import Workspace

AT = 10
MOST_TESTED = 5_000
HALF_LIVES = (14.0, 60.0, None)
TEXT_WEIGHTS = (0.0, 0.15, 0.3, 0.5)
POPULARITY = (0.01, 0.1, 1.0, 3.0)
STANDARD_ERRORS = 2.0
"""A simple way is taken unless it was worse by more than so many of them: chance is no reason to blend."""

SIMPLEST_FIRST = (RankedBy.POPULAR, RankedBy.LATELY, RankedBy.SEGMENT, RankedBy.BLEND)
AGAIN = (0.0, 0.1, 0.3, 1.0, 3.0, 10.0, None)


@dataclass(frozen=True)
class Measured:
    """Of customers who bought in the later period: the share with a hit among ten, and NDCG@10 (0..1).

    `interval` holds the hit rate, and `behind` by how much less it is than that of the recommendations, both
    in 95 % of bootstrap samples of these customers; None where not known.
    """

    hit_rate: float
    ndcg: float
    interval: tuple[float, float] | None = None
    behind: tuple[float, float] | None = None


@dataclass(frozen=True)
class Hits:
    """What came true of the ten places of each list, bool (n, 10), of `wanted` (n,) products that came."""

    places: np.ndarray
    wanted: np.ndarray

    @property
    def one_of_ten(self) -> np.ndarray:
        """Whether any place of each list came true, 0 or 1, (n,)."""
        return np.asarray(self.places.any(axis=1), dtype=np.float64)

    @property
    def measured(self) -> Measured:
        """Both figures."""
        return Measured(hit_rate(self.places), ndcg(self.places, self.wanted))


@dataclass(frozen=True)
class Check:
    """What each way of ranking foretold of the period: of everything bought, and of what was new to them.

    `every` and `fresh` hold for each way ("recommended", "popularity", "popular lately", "segment
    popularity", "buy again",
    "blend" where a simple way was taken instead, "co-purchase alone", "text alone") what it measured;
    `customers` and `fresh_customers` were tested. `taken` are the simple ways that were clearly ahead in this
    very test, so that the recommendations follow them: for what is new, for everything, or for both.
    """

    period: Period
    tuned_on: Period
    customers: int
    fresh_customers: int
    every: dict[str, Measured]
    fresh: dict[str, Measured]
    taken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """What was known before a cut, and what the customers who came back bought after it (`later`)."""

    purchases: Purchases
    history: sp.csr_matrix
    later: sp.csr_matrix
    tested: np.ndarray
    links: Links


Ranking = Callable[[slice], tuple[np.ndarray, np.ndarray]]


def look_before(
    workspace: Workspace,
    customer_ids: np.ndarray,
    catalogue: Catalogue,
    texts: ProductTexts | None,
    period: Period,
    settings: Settings,
    seed: int,
) -> Before:
    """Read what was known of these customers before a period, and learn from that alone.

    Tested are those who had bought before and bought in the period, at most 5,000 of them.
    """
    purchases = read_purchases(workspace, customer_ids, catalogue, period.cutoff)
    interest = read_interest(workspace, customer_ids, catalogue, period.cutoff)
    end = datetime.combine(period.end.date(), datetime.min.time()) + timedelta(days=1)
    later = read_purchases(workspace, customer_ids, catalogue, end, since=period.cutoff).bought
    tested = np.flatnonzero((np.diff(purchases.orders.indptr) > 0) & (np.diff(later.indptr) > 0))
    if len(tested) > MOST_TESTED:
        tested = np.sort(np.random.default_rng(seed).choice(tested, MOST_TESTED, replace=False))
    links = learn_links(purchases, texts, settings.ridge)
    return Before(purchases, history_of(purchases, interest), later, tested, links)


def choose_settings(before: Before, labels: np.ndarray, k: int, settings: Settings) -> Settings:
    """Choose how to rank by what came after this earlier cut: how to blend, or a simple way alone.

    How to blend is chosen one setting after the other by NDCG@10 of what is new to customers. Then each
    taste, the blended one and the simple ones, takes the weight of repeats with which it does best: by hit
    rate and NDCG together, of what is new and of everything. Of these the simplest is taken that is no more
    than two standard errors worse than the best (after the rule of Breiman et al., 1984, who take one): what
    has been tuned is flattered by the time on which it was, the simple ways hardly.

    :param labels: the segments (0..k-1) that were found before the cut.
    """

    def measured(tried: Settings) -> tuple[Measured, Measured]:
        model = build_model(before.purchases, before.links, labels, k, tried)
        return measure(before, ranking_by(before, model, labels))

    def by_new(tried: Settings) -> float:
        return float(np.nan_to_num(measured(tried)[1].ndcg))

    settings = max((replace(settings, half_life=days) for days in HALF_LIVES), key=by_new)
    if before.links.alike is not None:
        settings = max((replace(settings, text=weight) for weight in TEXT_WEIGHTS), key=by_new)
    settings = max((replace(settings, popularity=weight) for weight in POPULARITY), key=by_new)
    best = []
    for taste in SIMPLEST_FIRST:
        tried = [replace(settings, taste=taste, again=again) for again in AGAIN]
        best.append(max(((one, measured(one)) for one in tried), key=lambda pair: _total(pair[1])))
    top = max((found for _, found in best), key=_total)
    enough = _total(top) - STANDARD_ERRORS * _standard_error(top, (len(before.tested), count_fresh(before)))
    return next(one for one, found in best if _total(found) >= enough)


def _total(found: tuple[Measured, Measured]) -> float:
    return float(sum(np.nan_to_num(one.hit_rate + one.ndcg) for one in found))


def _standard_error(found: tuple[Measured, Measured], customers: tuple[int, int]) -> float:
    """Return how far both hit rates together may be off by chance, as if they went up and down as one."""
    rates = [float(np.nan_to_num(one.hit_rate)) for one in found]
    return sum(
        float(np.sqrt(rate * (1 - rate) / max(count, 1)))
        for rate, count in zip(rates, customers, strict=True)
    )


def compare(
    before: Before, labels: np.ndarray, k: int, settings: Settings, seed: int = 0
) -> dict[str, tuple[Measured, Measured]]:
    """Measure the recommendations beside simpler ways: of everything, and of what was new to each customer.

    :param labels: the segments (0..k-1) that were found before the cut.
    """
    model = build_model(before.purchases, before.links, labels, k, settings)
    everyone = np.zeros_like(labels)
    popular, lately = (np.broadcast_to(one, model.shares.shape) for one in (model.share, model.lately))
    ways: dict[str, Ranking] = {
        "recommended": ranking_by(before, model, labels),
        "popularity": _by_popularity(before, popular, everyone),
        "popular lately": _by_popularity(before, lately, everyone),
        "segment popularity": _by_popularity(before, model.shares, labels),
        "buy again": _by_count(before, model),
    }
    blended = replace(settings, taste=RankedBy.BLEND)
    if blended != settings:
        whole = build_model(before.purchases, before.links, labels, k, blended)
        ways["blend"] = ranking_by(before, whole, labels)
    for name, weight in (("co-purchase alone", 0.0), ("text alone", 1.0)):
        if before.links.alike is not None or not weight:
            plain = replace(blended, text=weight, half_life=None, popularity=0.0)
            alone = build_model(before.purchases, before.links, everyone, 1, plain)
            ways[name] = ranking_by(before, alone, everyone)
    return with_chance({name: look_up(before, way) for name, way in ways.items()}, seed)


def with_chance(found: dict[str, tuple[Hits, Hits]], seed: int) -> dict[str, tuple[Measured, Measured]]:
    """Measure all ways, with what chance among the customers does to each and to how far it is behind."""
    told: list[dict[str, Measured]] = []
    for place in (0, 1):
        got = {name: both[place].one_of_ten for name, both in found.items()}
        ours = got["recommended"]
        columns = np.stack([*got.values(), *(ours - one for one in got.values())], axis=1)
        ends = bootstrap_ends(columns, seed)
        told.append(
            {
                name: replace(found[name][place].measured, interval=ends[at], behind=ends[at + len(got)])
                for at, name in enumerate(got)
            }
        )
    return {name: (told[0][name], told[1][name]) for name in found}


def measure(before: Before, ranking: Ranking) -> tuple[Measured, Measured]:
    """Measure one way of ranking: of everything bought later, and of what was new."""
    every, fresh = look_up(before, ranking)
    return every.measured, fresh.measured


def look_up(before: Before, ranking: Ranking) -> tuple[Hits, Hits]:
    """Say what of each list came true: of everything bought later, and of what was new."""
    hits: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    wanted: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    known = before.purchases.bought[before.tested]
    truth = before.later[before.tested]
    new = sp.csr_matrix(truth - truth.multiply(known))
    new.eliminate_zeros()
    for rows in in_rows(len(before.tested), truth.shape[1]):
        for place, (scores, came) in enumerate(zip(ranking(rows), (truth[rows], new[rows]), strict=True)):
            places, _ = top_places(scores, AT)
            hits[place].append(hits_of(places, came))
            wanted[place].append(np.diff(came.indptr))
    return _hits(hits[0], wanted[0]), _hits(hits[1], wanted[1])


def count_fresh(before: Before) -> int:
    """Count the tested customers who bought something new to them."""
    known, truth = before.purchases.bought[before.tested], before.later[before.tested]
    return int((np.diff(truth.indptr) > np.diff(sp.csr_matrix(truth.multiply(known)).indptr)).sum())


def ranking_by(before: Before, model: Model, labels: np.ndarray) -> Ranking:
    """Rank as the recommendations do."""
    tested = before.tested
    purchases = _rows_of(before.purchases, tested)
    history, theirs = before.history[tested], labels[tested]

    def rank(rows: slice) -> tuple[np.ndarray, np.ndarray]:
        scores = score(model, purchases, history, theirs, rows)
        return scores.every, scores.fresh

    return rank


def _by_popularity(before: Before, shares: np.ndarray, labels: np.ndarray) -> Ranking:
    known, theirs = before.purchases.bought[before.tested], labels[before.tested]

    def rank(rows: slice) -> tuple[np.ndarray, np.ndarray]:
        every = shares[theirs[rows]].astype(np.float32)
        return every, np.where(known[rows].toarray() > 0, -np.inf, every)

    return rank


def _by_count(before: Before, model: Model) -> Ranking:
    """Rank what was bought most often first, the more popular of equals first; nothing of it is new."""
    counts = before.purchases.orders[before.tested]

    def rank(rows: slice) -> tuple[np.ndarray, np.ndarray]:
        every = counts[rows].toarray() + model.share / 2
        return every, np.where(counts[rows].toarray() > 0, -np.inf, np.broadcast_to(model.share, every.shape))

    return rank


def _rows_of(purchases: Purchases, rows: np.ndarray) -> Purchases:
    return Purchases(purchases.orders[rows], purchases.first[rows], purchases.last[rows])


def _hits(hits: list[np.ndarray], wanted: list[np.ndarray]) -> Hits:
    """Gather the lists of those of whom anything came."""
    if not hits:
        return Hits(np.zeros((0, AT), dtype=bool), np.zeros(0, dtype=np.intp))
    counts = np.concatenate(wanted)
    return Hits(np.vstack(hits)[counts > 0], counts[counts > 0])
