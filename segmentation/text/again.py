"""Read texts as others were read before: by the same encoders, into the same directions, learning nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from segmentation.intake.population import OneDatabase, Population
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.block import TextBlock
from segmentation.text.concepts import ConceptScores, nearness_again, scores_again
from segmentation.text.encoders.embed import embed_texts
from segmentation.text.encoders.lexical import LexicalEncoder
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Encoder, Loader, TextOptions
from segmentation.text.learned import PartLearned, TextsLearned
from segmentation.text.pool import effective_items
from segmentation.text.sources import TextSource, sources_of
from segmentation.workspace import Workspace

Sources = Mapping[str, TextSource]
"""Sources of texts by name."""

Embed = Callable[[Encoder, TextSource], np.ndarray]
"""Gives the vectors (m, d) of a source's texts by an encoder."""


@dataclass(frozen=True)
class PartRead:
    """What texts say that one encoder read, by source: their hashes, uint64 (m,), and for each text a row.

    `reduced` (m, p) is where it lies in the directions of customers, `near` (m, concepts) how near it is to
    each concept.
    """

    hashes: Mapping[str, np.ndarray]
    reduced: Mapping[str, np.ndarray]
    near: Mapping[str, np.ndarray]

    def only(self, sources: Sources) -> PartRead:
        """Return the same of the texts of these sources, in their order."""
        places = {
            name: _places(hashes, sources[name]) for name, hashes in self.hashes.items() if name in sources
        }
        return PartRead(
            {name: self.hashes[name][at] for name, at in places.items()},
            {name: self.reduced[name][at] for name, at in places.items()},
            {name: self.near[name][at] for name, at in places.items()},
        )


def read_again(
    workspace: Workspace,
    customer_ids: np.ndarray,
    learned: TextsLearned,
    options: TextOptions,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> tuple[TextBlock, tuple[ConceptScores, ...]]:
    """Return a row of text features per customer id in directions that were learned, and concepts' scores.

    Who has none of the texts that were read then is zero, and has no score. Themes are not told.

    :raises ModelError: if an encoder is not on this machine, or not the one that read the texts.
    :raises Cancelled: when a person cancels; texts already embedded stay.
    """
    sources = sources_again(OneDatabase(workspace, customer_ids), learned)
    on_progress(Stage.LOADING_MODEL, 0, 1)
    read = read_sources(sources, learned, options, embed_into(workspace, on_progress), load)
    return place_customers(sources, len(customer_ids), learned, read, options)


def sources_again(people: Population, learned: TextsLearned) -> dict[str, TextSource]:
    """Return the sources of these customers' texts, weighed as those that were learned of."""
    typical = {source.name: source.typical for part in learned.parts for source in part.sources}
    return {one.name: one for one in sources_of(people, typical)}


def embed_into(workspace: Workspace, on_progress: Progress) -> Embed:
    """Embed texts that the workspace does not hold yet, and keep them there."""

    def embed(encoder: Encoder, source: TextSource) -> np.ndarray:
        step = f"{Stage.READING_TEXTS}: {source.name}"
        return embed_texts(workspace, encoder, source.texts, source.hashes, on_progress, step)

    return embed


def read_sources(
    sources: Sources, learned: TextsLearned, options: TextOptions, embed: Embed, load: Loader
) -> tuple[PartRead, ...]:
    """Read the texts of these sources, whoever they are of, by each part that was learned.

    :raises ModelError: if an encoder is not on this machine, or not the one that read the texts.
    """
    encoders = [_encoder(part, options, load) for part in learned.parts]
    return tuple(
        _read(part, encoder, sources, learned, embed)
        for part, encoder in zip(learned.parts, encoders, strict=True)
    )


def place_customers(
    sources: Sources,
    customers: int,
    learned: TextsLearned,
    read: Sequence[PartRead],
    options: TextOptions,
) -> tuple[TextBlock, tuple[ConceptScores, ...]]:
    """Return a row of text features per customer of these sources, by what their texts say."""
    pairs = list(zip(learned.parts, read, strict=True))
    weights = [_weights(sources, part, customers) for part in read]
    pooled = [_pooled(part, said, some) for (part, said), some in zip(pairs, weights, strict=True)]
    whole = sp.csr_matrix(sp.hstack(weights))
    block = TextBlock(
        vectors=np.ascontiguousarray(np.hstack(pooled)),
        items=effective_items(whole),
        kappa=0.0,
        themes=(),
        theme_shares=np.empty((customers, 0), dtype=np.float32),
        readings=(),
        options=options,
        seed=0,
    )
    return block, _score(read, whole, learned)


def _encoder(part: PartLearned, options: TextOptions, load: Loader) -> Encoder:
    """Load the encoder that read a part, in the numbers that it computed in.

    :raises ModelError: if it is not here, or another one.
    """
    if part.letters is not None:
        return LexicalEncoder.again(part.letters)
    precision = options.precision if part.draft else part.precision
    encoder = load(replace(options, model=part.encoder, precision=precision, draft=part.draft))
    part.check(encoder.key)
    return encoder


def _read(
    part: PartLearned, encoder: Encoder, sources: Sources, learned: TextsLearned, embed: Embed
) -> PartRead:
    there = [(one, sources[one.name]) for one in part.sources if one.name in sources]
    if not there:
        return PartRead({}, {}, {})
    names, vectors = [one.name for one, _ in there], [embed(encoder, source) for _, source in there]
    pairs = zip(there, vectors, strict=True)
    # All of them are reduced together: products of other shapes round otherwise.
    reduced = part.directions.reduce(np.vstack([one.centre(some) for (one, _), some in pairs]))
    near = np.empty((len(reduced), 0))
    if learned.concepts:
        near = nearness_again(encoder, names, vectors, learned.concepts)
    cuts = np.cumsum([len(some) for some in vectors])[:-1]
    return PartRead(
        {one.name: source.hashes for one, source in there},
        dict(zip(names, np.split(reduced, cuts), strict=True)),
        dict(zip(names, np.split(near, cuts), strict=True)),
    )


def _pooled(part: PartLearned, read: PartRead, weights: sp.csr_matrix) -> np.ndarray:
    """Return a row per customer, float32 (n, p); zero without a text."""
    if not read.reduced:
        return np.zeros((weights.shape[0], part.width), dtype=np.float32)
    return part.directions.pool(np.vstack(list(read.reduced.values())), weights) * np.float32(part.scale)


def _weights(sources: Sources, read: PartRead, customers: int) -> sp.csr_matrix:
    found = [sources[name].weights for name in read.hashes] or [sp.csr_matrix((customers, 0))]
    return sp.csr_matrix(sp.hstack(found))


def _score(
    read: Sequence[PartRead], weights: sp.csr_matrix, learned: TextsLearned
) -> tuple[ConceptScores, ...]:
    """Score the customers on every concept that was learned."""
    if not learned.concepts:
        return ()
    near = [part.near[name] for part in read for name in part.near]
    return scores_again(np.vstack([np.empty((0, len(learned.concepts))), *near]), weights, learned.concepts)


def _places(hashes: np.ndarray, source: TextSource) -> np.ndarray:
    """Return where the texts of a source are among these, all of which are there."""
    order = np.argsort(hashes)
    return np.asarray(order[np.searchsorted(hashes, source.hashes, sorter=order)])
