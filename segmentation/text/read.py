"""Read what customers bought, viewed and wrote: from the shop's texts to one block of vectors and themes."""

from __future__ import annotations

import numpy as np

from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.text.block import Loader, TextBlock, TextOptions
from segmentation.text.encoder import load_encoder
from segmentation.workspace import Workspace


def read_customers(
    workspace: Workspace,
    shop: Shop,
    customer_ids: np.ndarray,
    options: TextOptions,
    seed: int,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> TextBlock | None:
    """Return a row of text features per customer id, or None where there is no text or texts are left out.

    :raises ModelError: if the model is not on this machine or not what it claims to be.
    :raises DeviceError: if the device is not here.
    :raises Cancelled: when a person cancels; texts already embedded stay.
    """
