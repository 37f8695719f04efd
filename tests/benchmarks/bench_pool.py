"""From vectors of product texts to a vector per customer, against plain scipy and scikit-learn.

Run by `make bench STAGE=pool SIZES=10000000`; SIZES are numbers of order lines, of a hundredth as many
products and a tenth as many customers. The texts fill 64 of 384 directions, as smoothed texts do.
"""

from __future__ import annotations

import sys

import measure
import numpy as np
import scipy.sparse as sp

ROUNDS = 3
WIDTH, FILLED = 384, 64
Given = tuple[np.ndarray, sp.csr_matrix]


def make(lines: int, seed: int = 0) -> Given:
    """Make unit texts (products, 384) and spending (customers, products) with best sellers."""
    rng = np.random.default_rng(seed)
    products, customers = lines // 100, lines // 10
    directions = np.linalg.qr(rng.normal(size=(WIDTH, FILLED)))[0].T.astype(np.float32)
    texts = rng.normal(size=(products, FILLED)).astype(np.float32) @ directions
    who = (customers * rng.random(lines) ** 1.5).astype(np.int32)
    what = (products * rng.random(lines) ** 2).astype(np.int32)
    spent = sp.csr_matrix((rng.lognormal(2, 1, lines), (who, what)), shape=(customers, products))
    return texts / np.linalg.norm(texts, axis=1, keepdims=True), spent


def tessera(given: Given) -> int:
    from segmentation.text.pool import pool

    return pool(*given).vectors.shape[1]


def scipy_and_scikit_learn(given: Given) -> int:
    """Average with scipy, then reduce with scikit-learn's PCA."""
    from sklearn.decomposition import PCA

    texts, spent = given
    total = np.asarray(spent.sum(axis=1)).ravel()
    shares = sp.diags_array(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)) @ spent
    means = np.asarray(shares.astype(np.float32) @ texts)
    return PCA(FILLED, random_state=0).fit_transform(means).shape[1]


WAYS = {"Tessera": tessera, "scipy product, scikit-learn PCA": scipy_and_scikit_learn}


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    for lines in measure.sizes("1000000"):
        print(measure.surroundings(("numpy", "scipy", "scikit-learn")))
        runs = measure.by_turns(__file__, dict.fromkeys(WAYS, measure.OURS), [str(lines)], ROUNDS)
        measure.show(measure.rows_of("pool", lines, runs), "quality")


if __name__ == "__main__":
    if sys.argv[1:]:
        measure.run_way(lambda: make(int(sys.argv[2])), WAYS[sys.argv[1]])
    else:
        main()
