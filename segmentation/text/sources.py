"""Who bought, viewed or wrote what: each distinct text of the shop once, and its weight for each customer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

from segmentation.intake.population import OneDatabase, Population, Query
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
    return sources_of(OneDatabase(workspace, customer_ids), typical)


def sources_of(people: Population, typical: Mapping[str, float] | None = None) -> tuple[TextSource, ...]:
    """Return the same of customers of whom something can be asked; rows of `weights` follow theirs."""
    given = typical or {}
    return tuple(
        _with_weights(name, texts, uses, len(people.ids), given.get(name))
        for name, query in text_queries(people)
        for texts, uses in (_asked(people, query),)
        if texts.num_rows
    )


def texts_of(people: Population) -> tuple[TextSource, ...]:
    """Return the sources with nothing but their texts; `weights` are of nobody."""
    found = []
    for name, query in text_queries(people):
        texts = _distinct(people.ask(replace(query, selects=(_DISTINCT_TEXTS,)))[0])
        hashes, nobody = texts["text_hash"].to_numpy(), sp.csr_matrix((0, len(texts)), dtype=np.float64)
        if len(hashes):
            found.append(TextSource(name, tuple(texts["text"].to_pylist()), hashes, nobody))
    return tuple(found)


def text_queries(people: Population) -> Iterator[tuple[str, Query]]:
    """Yield what is asked of these customers' texts, by source."""
    yield PRODUCTS, _query(_PRODUCT_ITEMS, _PRODUCT_USES)
    yield REVIEWS, _query(_REVIEW_ITEMS, _REVIEW_USES)
    [named] = people.ask(Query(("SELECT DISTINCT source FROM shop.notes",)))
    for name in sorted(set(named["source"].to_pylist())):
        yield name, _query(_NOTE_ITEMS, _NOTE_USES, {"source": name})


def _query(items: str, uses: str, values: Mapping[str, str] | None = None) -> Query:
    """Ask for the distinct texts of a source and for their uses."""
    before = (_ITEM_TEXTS.format(items=items), _SOURCE_USES.format(uses=uses))
    return Query((_DISTINCT_TEXTS, _USES), values or {}, before)


def _asked(people: Population, query: Query) -> tuple[pa.Table, pa.Table]:
    """Return the distinct texts in their order (text_hash, text), and the uses."""
    texts, uses = people.ask(query)
    return _distinct(texts), uses


def _distinct(texts: pa.Table) -> pa.Table:
    distinct = texts.group_by("text_hash").aggregate([("text", "min")])
    distinct = distinct.rename_columns(["text_hash", "text"])
    return distinct.take(pc.sort_indices(distinct, [("text", "ascending")]))


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


def product_halves(people: Population, products: TextSource) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """Return how often each text of the products was in a customer's even and odd orders, as `weights` is."""
    items = _ITEM_TEXTS.format(items=_PRODUCT_ITEMS)
    [halved] = people.ask(Query((_PRODUCTS_OF_HALVES,), before=(items,)))
    found = {name: halved[name].to_numpy() for name in halved.column_names}
    by_hash = np.argsort(products.hashes)
    place = np.searchsorted(products.hashes, found["text_hash"], sorter=by_hash)
    known = place < len(by_hash)
    known[known] = products.hashes[by_hash[place[known]]] == found["text_hash"][known]
    halves = []
    for half in (0, 1):
        rows = np.flatnonzero(known & (found["half"] == half))
        at = (found["customer"][rows], by_hash[place[rows]])
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


def _with_weights(
    name: str, texts: pa.Table, uses: pa.Table, customers: int, given: float | None
) -> TextSource:
    """Turn exact money and points into weights: an average order line weighs 1."""
    column = {
        key: uses[key].to_numpy() for key in ("customer", "text_hash", "spend", "priced_lines", "points")
    }
    spend, lines = column["spend"], column["priced_lines"]
    own = float(spend.sum() / lines.sum()) if spend.sum() > 0 else 1.0
    typical = own if given is None else given
    weight = spend / typical + column["points"] / PURCHASE_POINTS
    hashes = texts["text_hash"].to_numpy()
    by_hash = np.argsort(hashes)
    index = by_hash[np.searchsorted(hashes, column["text_hash"], sorter=by_hash)]
    weights = sp.csr_matrix((weight, (column["customer"], index)), shape=(customers, len(hashes)))
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
SELECT customer, text_hash, sum(spend)::DOUBLE AS spend, sum(priced_lines)::DOUBLE AS priced_lines,
    sum(points)::DOUBLE AS points
FROM uses JOIN item_texts USING (item) JOIN population USING (customer_id)
GROUP BY customer, text_hash
HAVING sum(spend) > 0 OR sum(points) > 0
"""
_USES = "SELECT * FROM source_uses ORDER BY customer, text_hash"
_DISTINCT_TEXTS = """
SELECT text_hash, min(text) AS text FROM item_texts SEMI JOIN source_uses USING (text_hash)
GROUP BY text_hash
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
    SELECT customer, product_id, ordered_at,
           coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')) AS order_key
    FROM shop.lines JOIN population USING (customer_id)
    WHERE is_product IS NOT FALSE AND is_return IS NOT TRUE AND ordered_at IS NOT NULL
), orders AS (
    SELECT customer, order_key, min(ordered_at) AS ordered_at FROM bought GROUP BY customer, order_key
), numbered AS (
    SELECT customer, order_key,
           row_number() OVER (PARTITION BY customer ORDER BY ordered_at, order_key) % 2 AS half
    FROM orders
)
SELECT customer, half, text_hash, count(DISTINCT order_key) AS orders
FROM bought JOIN numbered USING (customer, order_key) JOIN item_texts ON item = product_id
GROUP BY customer, half, text_hash ORDER BY customer, half, text_hash
"""

_WRITTEN = f"0::DECIMAL(38, 4) AS spend, 0 AS priced_lines, {PURCHASE_POINTS} AS points"
_REVIEW_ITEMS = "SELECT DISTINCT text AS item, text FROM shop.reviews"
_REVIEW_USES = f"SELECT customer_id, text AS item, {_WRITTEN} FROM shop.reviews"
_NOTE_ITEMS = "SELECT DISTINCT text AS item, text FROM shop.notes WHERE source = $source"
_NOTE_USES = f"SELECT customer_id, text AS item, {_WRITTEN} FROM shop.notes WHERE source = $source"
