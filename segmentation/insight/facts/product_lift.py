"""The products of each segment: what takes a larger part of its purchases than of all others."""

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
FEWEST_HERE = 3
"""So many of the segment, too: what one or two people bought tells little about it, and much about them."""
NOTICEABLE = 1.25
"""So many times as much of its purchases as of the others' a product must be."""


@dataclass(frozen=True)
class LiftedProduct:
    """A product that a segment buys more often: `lift` = `of_buyers` / `of_purchases`.

    `buyers` of the segment bought it, the share `support` (0..1) of its people; `of_buyers` is which share of
    all its buyers they are, and `of_purchases` which share of all purchases (each product of a customer
    once) is theirs, so that who buys much of everything has no lift; `q_value` the share of false finds among
    those at least as sure as this one.
    """

    product_id: str
    name: str
    buyers: int
    support: float
    of_buyers: float
    of_purchases: float
    lift: float
    q_value: float


def lifted_products(
    workspace: Workspace, customer_ids: np.ndarray, labels: np.ndarray, k: int, count: int = 5
) -> tuple[tuple[LiftedProduct, ...], ...]:
    """Return up to `count` products for each segment 0..k-1 of the customers (n,), the surest first.

    Only products that at least 5 customers bought, 3 and 1 % of the segment among them, not returns or fees,
    that take a quarter more of the segment's purchases than of all others, and that not by chance: G-test
    (Woolf 1957, Annals of Human Genetics 21), false discoveries over all segments and products held to 5 %
    (Benjamini and Hochberg 1995, JRSS B 57).
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


def is_supported(buyers: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Say whether so many buyers of a segment of this size may stand for it, bool (m,)."""
    return (buyers >= FEWEST_HERE) & (buyers >= SMALLEST_SUPPORT * size)


def g_test(buyers: np.ndarray, size: np.ndarray, all_buyers: np.ndarray, everyone: int) -> np.ndarray:
    """Return how likely chance alone makes so unequal shares in a group and the rest: p-values (m,).

    :param buyers: of the group, of whose `size` purchases they are; `all_buyers` of the purchases of
        `everyone`; counts (m,).
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
    segment, buyers, total, purchases, everything = (
        found[name].to_numpy().astype(np.int64)
        for name in ("segment", "buyers", "total", "purchases", "everything")
    )
    everyone = int(everything[0]) if len(everything) else 0
    p = g_test(buyers, purchases, total, everyone)
    q = q_values(p)
    support, of_buyers, of_purchases = buyers / sizes[segment], buyers / total, purchases / max(everyone, 1)
    elsewhere = (total - buyers) / np.maximum(everyone - purchases, 1)
    more = (buyers / purchases >= NOTICEABLE * elsewhere) & (purchases < everyone)
    sure = (q <= FALSE_DISCOVERIES) & more & is_supported(buyers, sizes[segment])
    ranked = np.lexsort((np.arange(len(p)), -buyers, p))
    ranked = ranked[sure[ranked]]
    ids, names = found["product_id"], found["name"]
    return tuple(
        tuple(
            LiftedProduct(
                product_id=ids[place].as_py(),
                name=names[place].as_py(),
                buyers=int(buyers[place]),
                support=float(support[place]),
                of_buyers=float(of_buyers[place]),
                of_purchases=float(of_purchases[place]),
                lift=float(of_buyers[place] / of_purchases[place]),
                q_value=float(q[place]),
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
    SELECT *, sum(buyers) OVER (PARTITION BY product_id)::BIGINT AS total,
        sum(buyers) OVER (PARTITION BY segment)::BIGINT AS purchases,
        sum(buyers) OVER ()::BIGINT AS everything
    FROM counted
)
SELECT product_id, {PRODUCT_LABEL} AS name, segment, buyers, total, purchases, everything
FROM with_totals LEFT JOIN shop.products USING (product_id)
WHERE total >= $fewest
ORDER BY product_id, segment
"""
