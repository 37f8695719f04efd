"""Who bought, viewed or wrote what: each distinct text of the shop once, and its weight for each customer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from segmentation.workspace import Workspace

# A review, a note or a purchase among the events counts as much as an order line of average amount.
PRODUCTS, REVIEWS = "products", "reviews"
PURCHASE_POINTS, CART_POINTS, VIEW_POINTS = 5, 3, 1
TEXT_COLUMNS = frozenset({"products.product_name", "products.description", "reviews.text", "notes.text"})


@dataclass(frozen=True)
class TextSource:
    """One source of texts: `texts` distinct, normalised and sorted; `hashes` uint64 of each.

    `weights` (customers, texts) float64 CSR in units of an average order line; no negative entries.
    `typical` is the amount of such a line.
    """

    name: str
    texts: tuple[str, ...]
    hashes: np.ndarray
    weights: sp.csr_matrix
    typical: float = 1.0


def collect_sources(
    workspace: Workspace, customer_ids: np.ndarray, typical: Mapping[str, float] | None = None
) -> tuple[TextSource, ...]:
    """Return the sources that say anything about these customers; rows of `weights` follow `customer_ids`.

    :param typical: the amount of an average order line by source, by default that of these customers.
    """
    with workspace.cursor() as cursor:
        cursor.register("asked_customers", numbered(customer_ids))
        found = [
            _collect(cursor, PRODUCTS, _PRODUCT_ITEMS, _PRODUCT_USES, {}),
            _collect(cursor, REVIEWS, _REVIEW_ITEMS, _REVIEW_USES, {}),
        ]
        columns = cursor.execute("SELECT DISTINCT source FROM shop.notes ORDER BY source").fetchall()
        found += [_collect(cursor, name, _NOTE_ITEMS, _NOTE_USES, {"source": name}) for (name,) in columns]
        given = typical or {}
        return tuple(
            _with_weights(name, texts, uses, len(customer_ids), given.get(name))
            for name, texts, uses in found
            if texts.num_rows
        )


def customers_with_texts(workspace: Workspace, but: Collection[str] = ()) -> dict[str, int]:
    """Count the customers of each source of texts; weights and texts themselves are not read.

    :param but: sources that are not asked for.
    """
    with workspace.cursor() as cursor:
        return dict(cursor.execute(_CUSTOMERS_WITH_TEXTS, {"but": sorted(but)}).fetchall())


def product_texts(workspace: Workspace) -> pa.Table:
    """Return the text of every product that has one, sold or not: item (its id), text, text_hash (uint64)."""
    with workspace.cursor() as cursor:
        cursor.execute(_ITEM_TEXTS.format(items=_PRODUCT_ITEMS))
        return cursor.sql("SELECT item, text, text_hash FROM item_texts ORDER BY item").to_arrow_table()


def product_halves(
    workspace: Workspace, customer_ids: np.ndarray, products: TextSource
) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """Return how often each text of the products was in a customer's even and odd orders, as `weights` is."""
    with workspace.cursor() as cursor:
        cursor.register("asked_customers", numbered(customer_ids))
        cursor.execute(_ITEM_TEXTS.format(items=_PRODUCT_ITEMS))
        found = cursor.sql(_PRODUCTS_OF_HALVES).fetchnumpy()
    by_hash = np.argsort(products.hashes)
    place = np.searchsorted(products.hashes, found["text_hash"], sorter=by_hash)
    known = place < len(by_hash)
    known[known] = products.hashes[by_hash[place[known]]] == found["text_hash"][known]
    halves = []
    for half in (0, 1):
        rows = np.flatnonzero(known & (found["half"] == half))
        at = (found["position"][rows], by_hash[place[rows]])
        halves.append(sp.csr_matrix((found["orders"][rows].astype(np.float64), at), products.weights.shape))
    return halves[0], halves[1]


