"""Ask the other steps what they know of a run's customers, for the playbook."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.action.contacts import load_reach
from segmentation.action.play_figures import Findings
from segmentation.action.value import CustomerValue, value_customers
from segmentation.errors import NoForecastError
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.workspace import Workspace

AHEAD = 365
RELATED = " In this shop how often and how much go together, so the figure of the busiest may be off."


def find_out(
    workspace: Workspace, shop: Shop, customer_ids: np.ndarray, on_progress: Progress = silent
) -> Findings:
    """Gather what is known of these customers (n,); the shop's tables must be those of the customers."""
    reach = load_reach(workspace, customer_ids)
    expected, said = _expected(workspace, shop, customer_ids, on_progress)
    return Findings(
        reach=reach if reach.email.any() or reach.phone.any() else None, expected=expected, expected_said=said
    )


def _expected(
    workspace: Workspace, shop: Shop, customer_ids: np.ndarray, on_progress: Progress
) -> tuple[np.ndarray | None, str]:
    """Return what each customer is expected to spend, (n,), 0 without orders; and how that is known."""
    try:
        value = value_customers(workspace, shop, (AHEAD,), on_progress)
    except NoForecastError as error:
        return None, str(error)
    if value.spend is None:
        return None, value.model.no_spend
    known = pd.Series(value.spend[AHEAD].expected, index=value.histories.customer_ids)
    return known.reindex(customer_ids).fillna(0.0).to_numpy(), _said(value)


def _said(value: CustomerValue) -> str:
    repeating = f"{value.model.repeating:,}"
    told = (
        f"Expected in the next {formats.days(AHEAD)}, by what the {repeating} returning customers of this "
        "shop did (MBG/NBD and gamma-gamma)."
    )
    return told + RELATED if value.model.is_too_related else told
