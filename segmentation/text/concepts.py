"""Concepts: how near each customer's texts are to an idea that a person has typed, such as “gift buyer”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy.sparse as sp

from segmentation.errors import OptionError
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.jobs import Progress, silent
from segmentation.text.choose import ReadingGroup, choose_readers
from segmentation.text.encoders.embed import embed_texts
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import NO_TEXT, Loader, TextOptions
from segmentation.text.pool import effective_items, estimate_kappa
from segmentation.text.sources import TextSource, collect_sources
from segmentation.text.themes import shortened
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
    all, and `some_by_letters` that some of the texts were compared by their letters.
    """

    concept: str
    scores: np.ndarray
    examples: tuple[str, ...]
    by_letters: bool = False
    some_by_letters: bool = False


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
    return Feature(
        name=f"{PREFIX}{concept}",
        label=f"Concept: {concept}",
        definition=f"How near a customer's texts are to “{concept}”: 50 is average, 10 a standard deviation.",
        group=Group.CONCEPT,
        unit=Unit.NUMBER,
    )


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
    nearness = np.vstack([_of_group(workspace, group, concepts, on_progress) for group in groups])
    texts = [text for source in ordered for text in source.texts]
    lexical = [group.lexical for group in groups]
    return tuple(
        ConceptScores(concept, _scores(column, weights), _examples(column, texts), all(lexical), any(lexical))
        for concept, column in zip(concepts, nearness.T, strict=True)
    )


def _of_group(
    workspace: Workspace, group: ReadingGroup, concepts: Sequence[str], on_progress: Progress
) -> np.ndarray:
    """Return how near each text of a group is to each concept, in standard deviations (texts, concepts)."""
    wanted = group.encoder.encode(list(concepts))
    parts = []
    for source in group.sources:
        step = f"Reading texts: {source.name}"
        vectors = embed_texts(workspace, group.encoder, source.texts, source.hashes, on_progress, step)
        parts.append(_beside_customers(vectors @ wanted.T, source))
    near = np.vstack(parts)
    spread = near.std(axis=0)
    return np.divide(near, spread, out=np.zeros_like(near), where=spread > 1e-9)


def _beside_customers(near: np.ndarray, source: TextSource) -> np.ndarray:
    """Subtract the mean over customers, so that merely having such a text is no leaning."""
    total = np.asarray(source.weights.sum(axis=1)).ravel()
    present = total > 0
    means = (source.weights @ near)[present] / total[present, None]
    return np.asarray(near - means.mean(axis=0), dtype=np.float64)


def _scores(near: np.ndarray, weights: sp.csr_matrix) -> np.ndarray:
    """Average by the weights of the texts, draw few items to the middle, and bring it to 50 and 10."""
    total = np.asarray(weights.sum(axis=1)).ravel()
    items, present = effective_items(weights), total > 0
    shares = sp.csr_matrix(
        sp.diags_array(np.divide(1.0, total, out=np.zeros_like(total), where=present)) @ weights
    )
    means = np.asarray(shares @ near)
    kappa = estimate_kappa(near[:, None], means[:, None], shares, items)
    drawn = (means * np.divide(items, items + kappa, out=np.zeros_like(items), where=present))[present]
    spread = drawn.std()
    scores = np.full(len(total), np.nan)
    scores[present] = AVERAGE + STEP * (drawn - drawn.mean()) / spread if spread > 1e-12 else AVERAGE
    return np.clip(scores, 0, 100)


def _examples(near: np.ndarray, texts: Sequence[str]) -> tuple[str, ...]:
    """Take the nearest texts, no two that begin alike."""
    found: dict[str, str] = {}
    for row in np.argsort(-near, kind="stable")[:_LOOKED_AT]:
        text = texts[int(row)]
        found.setdefault(text[:40].lower(), shortened(text))
    return tuple(found.values())[:_EXAMPLES]
