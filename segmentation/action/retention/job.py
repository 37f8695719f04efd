"""What lies ahead of a run's customers: value and risk of each, made in one job and kept with the run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from segmentation.action.retention.churn_definition import ChurnDefinition, define_churn
from segmentation.action.retention.churn_risk import ChurnRisk, ChurnTest, churn_risk
from segmentation.action.retention.value_check import ValueCheck
from segmentation.action.retention.value_forecast import HORIZONS, CustomerValue, value_customers
from segmentation.action.retention.value_model import ValueModel
from segmentation.errors import NoForecastError, NoHindsightError
from segmentation.features.histories import OrderHistories, order_histories
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.runs import Run
from segmentation.runs.parts import keep_within, part_of_run
from segmentation.runs.unchanged import check_unchanged, shop_of_run
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed
from segmentation.workspace.facts import converter

KEY = "outlook"
LIKELY = 0.5
"""From this risk on a customer counts as likely to stop."""


@dataclass(frozen=True)
class Outlook:
    """What was learned from all customers, and how it held; the rows per customer are in the table `outlook`.

    What could not be made is None, and `no_value`, `no_check` or `no_churn` says why. `has_spend` is whether
    amounts are foretold, and not orders alone; `in_margin` whether these are margin, after the cost of goods.
    """

    as_of: datetime | None
    value: ValueModel | None
    check: ValueCheck | None
    definition: ChurnDefinition | None
    churn: ChurnTest | None
    no_value: str
    no_check: str
    no_churn: str
    in_margin: bool = False

    @property
    def has_spend(self) -> bool:
        """Whether money is foretold."""
        return self.value is not None and self.value.spending is not None


@undisturbed
def look_ahead(
    workspace: Workspace, run: Run, days: int | None = None, on_progress: Progress = silent
) -> Outlook:
    """Foretell orders, spend and churn of a run's customers, hold it against the past, and keep it.

    :param days: without an order after which a customer counts as gone; by default the usual longest gap.
    :raises FilesChangedError: where the files are not those of the run.
    :raises OptionError: for days that the history does not allow to be tested.
    """
    shop = shop_of_run(workspace, run)
    value, check, no_value, no_check = _value(workspace, shop, on_progress)
    definition, risk, no_churn = _churn(workspace, shop, days, run.options.seed, on_progress)
    found = Outlook(
        shop.as_of,
        value.model if value else None,
        check,
        definition,
        risk.test if risk else None,
        no_value,
        no_check,
        no_churn,
        shop.in_margin,
    )
    rows = _rows(workspace, shop, value, risk)
    check_unchanged(workspace, run)
    _keep(workspace, run.run_id, found, rows)
    on_progress(Stage.DONE, 1, 1)
    return found


def load_outlook(workspace: Workspace, run_id: str) -> Outlook | None:
    """Read what was learned for a run; None where nobody has looked ahead yet."""
    stored = part_of_run(workspace, run_id, KEY)
    return converter().structure(stored, Outlook) if stored else None


def _value(
    workspace: Workspace, shop: Shop, on_progress: Progress
) -> tuple[CustomerValue | None, ValueCheck | None, str, str]:
    try:
        value = value_customers(workspace, shop, HORIZONS, on_progress)
    except NoForecastError as refused:
        return None, None, str(refused), str(refused)
    return value, value.check, "", value.no_check


def _churn(
    workspace: Workspace, shop: Shop, days: int | None, seed: int, on_progress: Progress
) -> tuple[ChurnDefinition | None, ChurnRisk | None, str]:
    try:
        definition = define_churn(workspace, shop, days)
    except NoHindsightError as refused:
        return None, None, str(refused)
    try:
        return definition, churn_risk(workspace, shop, days, seed, on_progress), ""
    except NoHindsightError as refused:
        return definition, None, str(refused)


def _rows(
    workspace: Workspace, shop: Shop, value: CustomerValue | None, risk: ChurnRisk | None
) -> pd.DataFrame:
    """Return a row per customer who has ordered; a column is missing where it could not be made."""
    if risk:
        histories = risk.today.histories
    elif value:
        histories = value.histories
    elif shop.as_of and "lines.ordered_at" in shop.has:
        histories = order_histories(workspace, shop.as_of)
    else:
        return pd.DataFrame({"customer_id": np.array([], dtype=object)})
    columns = _histories(histories)
    if risk:
        columns |= {"risk": risk.risk, "usual_interval": risk.today.interval, "overdue": risk.today.overdue}
    if value:
        value = replace(value, alive=coherent_alive(value.alive, risk.risk)) if risk else value
        columns |= {"alive": value.alive, **_ahead(value)}
    return pd.DataFrame(columns)


def coherent_alive(alive: np.ndarray, risk: np.ndarray) -> np.ndarray:
    """Return the chance (n,) of being still a customer: never below that of ordering within the period."""
    return np.maximum(alive, 1 - risk)


def _histories(histories: OrderHistories) -> dict[str, np.ndarray]:
    return {
        "customer_id": histories.customer_ids,
        "order_days": histories.order_days,
        "days_since": histories.days_since,
    }


def _ahead(value: CustomerValue) -> dict[str, np.ndarray]:
    columns: dict[str, np.ndarray] = {}
    for what, found in (("orders", value.orders), ("spend", value.spend or {})):
        for days, one in found.items():
            columns |= {
                f"{what}_{days}": one.expected,
                f"{what}_{days}_low": one.low,
                f"{what}_{days}_high": one.high,
            }
    for days in value.orders:
        columns[f"if_stays_{days}"] = value.if_still_a_customer(days)
    return columns


def _keep(workspace: Workspace, run_id: str, found: Outlook, rows: pd.DataFrame) -> None:
    """Keep an outlook in place of an earlier one; a run that is deleted meanwhile keeps nothing."""
    facts = converter().unstructure(found)
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM outlook WHERE run_id = ?", [run_id])
        if keep_within(cursor, run_id, lambda _: {KEY: facts}) and len(rows):
            cursor.register("looked_ahead", rows.assign(run_id=run_id))
            cursor.execute("INSERT INTO outlook BY NAME SELECT * FROM looked_ahead")
            cursor.unregister("looked_ahead")
