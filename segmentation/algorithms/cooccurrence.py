"""Links between items: what is bought together, and what reads alike; as sparse matrices."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

MOST_ITEMS = 6_000
"""Co-purchase is learned for so many best-selling items; the inverse takes their third power in time."""

LINKS_PER_ITEM = 100
LIKES_PER_ITEM = 50
_ROWS_AT_ONCE = 2_048


def purchase_links(bought: sp.csr_matrix, ridge: float) -> sp.csr_matrix:
    """Return how much having bought item i speaks for item j, float32 CSR (m, m), nothing on the diagonal.

    EASE^R (Steck 2019, "Embarrassingly shallow autoencoders for sparse data", WWW): the ridge regression of
    each item on all others in closed form. For each item its 100 strongest links, of either sign, are kept.

    :param bought: ones where a customer (n) bought an item (m); `ridge` is in customers.
    """
    items = bought.shape[1]
    sellers = np.sort(np.argsort(-np.bincount(bought.indices, minlength=items), kind="stable")[:MOST_ITEMS])
    chosen = bought[:, sellers]
    gram = np.asarray((chosen.T @ chosen).todense(), dtype=np.float64)
    gram[np.diag_indices_from(gram)] += ridge
    inverse = np.linalg.inv(gram)
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    found = _strongest(weights.T.astype(np.float32), LINKS_PER_ITEM).T.tocoo()
    return sp.csr_matrix((found.data, (sellers[found.row], sellers[found.col])), shape=(items, items))


def likeness_links(vectors: np.ndarray) -> sp.csr_matrix:
    """Return the squared cosine of each item's vector to its 50 nearest others, float32 CSR (m, m).

    :param vectors: unit rows (m, d); rows of zeros are like nothing.
    """
    blocks = []
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        alike = np.maximum(vectors[start : start + _ROWS_AT_ONCE] @ vectors.T, 0) ** 2
        rows = np.arange(len(alike))
        alike[rows, start + rows] = 0
        blocks.append(_strongest(alike, LIKES_PER_ITEM))
    return sp.csr_matrix(sp.vstack(blocks, dtype=np.float32))


def of_one_size(links: sp.csr_matrix, like: sp.csr_matrix) -> sp.csr_matrix:
    """Scale links to the size (root of the sum of squares) of others, so that a blend weighs them alike."""
    sizes = [float(np.sqrt(np.square(one.data, dtype=np.float64).sum())) for one in (links, like)]
    return links * np.float32(sizes[1] / sizes[0]) if min(sizes) > 0 else links


def strongest_source(
    history: sp.csr_matrix, links: sp.csr_matrix, places: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return which item of a row's history speaks most for each of its places, and how much: (n, count) each.

    The item is -1 where nothing speaks for it.

    :param places: items (n, count).
    """
    rows, count = places.shape
    had = np.diff(history.indptr)
    lengths = np.repeat(had, count)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    entry = np.repeat(np.repeat(history.indptr[:-1], count), lengths) + within
    source, target = history.indices[entry], np.repeat(places.ravel(), lengths)
    speaks = history.data[entry] * np.asarray(links[source, target]).ravel() if len(entry) else np.empty(0)
    best, strength = np.full(rows * count, -1), np.zeros(rows * count, dtype=np.float32)
    # Ascending strength, so that the strongest is written last.
    order = np.lexsort((-within, speaks))
    order = order[speaks[order] > 0]
    pair = np.repeat(np.arange(rows * count), lengths)[order]
    best[pair], strength[pair] = source[order], speaks[order]
    return best.reshape(rows, count), strength.reshape(rows, count)


def _strongest(weights: np.ndarray, count: int) -> sp.csr_matrix:
    """Keep the entries of each row that are largest in size."""
    if weights.shape[1] <= count:
        return sp.csr_matrix(weights)
    columns = np.argpartition(-np.abs(weights), count, axis=1)[:, :count]
    rows = np.repeat(np.arange(len(weights)), count)
    values = np.take_along_axis(weights, columns, axis=1).ravel()
    kept = sp.csr_matrix((values, (rows, columns.ravel())), shape=weights.shape)
    kept.eliminate_zeros()
    return kept
