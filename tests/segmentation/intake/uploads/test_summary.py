"""What the card of a file says about it: customers and span of time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from segmentation.intake.roles import Role
from segmentation.intake.uploads.corrections import set_role
from segmentation.intake.uploads.load import load_file
from segmentation.intake.uploads.summary import UploadSummary, summarise
from segmentation.workspace import Workspace

ORDERS = """order_id,customer_id,order_date,amount
1,ann,03/01/2024,20
2,ann,25/02/2024,11
3,bob,10/01/2024,
4,,01/03/2024,31
"""


def test_it_counts_known_customers_and_finds_the_span(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS)
    upload = load_file(workspace, tmp_path / "orders.csv")
    assert summarise(workspace, upload) == UploadSummary(2, datetime(2024, 1, 3), datetime(2024, 3, 1))


def test_it_follows_corrected_roles(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS)
    upload = load_file(workspace, tmp_path / "orders.csv")
    set_role(workspace, upload.upload_id, "customer_id", Role.IGNORE)
    upload = set_role(workspace, upload.upload_id, "order_date", Role.IGNORE)
    assert summarise(workspace, upload) == UploadSummary(None, None, None)
