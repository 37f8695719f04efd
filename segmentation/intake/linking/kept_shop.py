"""The shop as it was described, kept beside its tables, so that the same files are linked only once."""

from __future__ import annotations

import duckdb

from segmentation.intake.shop import Shop
from segmentation.workspace.database import KEPT_SHOP
from segmentation.workspace.facts import converter

# To be raised whenever the same files and rules would make another shop.
BUILT_BY = "7"


def find_kept(cursor: duckdb.DuckDBPyConnection, fingerprint: str) -> Shop | None:
    """Return the shop that the tables hold if it is the one of this fingerprint."""
    rows = cursor.execute(
        "SELECT value FROM meta WHERE key = ? AND starts_with(value, ?)",
        [KEPT_SHOP, _head(fingerprint)],
    ).fetchall()
    if not rows:
        return None
    return converter().loads(rows[0][0].removeprefix(_head(fingerprint)), Shop)


def keep(cursor: duckdb.DuckDBPyConnection, shop: Shop) -> Shop:
    """Remember what the tables hold, in the transaction that filled them."""
    text = _head(shop.fingerprint) + converter().dumps(shop)
    cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [KEPT_SHOP, text])
    return shop


def _head(fingerprint: str) -> str:
    return f"{BUILT_BY} {fingerprint} "
