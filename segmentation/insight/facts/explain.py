"""All that explains the segments of one k, in parts to be asked for alone: a page shows few at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from segmentation.features.table import Feature, FeatureTable
from segmentation.insight.facts.centroids import CentroidTable
from segmentation.insight.facts.contrasts import Contrast, contrasts
from segmentation.insight.facts.distributions import Distribution, distributions
from segmentation.insight.facts.product_lift import LiftedProduct, lifted_products, names_products
from segmentation.insight.facts.quotes import Quote, Sentences, read_reviews, split_reviews, telling_quotes
from segmentation.insight.facts.segment_rule import values_of
from segmentation.insight.facts.telling_words import Word, WordUses, find_words, segment_words
from segmentation.insight.facts.theme_facts import PREFIX, has_much
from segmentation.text.sources import collect_sources
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class ThemeShare:
    """What part (0..1) of their texts is about a theme, on average: of a segment and of all others.

    `much` is whether that is clearly more than of all customers (`theme_facts.has_much`).
    """

    feature: Feature
    inside: float
    others: float
    much: bool


@dataclass(frozen=True)
class SourceWords:
    """The words of a segment in one source of texts: "products", "reviews" or the name of a notes column."""

    source: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Speech:
    """What the texts of a segment say: its words in every source that has any, sentences of its reviews."""

    words: tuple[SourceWords, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Bought:
    """The products that a segment favours, and whether any order of the shop names a product at all."""

    products: tuple[LiftedProduct, ...]
    named: bool


@dataclass(frozen=True)
class Explanation:
    """What is known of one segment (0-based); every figure is recomputed from the customers' own rows.

    `distributions` are those of the strongest differences. `themes` put what the segment has more of first.
    Where the shop has no such texts or orders, `words`, `quotes` and `products` are empty; `has_products`
    says whether any order names a product at all.
    """

    segment: int
    contrast: Contrast
    distributions: tuple[Distribution, ...]
    themes: tuple[ThemeShare, ...]
    words: tuple[SourceWords, ...] = ()
    quotes: tuple[Quote, ...] = ()
    products: tuple[LiftedProduct, ...] = ()
    has_products: bool = False


@dataclass(frozen=True)
class ShopEvidence:
    """What the shop's texts say, the same for every k: the words of each source, and the reviews."""

    words: Mapping[str, WordUses]
    reviews: Sentences


def gather_evidence(workspace: Workspace, customer_ids: np.ndarray) -> ShopEvidence:
    """Read what these customers (n,) bought, viewed and wrote."""
    sources = collect_sources(workspace, customer_ids)
    words = {source.name: find_words(source.texts, source.weights) for source in sources}
    return ShopEvidence(words, split_reviews(read_reviews(workspace, customer_ids), len(customer_ids)))


def explain_segments(
    table: FeatureTable, labels: np.ndarray, centroids: CentroidTable
) -> tuple[Explanation, ...]:
    """Explain each segment of `labels` (n,) by the table's features, from the centroids found of them."""
    k, found = centroids.k, contrasts(table, labels, centroids)
    told = {one.feature.name: one.feature for contrast in found for one in contrast.differences}
    spreads = {name: distributions(table, feature, labels, k) for name, feature in told.items()}
    themes = _themes(table, labels, k)
    return tuple(
        Explanation(
            segment=segment,
            contrast=contrast,
            distributions=tuple(spreads[one.feature.name][segment] for one in contrast.differences),
            themes=themes[segment],
        )
        for segment, contrast in enumerate(found)
    )


def said_by_segments(evidence: ShopEvidence, labels: np.ndarray, k: int) -> tuple[Speech, ...]:
    """Find the words and quotes of each segment 0..k-1 of the customers (n,) of whom this is the evidence."""
    words = words_of_segments(evidence.words, labels, k)
    return tuple(map(Speech, words, telling_quotes(evidence.reviews, labels, k)))


def bought_by_segments(
    workspace: Workspace, customer_ids: np.ndarray, labels: np.ndarray, k: int
) -> tuple[Bought, ...]:
    """Find the products of each segment 0..k-1 of the customers (n,) in the shop's tables."""
    named = names_products(workspace)
    return tuple(Bought(products, named) for products in lifted_products(workspace, customer_ids, labels, k))


def with_evidence(
    explanations: Sequence[Explanation], said: Sequence[Speech], bought: Sequence[Bought]
) -> tuple[Explanation, ...]:
    """Add to each segment what it says and buys."""
    return tuple(
        replace(one, words=says.words, quotes=says.quotes, products=buys.products, has_products=buys.named)
        for one, says, buys in zip(explanations, said, bought, strict=True)
    )


def words_of_segments(
    sources: Mapping[str, WordUses], labels: np.ndarray, k: int
) -> list[tuple[SourceWords, ...]]:
    """Return for each segment its words in every source where it has any."""
    found = {name: segment_words(words, labels, k) for name, words in sources.items()}
    return [
        tuple(SourceWords(name, words[segment]) for name, words in found.items() if words[segment])
        for segment in range(k)
    ]


def _themes(table: FeatureTable, labels: np.ndarray, k: int) -> list[tuple[ThemeShare, ...]]:
    """Return the themes of each segment, first what it has more of."""
    themes = [feature for feature in table.features if feature.name.startswith(PREFIX)]
    shares = [_shares(feature, values_of(table, feature), labels, k) for feature in themes]
    return [
        tuple(sorted(known, key=lambda share: np.nan_to_num(share.others) - share.inside))
        for of_segment in zip(*shares, strict=True)
        for known in [[share for share in of_segment if np.isfinite(share.inside)]]
    ] or [()] * k


def _shares(feature: Feature, values: np.ndarray, labels: np.ndarray, k: int) -> list[ThemeShare]:
    """Measure one theme in every segment."""
    known = np.isfinite(values)
    sums = np.bincount(labels[known], weights=values[known], minlength=k)
    members = np.bincount(labels[known], minlength=k)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside, others = sums / members, (sums.sum() - sums) / (members.sum() - members)
    facts = zip(inside.tolist(), others.tolist(), has_much(values, labels, k).tolist(), strict=True)
    return [ThemeShare(feature, *of_segment) for of_segment in facts]
