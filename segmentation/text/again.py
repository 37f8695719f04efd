"""Read texts as others were read before: by the same encoders, into the same directions, learning nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.block import TextBlock
from segmentation.text.concepts import ConceptScores, nearness_again, scores_again
from segmentation.text.encoders.embed import embed_texts
from segmentation.text.encoders.lexical import LexicalEncoder
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Encoder, Loader, TextOptions
from segmentation.text.learned import PartLearned, SourceLearned, TextsLearned
from segmentation.text.pool import effective_items
from segmentation.text.sources import TextSource, collect_sources
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class _Part:
    """One encoder's part: the sources that there are, their vectors as they were read, and their weights."""

    learned: PartLearned
    encoder: Encoder
    sources: tuple[tuple[SourceLearned, TextSource], ...]
    vectors: tuple[np.ndarray, ...]
    weights: sp.csr_matrix

    def pooled(self) -> np.ndarray:
        """Return a row per customer, float32 (n, p); zero without a text."""
        if not self.sources:
            return np.zeros((self.weights.shape[0], self.learned.width), dtype=np.float32)
        pairs = zip(self.sources, self.vectors, strict=True)
        centred = np.vstack([learned.centre(vectors) for (learned, _), vectors in pairs])
        directions = self.learned.directions
        pooled = directions.pool(directions.reduce(centred), self.weights)
        return pooled * np.float32(self.learned.scale)


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
    typical = {source.name: source.typical for part in learned.parts for source in part.sources}
    sources = {one.name: one for one in collect_sources(workspace, customer_ids, typical)}
    on_progress(Stage.LOADING_MODEL, 0, 1)
    encoders = [_encoder(part, options, load) for part in learned.parts]
    parts = [
        _read(workspace, part, encoder, sources, len(customer_ids), on_progress)
        for part, encoder in zip(learned.parts, encoders, strict=True)
    ]
    weights = sp.csr_matrix(sp.hstack([part.weights for part in parts]))
    block = TextBlock(
        vectors=np.ascontiguousarray(np.hstack([part.pooled() for part in parts])),
        items=effective_items(weights),
        kappa=0.0,
        themes=(),
        theme_shares=np.empty((len(customer_ids), 0), dtype=np.float32),
        readings=(),
        options=options,
        seed=0,
    )
    return block, _score(parts, weights, learned)


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
    workspace: Workspace,
    part: PartLearned,
    encoder: Encoder,
    sources: Mapping[str, TextSource],
    customers: int,
    on_progress: Progress,
) -> _Part:
    there = tuple((one, sources[one.name]) for one in part.sources if one.name in sources)
    vectors = tuple(
        embed_texts(
            workspace, encoder, source.texts, source.hashes, on_progress, f"{Stage.READING_TEXTS}: {one.name}"
        )
        for one, source in there
    )
    weights = [source.weights for _, source in there] or [sp.csr_matrix((customers, 0))]
    return _Part(part, encoder, there, vectors, sp.csr_matrix(sp.hstack(weights)))


def _score(
    parts: Sequence[_Part], weights: sp.csr_matrix, learned: TextsLearned
) -> tuple[ConceptScores, ...]:
    """Score the customers on every concept that was learned."""
    if not learned.concepts:
        return ()
    near = [
        nearness_again(part.encoder, [one.name for one, _ in part.sources], part.vectors, learned.concepts)
        for part in parts
    ]
    return scores_again(np.vstack(near), weights, learned.concepts)
