"""The products of each segment: what its customers buy more often than all customers do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import chdtrc, xlogy

from segmentation.intake.linking.fill_products import PRODUCT_LABEL
from segmentation.workspace import Workspace

FALSE_DISCOVERIES = 0.05
FEWEST_BUYERS = 5
SMALLEST_SUPPORT = 0.01
"""Share of the segment that must have bought a product."""


@dataclass(frozen=True)
class LiftedProduct:
    """A product that a segment buys more often: `lift` = `support` / `overall`.

    `support` and `overall` are the shares (0..1) of the segment and of all customers who bought it, `buyers`
    how many of the segment did; `q_value` the share of false finds among those at least as sure as this one.
    """

    product_id: str
    name: str
    buyers: int
    support: float
    overall: float
    lift: float
    q_value: float


def lifted_products(
    workspace: Workspace, customer_ids: np.ndarray, labels: np.ndarray, k: int, count: int = 5
) -> tuple[tuple[LiftedProduct, ...], ...]:
    """Return up to `count` products for each segment 0..k-1 of the customers (n,), greatest lift first.

    Only products that at least 5 customers and 1 % of the segment bought, not returns or fees, and whose lift
    is no chance: G-test (Woolf 1957, Annals of Human Genetics 21) against the rest of the customers, false
    discoveries over all segments and products held to 5 % (Benjamini and Hochberg 1995, JRSS B 57).
    """
    asked = pa.table(
        {
            "position": pa.array(np.arange(len(customer_ids), dtype=np.int32)),
            "customer_id": pa.array(customer_ids, type=pa.string()),
            "segment": pa.array(labels.astype(np.int16)),
        }
    )
    with workspace.cursor() as cursor:
        cursor.register("lifted_customers", asked)
        found = cursor.sql(_BUYERS, params={"fewest": FEWEST_BUYERS}).to_arrow_table()
    sizes = np.bincount(labels, minlength=k)
    return _strongest(found, sizes, count)


def names_products(workspace: Workspace) -> bool:
    """Whether any order of the shop names a product, so that one could be bought more often."""
    with workspace.cursor() as cursor:
        return bool(cursor.execute(f"SELECT EXISTS (FROM shop.lines WHERE {_IS_PRODUCT})").fetchall()[0][0])


def g_test(buyers: np.ndarray, size: np.ndarray, all_buyers: np.ndarray, everyone: int) -> np.ndarray:
    """Return how likely chance alone makes so unequal shares in a group and the rest: p-values (m,).

    :param buyers: of the group; `size` of the group; `all_buyers` of `everyone`; counts (m,).
    """
    others, rest = all_buyers - buyers, everyone - size
    cells = (buyers, size - buyers, others, rest - others)
    of_all = all_buyers / everyone
    expected = (size * of_all, size * (1 - of_all), rest * of_all, rest * (1 - of_all))
    total = sum(
        xlogy(seen, np.divide(seen, awaited, out=np.ones(len(seen)), where=awaited > 0))
        for seen, awaited in zip(cells, expected, strict=True)
    )
    return np.asarray(chdtrc(1, np.maximum(2 * total, 0)))


def q_values(p_values: np.ndarray) -> np.ndarray:
    """Return for each p-value the least rate of false discoveries at which it counts (m,)."""
    tests = len(p_values)
    order = np.argsort(p_values, kind="stable")
    scaled = p_values[order] * tests / np.arange(1, tests + 1)
    adjusted = np.empty(tests)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(adjusted, 1)


def _strongest(found: pa.Table, sizes: np.ndarray, count: int) -> tuple[tuple[LiftedProduct, ...], ...]:
    segment, buyers, total = (
        found[name].to_numpy().astype(np.int64) for name in ("segment", "buyers", "total")
    )
    everyone = int(sizes.sum())
    q = q_values(g_test(buyers, sizes[segment], total, everyone))
    support, overall = buyers / sizes[segment], total / max(everyone, 1)
    lift = support / overall
    sure = (q <= FALSE_DISCOVERIES) & (lift > 1) & (support >= SMALLEST_SUPPORT)
    ranked = np.lexsort((np.arange(len(lift)), -buyers, -lift))
    ranked = ranked[sure[ranked]]
    ids, names = found["product_id"], found["name"]
    return tuple(
        tuple(
            LiftedProduct(
                ids[place].as_py(),
                names[place].as_py(),
                int(buyers[place]),
                float(support[place]),
                float(overall[place]),
                float(lift[place]),
                float(q[place]),
            )
            for place in ranked[segment[ranked] == one][:count].tolist()
        )
        for one in range(len(sizes))
    )


_IS_PRODUCT = "product_id IS NOT NULL AND is_product IS NOT FALSE AND is_return IS NOT TRUE"

_BUYERS = f"""
WITH bought AS (
    SELECT DISTINCT position, segment, product_id
    FROM shop.lines JOIN lifted_customers USING (customer_id)
    WHERE {_IS_PRODUCT}
), counted AS (
    SELECT product_id, segment, count(*) AS buyers FROM bought GROUP BY product_id, segment
), with_totals AS (
    SELECT *, sum(buyers) OVER (PARTITION BY product_id)::BIGINT AS total FROM counted
)
SELECT product_id, {PRODUCT_LABEL} AS name, segment, buyers, total
FROM with_totals LEFT JOIN shop.products USING (product_id)
WHERE total >= $fewest
ORDER BY product_id, segment
"""
