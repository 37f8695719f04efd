"""What shows whether the files were understood, worked out once per shop."""

from __future__ import annotations

import pandas as pd

from pages.shell.held.remembered import kept_beside, remembered
from pages.shell.workspace import workspace
from segmentation.intake.proof import alarms, coverage, months, receipts
from segmentation.intake.proof.alarm import Alarm
from segmentation.intake.proof.coverage import Leader, Span
from segmentation.intake.proof.receipts import Receipt
from segmentation.intake.shop import Shop


@kept_beside(1)
def alarms_of(fingerprint: str, _shop: Shop) -> tuple[Alarm, ...]:
    """Look for what cannot be right."""
    return alarms.alarms(workspace(), _shop)


@kept_beside(1)
def receipts_of(fingerprint: str, _shop: Shop) -> tuple[Receipt, ...]:
    """Choose the orders to show."""
    return receipts.receipts(workspace(), _shop)


@remembered(1)
def months_of(fingerprint: str, _shop: Shop) -> pd.DataFrame:
    """Add up the months; nobody may change the frame."""
    return months.months(workspace())


@kept_beside(1)
def leader_of(fingerprint: str, _shop: Shop) -> Leader | None:
    """Find the customer with the most orders."""
    return coverage.leader(workspace())


@remembered(1)
def span_of(fingerprint: str, _shop: Shop) -> Span | None:
    """Find from when to when the files tell."""
    return coverage.span(workspace())
