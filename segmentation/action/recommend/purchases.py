"""Who bought what: the products that can be offered, and a sparse row of purchases per customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from segmentation.intake.linking.fill_products import PRODUCT_LABEL
from segmentation.intake.shop import lines_known
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Catalogue:
    """The products that can be offered, by id: `product_ids` and `names` (m,), object arrays of str."""

    product_ids: np.ndarray
    names: np.ndarray

    def __len__(self) -> int:
        return len(self.product_ids)


@dataclass(frozen=True)
class Purchases:
    """A row per customer, a column per product of the catalogue; returns and what is no product left out.

    `orders` (n, m) float32 CSR counts the different orders with a product; `first` and `last` have the same
    entries: days from the first and from the last of them to `as_of`, 0 where the files give no dates.
    """

    orders: sp.csr_matrix
    first: sp.csr_matrix
    last: sp.csr_matrix

    @property
    def bought(self) -> sp.csr_matrix:
        """Ones where a customer bought a product, float32 (n, m)."""
        return _with_values(self.orders, np.ones(self.orders.nnz, dtype=np.float32))

    @property
    def buyers(self) -> np.ndarray:
        """How many customers bought each product (m,)."""
        return np.bincount(self.orders.indices, minlength=self.orders.shape[1])


def read_catalogue(workspace: Workspace) -> Catalogue:
    """Return what was sold to anyone, and what never was but has a price, by product id.

    A product that was never sold counts once under its name, and not beside a sold one of the same name: an
    export often writes one product's number in several ways.
    """
    with workspace.cursor() as cursor:
        found = cursor.execute(_CATALOGUE).fetchall()
    ids, names = zip(*found, strict=True) if found else ((), ())
    return Catalogue(np.array(ids, dtype=object), np.array(names, dtype=object))


def read_purchases(
    workspace: Workspace,
    customer_ids: np.ndarray,
    catalogue: Catalogue,
    before: datetime,
    since: datetime | None = None,
) -> Purchases:
    """Count the purchases of these customers (n,) up to a moment, which is not included.

    :param since: leave out what was bought earlier, and what has no date.
    """
    with workspace.cursor() as cursor:
        ask_for(cursor, customer_ids, catalogue)
        asked = {"before": before, "since": since}
        found = cursor.sql(_PURCHASES, params=asked).fetchnumpy()
    shape = (len(customer_ids), len(catalogue))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(found["customer"], minlength=shape[0]))])
    orders = sp.csr_matrix((found["orders"].astype(np.float32), found["product"], indptr), shape=shape)
    return Purchases(orders, *(_with_values(orders, found[name]) for name in ("first", "last")))


def ask_for(cursor: duckdb.DuckDBPyConnection, customer_ids: np.ndarray, catalogue: Catalogue) -> None:
    """Register asked_customers and asked_products: each id with its place in the matrices."""
    for name, column, values in (
        ("asked_customers", "customer_id", customer_ids),
        ("asked_products", "product_id", catalogue.product_ids),
    ):
        positions = pa.array(np.arange(len(values), dtype=np.int32))
        cursor.register(name, pa.table({"position": positions, column: pa.array(values, pa.string())}))


def _with_values(like: sp.csr_matrix, values: np.ndarray) -> sp.csr_matrix:
    """Put other values in the entries of a matrix."""
    return sp.csr_matrix((values.astype(np.float32), like.indices, like.indptr), shape=like.shape)


_CATALOGUE = f"""
WITH counted AS (
    SELECT product_id, bool_or(is_product IS NOT FALSE) AS is_product
    FROM shop.lines WHERE product_id IS NOT NULL GROUP BY product_id
), known AS (
    SELECT product_id, {PRODUCT_LABEL} AS name, lower(coalesce(product_name, product_id)) AS own_name,
        unit_price, is_product
    FROM counted FULL JOIN shop.products USING (product_id)
), priced AS (
    SELECT count(unit_price) > 0 AS has_prices FROM shop.products
), offered AS (
    SELECT *, is_product IS NULL AS unsold,
        row_number() OVER (PARTITION BY own_name ORDER BY is_product IS NULL, product_id) AS nth
    FROM known WHERE is_product IS NOT FALSE
)
SELECT product_id, name FROM offered CROSS JOIN priced
WHERE NOT unsold OR (nth = 1 AND (unit_price > 0 OR NOT has_prices))
ORDER BY product_id
"""
_PURCHASES = f"""
WITH counted AS (
    SELECT asked_customers.position AS customer, asked_products.position AS product, ordered_at,
        coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S'), '') AS order_key
    FROM {lines_known("$before")} JOIN asked_customers USING (customer_id)
         JOIN asked_products USING (product_id)
    WHERE is_product IS NOT FALSE AND is_return IS NOT TRUE
        AND (ordered_at < $before OR (ordered_at IS NULL AND $since IS NULL))
        AND ($since IS NULL OR ordered_at >= $since)
), orders AS (
    SELECT customer, product, order_key, min(ordered_at) AS moment FROM counted
    GROUP BY customer, product, order_key
)
SELECT customer, product, count(*) AS orders,
    coalesce(epoch($before - min(moment)) / 86400, 0) AS first,
    coalesce(epoch($before - max(moment)) / 86400, 0) AS last
FROM orders GROUP BY customer, product ORDER BY customer, product
"""
