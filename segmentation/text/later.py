"""What customers bought in a period, by what the products say: a point per customer in few directions."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
import scipy.sparse as sp

from segmentation.algorithms.pca import principal_components
from segmentation.intake.population import OneDatabase, Query
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader, TextOptions
from segmentation.text.pool import mean_texts
from segmentation.text.products import read_products
from segmentation.workspace import Workspace

DIRECTIONS = 8

_BOUGHT = """
SELECT customer, product_id,
       count(DISTINCT coalesce(order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S'))) AS orders
FROM shop.lines JOIN population USING (customer_id)
WHERE product_id IS NOT NULL AND is_product IS NOT FALSE AND is_return IS NOT TRUE
  AND ordered_at >= $first AND CAST(ordered_at AS DATE) <= CAST($last AS DATE)
GROUP BY customer, product_id ORDER BY customer, product_id
"""


def taste_of_period(
    workspace: Workspace,
    customer_ids: np.ndarray,
    days: tuple[datetime, datetime],
    options: TextOptions,
    seed: int,
    load: Loader = load_encoder,
) -> np.ndarray | None:
    """Return each customer's mean product vector of the days from the first to the last, (n, p) float64.

    NaN rows where a customer bought no product with a text; None where nobody did, or texts are left out.

    :raises ModelError: if the model is not on this machine.
    """
    asked = Query((_BOUGHT,), {"first": days[0], "last": days[1]})
    bought = OneDatabase(workspace, customer_ids).ask(asked)[0].to_pandas()
    places, products = pd.factorize(bought["product_id"], sort=True)
    read = read_products(workspace, np.asarray(products, dtype=object), (), options, seed, load=load)
    if read is None:
        return None
    told = np.any(read.vectors != 0, axis=1)[places]
    at = (bought["customer"].to_numpy()[told], places[told])
    counts = bought["orders"].to_numpy(dtype=np.float64)[told]
    weights = sp.csr_matrix((counts, at), shape=(len(customer_ids), len(products)))
    buyers = np.unique(at[0])
    if len(buyers) < 2:
        return None
    means = mean_texts(read.vectors, weights[buyers])
    points = np.full((len(customer_ids), min(DIRECTIONS, means.shape[1])), np.nan)
    points[buyers] = principal_components(means, points.shape[1]).project(means)
    return points
