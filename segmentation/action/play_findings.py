"""Ask the other steps what they know of a run's customers, for the playbook."""

from __future__ import annotations

import numpy as np

from segmentation.action.contacts import load_reach
from segmentation.action.play_figures import Findings
from segmentation.workspace import Workspace


def find_out(workspace: Workspace, customer_ids: np.ndarray) -> Findings:
    """Gather what is known of these customers (n,); the shop's tables must be those of the customers."""
    reach = load_reach(workspace, customer_ids)
    return Findings(reach if reach.email.any() or reach.phone.any() else None)
