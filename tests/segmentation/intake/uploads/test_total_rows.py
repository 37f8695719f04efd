"""Rows that add others up are not counted in what the answers to a question come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

SOLD = [(at, 1 + at % 3, 10.5 + at * 37 % 89, 6.5 if at % 8 < 3 else 0.0) for at in range(90)]
GROSS = sum(pieces * price for _, pieces, price, _ in SOLD)
OFF = sum(off for *_, off in SOLD)


def dated(at: int) -> str:
    return f"{700 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10}"


@pytest.mark.parametrize("total", ["Grand total", ""])
def test_totals_are_no_part_of_what_an_answer_comes_to(
    workspace: Workspace, tmp_path: Path, total: str
) -> None:
    rows = [f"{dated(at)},{pieces},{price:.2f},{off:.2f}" for at, pieces, price, off in SOLD]
    sums = [sum(one[place] for one in SOLD) for place in (1, 2, 3)]
    ends = f",,{total},{sums[0]},{sums[1]:.2f},{sums[2]:.2f}"
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["Order ID,Date,Customer ID,Quantity,Price,Discount", *rows, ends]) + "\n")
    (doubt,) = load_file(workspace, path).doubts
    assert [option.revenue for option in doubt.options] == pytest.approx([GROSS - OFF, GROSS])
