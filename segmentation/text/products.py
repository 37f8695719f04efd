"""What products say of themselves: a vector and a theme for every product of the shop, sold or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from segmentation.algorithms.neighbours import unit_rows
from segmentation.jobs import Progress, silent
from segmentation.text.block import Theme
from segmentation.text.choose import ReadingGroup, choose_readers
from segmentation.text.encoders.embed import embed_texts
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import NO_TEXT, Loader, TextOptions
from segmentation.text.sources import TextSource, product_texts
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class ProductTexts:
    """A row per product asked for: `vectors` float32 (m, d) of unit length, zero for one without a text.

    `themes` (m,) is the place of the theme that a product is nearest to, -1 where there is none.
    """

    vectors: np.ndarray
    themes: np.ndarray


def read_products(
    workspace: Workspace,
    product_ids: np.ndarray,
    themes: Sequence[Theme],
    options: TextOptions,
    seed: int,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> ProductTexts | None:
    """Read the texts of these products (m,); None where texts are left out or no product has one.

    What was read before is taken from the workspace. A theme is where its typical texts are, on average.

    :raises ModelError: if the model is not on this machine.
    :raises Cancelled: when a person cancels.
    """
    if options.model == NO_TEXT:
        return None
    found = product_texts(workspace).to_pandas()
    place = {product: at for at, product in enumerate(product_ids.tolist())}
    found = found[found["item"].isin(place)]
    distinct = found.drop_duplicates("text_hash").sort_values("text")
    if distinct.empty:
        return None
    hashes = distinct["text_hash"].to_numpy().astype(np.uint64)
    nobody = sp.csr_matrix((0, len(distinct)), dtype=np.float64)
    source = TextSource("products", tuple(distinct["text"]), hashes, nobody)
    [group] = choose_readers([source], options, seed, load)
    read = _vectors(workspace, group, on_progress)
    at_text = {text: at for at, text in enumerate(hashes.tolist())}
    rows = np.array([place[product] for product in found["item"]])
    of_text = np.array([at_text[text] for text in found["text_hash"].astype(np.uint64).tolist()])
    mean = read[of_text].mean(axis=0)
    vectors = np.zeros((len(product_ids), read.shape[1]), dtype=np.float32)
    vectors[rows] = unit_rows(read[of_text] - mean)
    return ProductTexts(vectors, _nearest_theme(vectors, _centres(group, themes, mean)))


def _vectors(workspace: Workspace, group: ReadingGroup, on_progress: Progress) -> np.ndarray:
    """Read one source; a vocabulary of its own is not kept, since it is another one than that of the run."""
    [source] = group.sources
    if group.lexical:
        return np.asarray(group.encoder.encode(source.texts))
    return embed_texts(workspace, group.encoder, source.texts, source.hashes, on_progress, "Reading products")


def _centres(group: ReadingGroup, themes: Sequence[Theme], mean: np.ndarray) -> np.ndarray:
    """Return where each theme is among the products, unit rows (themes, d)."""
    centres = np.zeros((len(themes), len(mean)), dtype=np.float32)
    for at, theme in enumerate(themes):
        texts = theme.examples or (" ".join(theme.words),)
        centres[at] = unit_rows(group.encoder.encode(texts) - mean).mean(axis=0)
    return unit_rows(centres)


def _nearest_theme(vectors: np.ndarray, centres: np.ndarray) -> np.ndarray:
    if not len(centres):
        return np.full(len(vectors), -1)
    return np.where(np.any(vectors != 0, axis=1), np.argmax(vectors @ centres.T, axis=1), -1)
