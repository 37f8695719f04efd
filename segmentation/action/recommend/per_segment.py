"""What to offer each segment: what it buys more often than others, and what reads like its themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import scipy.sparse as sp

from segmentation.action.recommend.purchases import Catalogue, read_catalogue, read_purchases
from segmentation.algorithms.neighbours import unit_rows
from segmentation.insight.facts.product_lift import LiftedProduct, lifted_products
from segmentation.insight.facts.theme_facts import ThemeFacts, measure_themes
from segmentation.jobs import Progress, silent
from segmentation.runs import Run, View
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader, TextOptions
from segmentation.text.products import ProductTexts, read_products
from segmentation.workspace import Workspace

OFFERED = 5
"""How many products of each sort a segment is offered."""

LIKE_ENOUGH = 0.1
"""The least likeness (cosine) of a product's text to what a segment buys."""


@dataclass(frozen=True)
class ThemedProduct:
    """A product of a theme of the segment, or of the nearest to one, that reads like what the segment buys.

    `theme` is the theme's place in the run, `own` whether the segment has clearly more of it than all
    customers; `buyers` of the segment and `all_buyers` bought it.
    """

    product_id: str
    name: str
    theme: int
    theme_name: str
    buyers: int
    all_buyers: int
    own: bool = True

    @property
    def unsold(self) -> bool:
        """Whether no customer has bought it yet."""
        return self.all_buyers == 0


@dataclass(frozen=True)
class PopularProduct:
    """A product by how many of a segment bought it: `buyers`, and their share of it, `support` (0..1)."""

    product_id: str
    name: str
    buyers: int
    support: float


@dataclass(frozen=True)
class SegmentOffers:
    """What to offer one segment (0-based), each sort with the best first.

    `lifted` it buys more often than all customers; `themed` fit its themes, or the nearest to one, and are
    sold but not yet among its favourites; `unsold` fit them, too, and were never bought. Without texts or
    themes the last two are empty. Where all three are, `popular` is what most of the segment bought.
    """

    segment: int
    lifted: tuple[LiftedProduct, ...]
    themed: tuple[ThemedProduct, ...]
    unsold: tuple[ThemedProduct, ...]
    popular: tuple[PopularProduct, ...] = ()

    @property
    def product_names(self) -> tuple[str, ...]:
        """The names of all of them, the surest first."""
        sorts: tuple[Sequence[LiftedProduct | ThemedProduct | PopularProduct], ...]
        sorts = (self.lifted, self.themed, self.unsold, self.popular)
        return tuple(dict.fromkeys(one.name for sort in sorts for one in sort))


def offers_of_run(
    workspace: Workspace,
    view: View,
    ks: Sequence[int],
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> dict[int, tuple[SegmentOffers, ...]]:
    """Find what to offer each segment of these ks; a tuple in label order per k.

    :param view: of any k; the shop's tables must be those of the run.
    :raises ModelError: if the model that read the run's texts is not on this machine.
    """
    run, catalogue = view.run, read_catalogue(workspace)
    options = TextOptions(run.options.model, run.options.device, run.options.themes)
    texts = read_products(
        workspace, catalogue.product_ids, run.themes, options, run.options.seed, on_progress, load
    )
    bought = read_purchases(workspace, view.customer_ids, catalogue, datetime.max).bought
    return {k: offers_at(workspace, view.at(k), catalogue, texts, bought) for k in ks}


def offers_at(
    workspace: Workspace,
    view: View,
    catalogue: Catalogue,
    texts: ProductTexts | None,
    bought: sp.csr_matrix,
) -> tuple[SegmentOffers, ...]:
    """Find what to offer each segment, with the catalogue's texts and who bought what at hand."""
    labels, k = view.labels, view.k
    lifted = lifted_products(workspace, view.customer_ids, labels, k, OFFERED)
    themes = measure_themes(view.table, labels, k)
    by_segment = buyers_by_segment(bought, labels, k)
    found = [SegmentOffers(label, lifted[label], (), ()) for label in range(k)]
    if texts is not None and themes:
        tastes = tastes_of(by_segment, texts.vectors)
        for label, offers in enumerate(found):
            favourites = {product.product_id for product in offers.lifted}
            fitting = _fitting(label, tastes[label], by_segment, catalogue, texts, themes, view.run)
            fresh = [product for product in fitting if product.product_id not in favourites]
            sold, unsold = ([one for one in fresh if one.unsold is never] for never in (False, True))
            found[label] = replace(offers, themed=tuple(sold[:OFFERED]), unsold=tuple(unsold[:OFFERED]))
    sizes = np.bincount(labels, minlength=k)
    return tuple(
        offers
        if offers.product_names
        else replace(offers, popular=_popular(by_segment[offers.segment], catalogue, sizes[offers.segment]))
        for offers in found
    )


def _popular(buyers: np.ndarray, catalogue: Catalogue, size: int) -> tuple[PopularProduct, ...]:
    """List what most of a segment of this size bought, by `buyers` (m,) of each product."""
    order = np.argsort(-buyers, kind="stable")[:OFFERED]
    return tuple(
        PopularProduct(
            catalogue.product_ids[at], catalogue.names[at], int(buyers[at]), float(buyers[at] / size)
        )
        for at in order[buyers[order] > 0]
    )


def buyers_by_segment(bought: sp.csr_matrix, labels: np.ndarray, k: int) -> np.ndarray:
    """Count the buyers of each product in each segment, int64 (k, m)."""
    customers = np.arange(len(labels))
    member = sp.csr_matrix((np.ones(len(labels)), (labels, customers)), shape=(k, len(labels)))
    return np.asarray((member @ bought).todense()).round().astype(np.int64)


def tastes_of(by_segment: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return which way the texts of each segment's purchases lie from all customers', unit rows (k, d)."""
    bought = by_segment / np.maximum(by_segment.sum(axis=1, keepdims=True), 1)
    overall = by_segment.sum(axis=0) / max(by_segment.sum(), 1)
    return unit_rows((bought - overall) @ vectors)


def themes_to_offer(label: int, themes: Sequence[ThemeFacts]) -> dict[int, bool]:
    """Return the themes a segment has more of than all customers, each with whether that is clearly so.

    Where it is of none, only the one that comes nearest to it is given.
    """
    own = {fact.theme: True for fact in themes if fact.much[label]}
    if own:
        return own
    nearest = max(themes, key=lambda fact: np.nan_to_num(fact.inside[label] - fact.part))
    return {nearest.theme: False} if nearest.inside[label] > nearest.part else {}


def _fitting(
    label: int,
    taste: np.ndarray,
    by_segment: np.ndarray,
    catalogue: Catalogue,
    texts: ProductTexts,
    themes: Sequence[ThemeFacts],
    run: Run,
) -> list[ThemedProduct]:
    """List the products of the segment's themes that read like its purchases, the likest first."""
    likeness = texts.vectors @ taste
    offered = themes_to_offer(label, themes)
    fits = np.isin(texts.themes, list(offered)) & (likeness >= LIKE_ENOUGH)
    order = np.argsort(-likeness, kind="stable")
    everyone = by_segment.sum(axis=0)
    return [
        ThemedProduct(
            product_id=catalogue.product_ids[at],
            name=catalogue.names[at],
            theme=int(texts.themes[at]),
            theme_name=run.theme_name(int(texts.themes[at])),
            buyers=int(by_segment[label, at]),
            all_buyers=int(everyone[at]),
            own=offered[int(texts.themes[at])],
        )
        for at in order[fits[order]]
    ]
