"""A currency that nobody's file says is asked once, and told by every run that was made of such files."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.errors import OptionError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.uploads.load import load_file
from segmentation.pipeline import find_segments
from segmentation.runs import RunOptions, load_run
from segmentation.runs.currency import choose_currency
from segmentation.workspace import Workspace


def orders(folder: Path, header: str) -> Path:
    rows = "".join(f"B{i},C{i % 12},2024-01-{i % 28 + 1:02},{10 + i % 7}.50\n" for i in range(60))
    path = folder / "orders.csv"
    path.write_text(f"order_id,customer_id,date,{header}\n" + rows)
    return path


def test_a_choice_is_told_by_the_shop_and_by_runs_made_before_and_after(
    workspace: Workspace, tmp_path: Path
) -> None:
    load_file(workspace, orders(tmp_path, "total"))
    options = RunOptions(k_range=(2, 3), model="none", resamples=1, resamples_of_suggested=1)
    run = find_segments(workspace, options)
    assert (run.currency, build_shop(workspace).currency, build_shop(workspace).says_currency) == (
        None,
        None,
        False,
    )
    for code, told in (("eur", "EUR"), ("NOK", "NOK"), ("", None)):
        choose_currency(workspace, code)
        known = load_run(workspace, run.run_id)
        assert known is not None
        assert known.currency == told
        assert {cut.centroids.currency for cut in known.cuts.values()} == {told}
        assert {one.currency for cut in known.cuts.values() for one in cut.portraits} == {told}
        assert build_shop(workspace).currency == told
    choose_currency(workspace, "CHF")
    assert find_segments(workspace, options).currency == "CHF"


def test_what_a_file_says_is_not_overruled(workspace: Workspace, tmp_path: Path) -> None:
    load_file(workspace, orders(tmp_path, "total_gbp"))
    run = find_segments(
        workspace, RunOptions(k_range=(2, 2), model="none", resamples=1, resamples_of_suggested=1)
    )
    choose_currency(workspace, "EUR")
    known, shop = load_run(workspace, run.run_id), build_shop(workspace)
    assert known is not None
    assert (known.currency, shop.currency, shop.says_currency) == ("GBP", "GBP", True)


def test_what_is_no_currency_is_refused(workspace: Workspace) -> None:
    with pytest.raises(OptionError, match="“Taler” is no currency"):
        choose_currency(workspace, "Taler")
