"""A small shop with a campaign whose lift is known, handed over and sent on days of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from segmentation.action.audience.hold_out import draw
from segmentation.action.files.campaign_log import Party, keep_campaign
from segmentation.action.files.export_log import hashes, log_export
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

MADE_AT = datetime(2024, 3, 9, 12)
SENT_ON = date(2024, 3, 10)
NAMES = ("Often", "Seldom", "Once", "Lately", "Gone", "Best")


@dataclass(frozen=True)
class Plan:
    """Segments of these sizes, of whom these shares order in two weeks without the campaign and with it."""

    sizes: Sequence[int]
    rates: Sequence[float]
    lifts: Sequence[float]
    share: float = 0.2
    seed: int = 0


@dataclass(frozen=True)
class Planted:
    """What was planted: `people` (customer_id, segment, held) and `orders` as the file has them."""

    export_id: str
    people: pd.DataFrame
    orders: pd.DataFrame


def date_back(workspace: Workspace, export_id: str, at: datetime) -> None:
    """Let a file have been handed over at this moment."""
    with workspace.transaction() as cursor:
        cursor.execute("UPDATE exports SET made_at = ? WHERE export_id = ?", [at, export_id])


def hand_over(workspace: Workspace, people: pd.DataFrame, share: float, at: datetime = MADE_AT) -> str:
    """Write down a file of those not held out, as if it had been taken then."""
    got = people.loc[~people["held"], "customer_id"].to_numpy(dtype=object)
    export_id = log_export(
        workspace, "crm", "all", [f"all-crm-{at:%Y-%m-%d}-{len(got)}-people.csv"], len(got), got
    )
    date_back(workspace, export_id, at)
    ids = people["customer_id"].to_numpy(dtype=object)
    party = Party(hashes(ids), people["segment"].to_numpy(), people["held"].to_numpy(dtype=bool))
    names = NAMES[: int(people["segment"].max()) + 1]
    return keep_campaign(workspace, export_id, "run", share, names, party)


def plant(workspace: Workspace, folder: Path, plan: Plan) -> Planted:
    """Upload the orders of a shop before and after the send, and hand the file over between them."""
    rng = np.random.default_rng(plan.seed)
    segment = np.repeat(np.arange(len(plan.sizes)), plan.sizes)
    ids = np.array([f"c{number:05d}" for number in range(len(segment))], dtype=object)
    held = draw(ids, segment, plan.share, plan.seed)
    people = pd.DataFrame({"customer_id": ids, "segment": segment, "held": held})
    chance = np.asarray(plan.rates)[segment] + np.where(held, 0, np.asarray(plan.lifts)[segment])
    bought = np.flatnonzero(rng.random(len(ids)) < chance)
    orders = pd.concat(
        [
            _orders(rng, ids, date(2024, 1, 5), 50, "before"),
            _orders(rng, ids[bought], SENT_ON, 14, "in"),
            _orders(rng, ids[rng.choice(bought, len(bought) // 5, replace=False)], SENT_ON, 14, "again"),
            _orders(rng, np.array(["somebody else"], dtype=object), SENT_ON + timedelta(days=14), 1, "after"),
        ]
    )
    path = folder / "orders.csv"
    orders.to_csv(path, index=False)
    load_file(workspace, path)
    return Planted(hand_over(workspace, people, plan.share), people, orders)


def _orders(rng: np.random.Generator, ids: np.ndarray, start: date, days: int, what: str) -> pd.DataFrame:
    when = [start + timedelta(days=int(day)) for day in rng.integers(0, days, len(ids))]
    return pd.DataFrame(
        {
            "order_id": [f"{what}-{number}" for number in range(len(ids))],
            "customer_id": ids,
            "order_date": [f"{day} 10:00" for day in when],
            "product_name": "Teapot",
            "quantity": 1,
            "total_amount": rng.lognormal(3.4, 0.7, len(ids)).round(2),
        }
    )
