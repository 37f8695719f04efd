"""Concepts: how near each customer's texts are to an idea that a person has typed, such as “gift buyer”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy.sparse as sp

from segmentation.errors import OptionError
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.choose import ReadingGroup, choose_readers
from segmentation.text.encoders.embed import embed_texts
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import NO_TEXT, Encoder, Loader, TextOptions
from segmentation.text.learned import ConceptLearned
from segmentation.text.pool import effective_items, estimate_kappa
from segmentation.text.sources import TextSource, collect_sources
from segmentation.text.themes import shortened
from segmentation.text.words import words_of_concept
from segmentation.workspace import Workspace

PREFIX = "concept."
LONGEST, MOST_CONCEPTS = 80, 20
AVERAGE, STEP = 50.0, 10.0
"""The score of the average customer, and of one standard deviation."""

_EXAMPLES, _LOOKED_AT = 5, 60


@dataclass(frozen=True)
class ConceptScores:
    """How near customers are to one concept.

    `scores` float64 (n,): 50 is the average customer, 10 a standard deviation, held within 0..100; NaN for
    those without texts. `examples` are the nearest texts, best first, cut for reading. `by_letters` says that
    all, and `some_by_letters` that some of the texts were compared by their letters. `learned` makes the same
    scores of other customers.
    """

    concept: str
    scores: np.ndarray
    examples: tuple[str, ...]
    by_letters: bool = False
    some_by_letters: bool = False
    learned: ConceptLearned | None = None


def tidy_concept(text: str) -> str:
    """Bring a typed concept into one line.

    :raises OptionError: where it has no letter or is too long.
    """
    tidy = " ".join(text.split())
    if not any(sign.isalpha() for sign in tidy):
        raise OptionError("this concept has no word.", "Type a few words, such as “gift buyer”.")
    if len(tidy) > LONGEST:
        raise OptionError(f"this concept has {len(tidy)} letters.", f"Use at most {LONGEST}.")
    return tidy


def concept_feature(concept: str) -> Feature:
    """Return the feature that a concept becomes."""
    return Feature(f"{PREFIX}{concept}", *words_of_concept(concept), Group.CONCEPT, Unit.NUMBER)


def with_concepts(table: FeatureTable, scored: Sequence[ConceptScores]) -> FeatureTable:
    """Add a column per concept: its scores."""
    if not scored:
        return table
    features = [concept_feature(one.concept) for one in scored]
    columns = {feature.name: one.scores for feature, one in zip(features, scored, strict=True)}
    values = pd.concat([table.values, pd.DataFrame(columns, index=table.values.index)], axis=1)
    return replace(table, values=values, features=(*table.features, *features))


def score_concepts(
    workspace: Workspace,
    customer_ids: np.ndarray,
    concepts: Sequence[str],
    options: TextOptions,
    seed: int,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> tuple[ConceptScores, ...]:
    """Score these customers (n,) on each concept, by the encoders that read their texts for segments.

    Texts that have been read before are not read again. No scores where there are no texts.

    :raises ModelError: if the model cannot be loaded.
    """
    sources = () if options.model == NO_TEXT or not concepts else collect_sources(workspace, customer_ids)
    if not sources:
        return ()
    groups = choose_readers(sources, options, seed, load)
    ordered = [source for group in groups for source in group.sources]
    weights = sp.csr_matrix(sp.hstack([source.weights for source in ordered]))
    groups_near = [_of_group(workspace, group, concepts, on_progress) for group in groups]
    nearness = np.vstack([one.near for one in groups_near])
    texts = [text for source in ordered for text in source.texts]
    lexical = [group.lexical for group in groups]
    learned = [_learn(nearness[:, place], weights, groups_near, place) for place in range(len(concepts))]
    return tuple(
        ConceptScores(
            concept,
            _scores(column, weights, known),
            _examples(column, texts),
            all(lexical),
            any(lexical),
            known,
        )
        for concept, column, known in zip(concepts, nearness.T, learned, strict=True)
    )


def nearness_again(
    encoder: Encoder,
    names: Sequence[str],
    vectors: Sequence[np.ndarray],
    learned: Mapping[str, ConceptLearned],
) -> np.ndarray:
    """Return how near texts are to concepts that were learned, in the same units (texts, concepts).

    :param vectors: of each source, by its name, (m, d) as the encoder read them.
    """
    wanted, known = encoder.encode(list(learned)), list(learned.values())
    means = [np.array([one.means[name] for one in known]) for name in names]
    parts = [np.asarray(some @ wanted.T - mean) for some, mean in zip(vectors, means, strict=True)]
    near = np.vstack([np.empty((0, len(known))), *parts])
    return _in_spreads(near, np.array([one.spreads.get(encoder.key, 0.0) for one in known]))


def scores_again(
    near: np.ndarray, weights: sp.csr_matrix, learned: Mapping[str, ConceptLearned]
) -> tuple[ConceptScores, ...]:
    """Make scores of nearness (texts, concepts) by what was learned of other customers."""
    return tuple(
        ConceptScores(concept, _scores(column, weights, known), ())
        for (concept, known), column in zip(learned.items(), near.T, strict=True)
    )


@dataclass(frozen=True)
class _Near:
    """How near the texts of a group are to the concepts, and what was learned of them, by source (c,)."""

    near: np.ndarray
    key: str
    means: Mapping[str, np.ndarray]
    spread: np.ndarray


def _of_group(
    workspace: Workspace, group: ReadingGroup, concepts: Sequence[str], on_progress: Progress
) -> _Near:
    """Return how near each text of a group is to each concept, in standard deviations (texts, concepts)."""
    wanted = group.encoder.encode(list(concepts))
    parts, means = [], {}
    for source in group.sources:
        step = f"{Stage.READING_TEXTS}: {source.name}"
        vectors = embed_texts(workspace, group.encoder, source.texts, source.hashes, on_progress, step)
        near = vectors @ wanted.T
        means[source.name] = _mean_of_customers(near, source)
        parts.append(np.asarray(near - means[source.name]))
    stacked = np.vstack(parts)
    spread = stacked.std(axis=0)
    return _Near(_in_spreads(stacked, spread), group.encoder.key, means, spread)


def _in_spreads(near: np.ndarray, spread: np.ndarray) -> np.ndarray:
    return np.divide(near, spread, out=np.zeros_like(near), where=spread > 1e-9)


def _mean_of_customers(near: np.ndarray, source: TextSource) -> np.ndarray:
    """Return the mean over customers: merely having such a text is no leaning."""
    total = np.asarray(source.weights.sum(axis=1)).ravel()
    present = total > 0
    means = (source.weights @ near)[present] / total[present, None]
    return np.asarray(means.mean(axis=0), dtype=np.float64)


def _learn(near: np.ndarray, weights: sp.csr_matrix, groups: Sequence[_Near], place: int) -> ConceptLearned:
    shares, items = _shares(weights), effective_items(weights)
    means = np.asarray(shares @ near)
    kappa = float(estimate_kappa(near[:, None], means[:, None], shares, items))
    drawn = _drawn(means, items, kappa)[items > 0]
    return ConceptLearned(
        {name: float(mean[place]) for group in groups for name, mean in group.means.items()},
        {group.key: float(group.spread[place]) for group in groups},
        kappa,
        float(drawn.mean()),
        float(drawn.std()),
    )


def _drawn(means: np.ndarray, items: np.ndarray, kappa: float) -> np.ndarray:
    return means * np.divide(items, items + kappa, out=np.zeros_like(items), where=items > 0)


def _shares(weights: sp.csr_matrix) -> sp.csr_matrix:
    total = np.asarray(weights.sum(axis=1)).ravel()
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    return sp.csr_matrix(sp.diags_array(inverse) @ weights)


def _scores(near: np.ndarray, weights: sp.csr_matrix, known: ConceptLearned) -> np.ndarray:
    """Average by the weights of the texts, draw few items to the middle, and bring it to 50 and 10."""
    items = effective_items(weights)
    drawn = _drawn(np.asarray(_shares(weights) @ near), items, known.kappa)
    from_middle = (drawn - known.middle) / known.spread if known.spread > 1e-12 else np.zeros_like(drawn)
    return np.where(items > 0, np.clip(AVERAGE + STEP * from_middle, 0, 100), np.nan)


def _examples(near: np.ndarray, texts: Sequence[str]) -> tuple[str, ...]:
    """Take the nearest texts, no two that begin alike."""
    found: dict[str, str] = {}
    for row in np.argsort(-near, kind="stable")[:_LOOKED_AT]:
        text = texts[int(row)]
        found.setdefault(text[:40].lower(), shortened(text))
    return tuple(found.values())[:_EXAMPLES]
