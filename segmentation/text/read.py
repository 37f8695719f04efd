"""Read what customers bought, viewed and wrote: from the shop's texts to one block of vectors and themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from segmentation.algorithms.neighbours import unit_rows
from segmentation.algorithms.split_halves import Reliability
from segmentation.intake.population import OneDatabase, Population
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.block import Reading, TextBlock, Theme, ThemeOfText
from segmentation.text.choose import ReadingGroup, choose_readers
from segmentation.text.encoders.embed import embed_texts
from segmentation.text.encoders.lexical import LexicalEncoder
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import NO_TEXT, Encoder, Loader, TextOptions
from segmentation.text.encoders.vectors import forget_other_versions
from segmentation.text.learned import PartLearned, SourceLearned, TextsLearned
from segmentation.text.pool import (
    Pooled,
    effective_items,
    learn_smoothing,
    mean_by_customers,
    pool,
    taste_of,
)
from segmentation.text.sources import PRODUCTS, TextSource, product_halves, sources_of
from segmentation.text.themes import Themes, find_themes, theme_shares
from segmentation.text.treatment import Treatment
from segmentation.workspace import Workspace

READING = Stage.READING_TEXTS
_THEMES_OF_SEVERAL_ENCODERS = 10


@dataclass(frozen=True)
class _Read:
    """One encoder's part: the customers' vectors, the texts behind them, its share (0..1) of all weights."""

    pooled: Pooled
    texts: tuple[str, ...]
    weights: sp.csr_matrix
    share: float
    group: ReadingGroup
    learned: PartLearned

    @property
    def vectors(self) -> np.ndarray:
        """The customers' vectors as they stand beside those of the other encoders."""
        return self.pooled.vectors * np.float32(self.learned.scale)

    def sources(self) -> Iterator[tuple[int, TextSource]]:
        """Yield each source, and where its texts begin among those of this part."""
        start = 0
        for source in self.group.sources:
            yield start, source
            start += len(source.texts)


def read_customers(
    workspace: Workspace,
    shop: Shop,
    customer_ids: np.ndarray,
    options: TextOptions,
    seed: int,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
    read_before: Workspace | None = None,
    people: Population | None = None,
) -> TextBlock | None:
    """Return a row of text features per customer id, or None where there is no text or texts are left out.

    :param read_before: the workspace that keeps what a language model has read, by default the same; vectors
        of a vocabulary of its own are always kept with the texts.
    :param people: these customers, where others than the workspace's database are to be asked of them.
    :raises ModelError: if the model is not on this machine or not what it claims to be.
    :raises DeviceError: if the device is not here.
    :raises Cancelled: when a person cancels; texts already embedded stay.
    """
    people = people or OneDatabase(workspace, customer_ids)
    sources = () if options.model == NO_TEXT else sources_of(people)
    if not sources:
        return None
    on_progress(Stage.LOADING_MODEL, 0, 1)
    groups = choose_readers(sources, options, seed, load)
    said = float(sum(source.weights.sum() for source in sources))
    keeper = read_before or workspace
    parts = _at_their_share(
        [_read_group(workspace if group.lexical else keeper, group, said, on_progress) for group in groups]
    )
    on_progress(Stage.FINDING_THEMES, 0, 1)
    themes, shares, of_text = _themes(parts, options.themes, seed)
    on_progress(Stage.FINDING_THEMES, 1, 1)
    return TextBlock(
        vectors=np.ascontiguousarray(np.hstack([part.vectors for part in parts])),
        items=effective_items(_joined(part.weights for part in parts)),
        kappa=float(sum(part.share * part.pooled.kappa for part in parts)),
        themes=themes,
        theme_shares=shares,
        readings=tuple(reading for group in groups for reading in group.readings),
        options=options,
        seed=seed,
        taste=_taste(people, parts),
        learned=TextsLearned(tuple(part.learned for part in parts)),
        theme_of_text=of_text,
    )