def hash_reviews(cursor: duckdb.DuckDBPyConnection) -> None:
    """Fill the temporary table `item_texts` with every text of a review: item (as written), text_hash."""
    cursor.execute(_ITEM_TEXTS.format(items=_REVIEW_ITEMS))


def hashes_without(cursor: duckdb.DuckDBPyConnection, customer_ids: Sequence[str]) -> np.ndarray:
    """Return the hashes (uint64) of the texts that anybody but these wrote, and of products."""
    wrote = "SELECT customer_id, text FROM shop.reviews UNION ALL SELECT customer_id, text FROM shop.notes"
    others = f"SELECT text AS item, text FROM ({wrote}) WHERE list_contains($ids, customer_id) IS NOT TRUE"
    items = f"{others} UNION ALL {_PRODUCT_ITEMS}"
    cursor.execute(_ITEM_TEXTS.format(items=items), {"ids": list(customer_ids)})
    found = cursor.sql("SELECT DISTINCT text_hash FROM item_texts").fetchnumpy()["text_hash"]
    return np.asarray(found, dtype=np.uint64)


def numbered(customer_ids: np.ndarray) -> pa.Table:
    """Return the customers as a table to join with: position (from 0), customer_id."""
    return pa.table(
        {
            "position": pa.array(np.arange(len(customer_ids)), type=pa.int64()),
            "customer_id": pa.array(customer_ids, type=pa.string()),
        }
    )


def _collect(
    cursor: duckdb.DuckDBPyConnection, name: str, items: str, uses: str, values: Mapping[str, str]
) -> tuple[str, pa.Table, pa.Table]:
    """Fill the temporary tables of one source and read its distinct texts and uses."""
    cursor.execute(_ITEM_TEXTS.format(items=items), values)
    cursor.execute(_SOURCE_USES.format(uses=uses), values)
    texts = cursor.sql(_DISTINCT_TEXTS).to_arrow_table()
    return name, texts, cursor.sql("SELECT * FROM source_uses ORDER BY position, text_hash").to_arrow_table()


def _with_weights(
    name: str, texts: pa.Table, uses: pa.Table, customers: int, given: float | None
) -> TextSource:
    """Turn exact money and points into weights: an average order line weighs 1."""
    column = {
        key: uses[key].to_numpy() for key in ("position", "text_hash", "spend", "priced_lines", "points")
    }
    spend, lines = column["spend"], column["priced_lines"]
    own = float(spend.sum() / lines.sum()) if spend.sum() > 0 else 1.0
    typical = own if given is None else given
    weight = spend / typical + column["points"] / PURCHASE_POINTS
    hashes = texts["text_hash"].to_numpy()
    by_hash = np.argsort(hashes)
    index = by_hash[np.searchsorted(hashes, column["text_hash"], sorter=by_hash)]
    weights = sp.csr_matrix((weight, (column["position"], index)), shape=(customers, len(hashes)))
    return TextSource(name, tuple(texts["text"].to_pylist()), hashes, weights, typical)


# Markup, byte order marks and runs of blanks become one blank; a text without a letter says nothing.
_ITEM_TEXTS = r"""
CREATE OR REPLACE TEMP TABLE item_texts AS
WITH items AS ({items}),
normalised AS (
    SELECT item,
        nfc_normalize(trim(regexp_replace(text,
            '(<[^<>]{{1,60}}>|[\s\x{{feff}}\x{{00a0}}])+', ' ', 'g'))) AS text
    FROM items)
SELECT item, text, md5_number_lower(text) AS text_hash FROM normalised WHERE regexp_matches(text, '\pL')
"""
_SOURCE_USES = """
CREATE OR REPLACE TEMP TABLE source_uses AS
WITH uses AS ({uses})
SELECT position, text_hash, sum(spend)::DOUBLE AS spend, sum(priced_lines)::DOUBLE AS priced_lines,
    sum(points)::DOUBLE AS points
FROM uses JOIN item_texts USING (item) JOIN asked_customers USING (customer_id)
GROUP BY position, text_hash
HAVING sum(spend) > 0 OR sum(points) > 0
"""
_DISTINCT_TEXTS = """
SELECT text_hash, min(text) AS text FROM item_texts SEMI JOIN source_uses USING (text_hash)
GROUP BY text_hash ORDER BY text
"""

