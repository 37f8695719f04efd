"""What `run` tells of files that are not sure, or cannot be right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from segmentation.cli import main

CUSTOMERS = 40


def orders(discount: bool = False, leader: int = 0) -> str:
    """Write three orders of each customer, `leader` more of the first; some lines have money off."""
    owners = [*(at % CUSTOMERS for at in range(3 * CUSTOMERS)), *([0] * leader)]
    rows = ["order_id,customer_id,order_date,product_id,quantity,unit_price" + (",rabat" if discount else "")]
    for at, owner in enumerate(owners):
        pieces, price = 1 + at % 3, 5 + at % 7
        off = f",{pieces * price * (at % 5 < 2) * (0.1 + 0.1 * (at % 3)):.2f}" if discount else ""
        day = f"2024-{1 + at % 12:02d}-{1 + at % 28:02d}"
        rows.append(f"O{1000 + at},C{100 + owner},{day},P{at % 7},{pieces},{price}{off}")
    return "\n".join(rows) + "\n"


def run(tmp_path: Path, text: str, *more: str) -> int:
    path = tmp_path / "orders.csv"
    path.write_text(text, encoding="utf-8")
    fixed = ["--out", str(tmp_path / "out"), "--k", "2", "--k-range", "2:3", "--model", "none"]
    return main(["run", str(path), *fixed, *more])


def test_an_open_question_is_printed_with_its_figures_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, orders(discount=True)) == 0
    heard = capsys.readouterr()
    printed = json.loads(heard.out)
    assert printed["doubts"] == json.loads((tmp_path / "out/segments.json").read_text())["doubts"]
    [doubt] = printed["doubts"]
    taken, other = doubt["options"]
    assert doubt["question"] == "Is “rabat” still to be taken off the amounts?"
    assert (doubt["taken"], taken["orders"], taken["customers"]) == (taken["answer"], 120, 40)
    assert 0 < taken["revenue"] < other["revenue"]
    assert set(taken) == {"answer", "revenue", "customers", "orders", "first", "last"}
    [line] = [line for line in heard.err.splitlines() if "rabat" in line]
    assert line.startswith(
        "Not sure: Is “rabat” still to be taken off the amounts? Taken: Yes, take it off ("
    )
    assert printed["alarms"] == []


def test_what_cannot_be_right_is_printed_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, orders(leader=80)) == 0
    heard = capsys.readouterr()
    alarms = {one["alarm"]: one for one in json.loads(heard.out)["alarms"]}
    assert (alarms["one_customer"]["file"], alarms["one_customer"]["column"]) == ("orders.csv", "customer_id")
    assert "One customer has far too many orders: By “customer_id” in orders.csv" in heard.err


REVIEWS = "product_id,review_text,rating\n" + "".join(
    f"P{at % 9},I found that number {at} is quite good for me and mine,{1 + at % 5}\n" for at in range(60)
)


def test_files_without_customers_end_in_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, REVIEWS) == 2
    heard = capsys.readouterr()
    assert "orders.csv seems to hold no customers" in heard.err
    assert "--kind orders.csv=customers" in heard.err
    assert not (tmp_path / "out").exists()
    assert main(["inspect", str(tmp_path / "orders.csv"), "--kind", "orders.csv=customers"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "customers"


def test_a_kind_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, REVIEWS, "--kind", "orders.csv=people") == 2
    assert "is not FILE=KIND" in capsys.readouterr().err
