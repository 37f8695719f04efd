"""What customers looked at or wrote about: it speaks for their taste, above all where they bought little."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import scipy.sparse as sp

from segmentation.action.recommend.purchases import Catalogue, ask_for
from segmentation.workspace import Workspace

VIEWED, IN_CART, REVIEWED = 0.2, 0.4, 0.5
"""What each counts beside a purchase, which counts 1."""


def read_interest(
    workspace: Workspace, customer_ids: np.ndarray, catalogue: Catalogue, before: datetime
) -> sp.csr_matrix | None:
    """Return what these customers (n,) looked at or reviewed up to a moment, float32 CSR (n, m), or None."""
    with workspace.cursor() as cursor:
        ask_for(cursor, customer_ids, catalogue)
        asked = {"before": before, "viewed": VIEWED, "in_cart": IN_CART, "reviewed": REVIEWED}
        found = cursor.sql(_INTEREST, params=asked).fetchnumpy()
    if not len(found["customer"]):
        return None
    entries = (found["weight"].astype(np.float32), (found["customer"], found["product"]))
    return sp.csr_matrix(entries, shape=(len(customer_ids), len(catalogue)))


_INTEREST = """
WITH shown AS (
    SELECT customer_id, product_id, CASE action WHEN 'cart' THEN $in_cart ELSE $viewed END AS weight
    FROM shop.events WHERE happened_at < $before
    UNION ALL
    SELECT customer_id, product_id, $reviewed FROM shop.reviews WHERE reviewed_at < $before
)
SELECT asked_customers.position AS customer, asked_products.position AS product, max(weight)::FLOAT AS weight
FROM shown JOIN asked_customers USING (customer_id) JOIN asked_products USING (product_id)
GROUP BY customer, product ORDER BY customer, product
"""