_PRODUCT_ITEMS = r"""
    SELECT product_id AS item,
        concat_ws('. ', product_name, regexp_replace(category, '[._>\[\]"/]+', ' ', 'g'), description) AS text
    FROM shop.products"""
# What was bought counts by its spend, returns not at all; only what was never bought counts by its browsing.
_PRODUCT_USES = f"""
    WITH bought AS (
        SELECT customer_id, product_id AS item, coalesce(sum(greatest(amount, 0)), 0) AS spend,
            count(*) FILTER (amount > 0) AS priced_lines,
            {PURCHASE_POINTS} * count(*) FILTER (amount IS NULL) AS points
        FROM shop.lines WHERE is_product IS NOT FALSE AND is_return IS NOT TRUE
        GROUP BY customer_id, product_id),
    viewed AS (
        SELECT customer_id, product_id AS item, 0::DECIMAL(38, 4) AS spend, 0 AS priced_lines,
            sum(CASE action WHEN 'purchase' THEN {PURCHASE_POINTS} WHEN 'cart' THEN {CART_POINTS}
                WHEN 'view' THEN {VIEW_POINTS} ELSE 0 END) AS points
        FROM shop.events GROUP BY customer_id, product_id)
    SELECT * FROM bought UNION ALL SELECT * FROM viewed ANTI JOIN bought USING (customer_id, item)"""

_CUSTOMERS_WITH_TEXTS = rf"""
WITH named AS (
    SELECT item FROM ({_PRODUCT_ITEMS}) WHERE regexp_matches(text, '\pL')
), written AS (
    SELECT '{PRODUCTS}' AS source, customer_id FROM shop.lines SEMI JOIN named ON item = product_id
    WHERE NOT list_contains($but::VARCHAR[], '{PRODUCTS}')
    UNION ALL SELECT '{REVIEWS}', customer_id FROM shop.reviews WHERE regexp_matches(text, '\pL')
    UNION ALL SELECT source, customer_id FROM shop.notes WHERE regexp_matches(text, '\pL')
)
SELECT source, count(DISTINCT customer_id) FROM written
WHERE NOT list_contains($but::VARCHAR[], source) GROUP BY source ORDER BY source
"""

# A customer's orders in time, every second one to the other half.
_PRODUCTS_OF_HALVES = """
WITH bought AS (
    SELECT position, product_id, ordered_at,
           coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')) AS order_key
    FROM shop.lines JOIN asked_customers USING (customer_id)
    WHERE is_product IS NOT FALSE AND is_return IS NOT TRUE AND ordered_at IS NOT NULL
), orders AS (
    SELECT position, order_key, min(ordered_at) AS ordered_at FROM bought GROUP BY position, order_key
), numbered AS (
    SELECT position, order_key,
           row_number() OVER (PARTITION BY position ORDER BY ordered_at, order_key) % 2 AS half
    FROM orders
)
SELECT position, half, text_hash, count(DISTINCT order_key) AS orders
FROM bought JOIN numbered USING (position, order_key) JOIN item_texts ON item = product_id
GROUP BY position, half, text_hash ORDER BY position, half, text_hash
"""

_WRITTEN = f"0::DECIMAL(38, 4) AS spend, 0 AS priced_lines, {PURCHASE_POINTS} AS points"
_REVIEW_ITEMS = "SELECT DISTINCT text AS item, text FROM shop.reviews"
_REVIEW_USES = f"SELECT customer_id, text AS item, {_WRITTEN} FROM shop.reviews"
_NOTE_ITEMS = "SELECT DISTINCT text AS item, text FROM shop.notes WHERE source = $source"
_NOTE_USES = f"SELECT customer_id, text AS item, {_WRITTEN} FROM shop.notes WHERE source = $source"