def _taste(people: Population, parts: Sequence[_Read]) -> Reliability | None:
    """Say how much of what customers buy is their own: their mean product, odd against even orders."""
    for part in parts:
        for start, source in part.sources():
            if source.name == PRODUCTS:
                texts = part.pooled.texts[start : start + len(source.texts)]
                return taste_of(texts, product_halves(people, source))
    return None


def _read_group(workspace: Workspace, group: ReadingGroup, said: float, on_progress: Progress) -> _Read:
    if group.lexical:
        forget_other_versions(workspace, group.encoder)
    read = [
        _source_vectors(workspace, group.encoder, source, reading, on_progress)
        for source, reading in zip(group.sources, group.readings, strict=True)
    ]
    weights = _joined(source.weights for source in group.sources)
    texts = tuple(text for source in group.sources for text in source.texts)
    pooled = pool(np.vstack([vectors for vectors, _ in read]), weights)
    learned = PartLearned(
        encoder=group.encoder.name,
        key=group.encoder.key,
        precision=group.encoder.precision,
        draft=group.encoder.draft,
        letters=group.encoder.letters if isinstance(group.encoder, LexicalEncoder) else None,
        sources=tuple(source for _, source in read),
        directions=pooled.directions,
    )
    return _Read(pooled, texts, weights, float(weights.sum() / said), group, learned)


def _source_vectors(
    workspace: Workspace, encoder: Encoder, source: TextSource, reading: Reading, on_progress: Progress
) -> tuple[np.ndarray, SourceLearned]:
    """Embed one source's texts, smooth them where that helps, and centre them on the source's own mean."""
    step = f"{READING}: {source.name}"
    vectors = embed_texts(workspace, encoder, source.texts, source.hashes, on_progress, step)
    smoothing = None
    if reading.treatment is Treatment.NEIGHBOURS:
        smoothing = learn_smoothing(vectors, source.hashes)
        vectors = smoothing.smooth(vectors)
    mean = mean_by_customers(vectors, source.weights)
    return (vectors - mean).astype(np.float32), SourceLearned(source.name, source.typical, smoothing, mean)


def _at_their_share(parts: list[_Read]) -> list[_Read]:
    """Bring the vectors of several encoders, which lie side by side, to a variance equal to their share."""
    return parts if len(parts) == 1 else [_at_its_share(part) for part in parts]


def _at_its_share(part: _Read) -> _Read:
    variance = float(part.pooled.vectors.var(axis=0).sum())
    scale = float(np.float32(np.sqrt(part.share / variance) if variance > 0 else 0.0))
    return replace(part, learned=replace(part.learned, scale=scale))


def _themes(
    parts: Sequence[_Read], count: int | None, seed: int
) -> tuple[tuple[Theme, ...], np.ndarray, ThemeOfText]:
    """Find themes per encoder, whose vectors do not compare with another's; shares are over all of them."""
    found: list[Themes] = []
    for part in parts:
        several = max(2, round((count or _THEMES_OF_SEVERAL_ENCODERS) * part.share))
        wanted = count if len(parts) == 1 else several
        found.append(find_themes(unit_rows(part.pooled.texts), part.texts, wanted, seed))
    starts = np.cumsum([0, *(len(part.names) for part in found)])
    labels = np.concatenate([part.labels + start for part, start in zip(found, starts[:-1], strict=True)])
    themes = tuple(
        Theme(name, words, size, examples)
        for part in found
        for name, words, size, examples in zip(part.names, part.words, part.sizes, part.examples, strict=True)
    )
    hashes = np.concatenate([source.hashes for part in parts for _, source in part.sources()])
    shares = theme_shares(_joined(part.weights for part in parts), labels, len(themes))
    return themes, shares, ThemeOfText(hashes, labels)


def _joined(weights: Iterable[sp.csr_matrix]) -> sp.csr_matrix:
    return sp.csr_matrix(sp.hstack(list(weights)))
