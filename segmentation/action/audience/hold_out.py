"""Customers who are held out of a campaign, so that its effect can be told: drawn once, and kept."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pandas as pd

from segmentation.errors import OptionError
from segmentation.workspace import Workspace

HOLD_OUT = "hold_out"
MOST = 0.5


def draw(customer_ids: np.ndarray, segments: np.ndarray, share: float, seed: int) -> np.ndarray:
    """Draw the same share of each segment, the same customers for the same seed whatever their order.

    :param customer_ids: (n,) texts; `segments` (n,) ints; `share` 0..0.5.
    :return: bool (n,); of each segment round(share × size) are held out.
    """
    lots = np.array(
        [int.from_bytes(hashlib.sha256(f"{seed}:{one}".encode()).digest()[:8]) for one in customer_ids],
        dtype=np.uint64,
    )
    frame = pd.DataFrame({"segment": segments, "lot": lots})
    place = frame.groupby("segment")["lot"].rank(method="first") - 1
    wanted = (frame.groupby("segment")["lot"].transform("size") * share).round()
    return (place < wanted).to_numpy(dtype=bool)


def split(
    workspace: Workspace, customer_ids: np.ndarray, segments: np.ndarray, share: float, seed: int = 0
) -> np.ndarray:
    """Return who is held out (n,), as decided before; who is new is drawn now. A share of 0 ends the split.

    Another share or seed draws everyone anew.

    :raises OptionError: for a share below 0 or above a half.
    """
    keep_share(workspace, share, seed)
    if not share:
        return np.zeros(len(customer_ids), dtype=bool)
    known = decided(workspace, customer_ids)
    new = np.array([one is None for one in known])
    if new.any():
        held = draw(customer_ids[new], segments[new], share, seed)
        with workspace.transaction() as cursor:
            cursor.register("drawn", pd.DataFrame({"customer_id": customer_ids[new], "held": held}))
            cursor.execute("INSERT INTO hold_out SELECT customer_id, held FROM drawn")
            cursor.unregister("drawn")
        known[new] = held
    return known.astype(bool)


def keep_share(workspace: Workspace, share: float, seed: int = 0) -> None:
    """Remember the share to hold out; another one than before draws everyone anew.

    :raises OptionError: for a share below 0 or above a half.
    """
    if not 0 <= share <= MOST:
        raise OptionError(
            f"a hold-out of {share:.0%} was asked for.", "Hold out up to half of the customers."
        )
    chosen = json.dumps({"share": share, "seed": seed})
    if workspace.meta(HOLD_OUT) != chosen:
        with workspace.transaction() as cursor:
            cursor.execute("DELETE FROM hold_out")
            cursor.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [HOLD_OUT, chosen])


def chosen_share(workspace: Workspace) -> float:
    """Return the share that is held out at present, 0 where none is."""
    stored = workspace.meta(HOLD_OUT)
    return float(json.loads(stored)["share"]) if stored else 0.0


def decided(workspace: Workspace, customer_ids: np.ndarray) -> np.ndarray:
    """Return of each customer whether they are held out, None where nothing has been decided (n,)."""
    with workspace.cursor() as cursor:
        stored = dict(cursor.execute("SELECT customer_id, held FROM hold_out").fetchall())
    return np.array([stored.get(one) for one in customer_ids], dtype=object)
