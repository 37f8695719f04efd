"""Customers assigned part by part are where they are when all are assigned at once, to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from segmentation.intake.uploads.load import load_file
from segmentation.scale.assign import assign_in_parts
from segmentation.scale.storage import Folder
from segmentation.scale.workers import Workers
from segmentation.track.assign import Everybody, assign_everybody
from segmentation.track.assign.files import assigned_csv, assigned_facts
from segmentation.track.frozen import frozen_run
from segmentation.workspace import Workspace


def in_parts(
    shop: Workspace, folder: Path, load: Callable, each: Callable = map, parts: int = 3
) -> Everybody:
    return assign_in_parts(shop, frozen_run(shop), Workers(each, Folder.at(str(folder)), load, parts))


def test_parts_are_assigned_as_the_whole_is(shop: Workspace, tmp_path: Path, load_fake: Callable) -> None:
    found = in_parts(shop, tmp_path / "parts", load_fake)
    whole = assign_everybody(shop, frozen_run(shop), load=load_fake)
    assert assigned_csv(found) == assigned_csv(whole)
    assert assigned_facts(found) == assigned_facts(whole) and len(found.assigned) == 400


def test_what_a_part_lacks_is_judged_by_all(shop: Workspace, tmp_path: Path, load_fake: Callable) -> None:
    """Of four parts three hold no order with a time of day: the few that have it decide for all."""
    with shop.transaction() as cursor:
        cursor.execute("UPDATE shop.lines SET ordered_at = date_trunc('day', ordered_at)")
        cursor.execute(
            "UPDATE shop.lines SET ordered_at = ordered_at + INTERVAL 9 HOUR"
            " WHERE customer_id = (SELECT min(customer_id) FROM shop.lines)"
        )
        cursor.execute("UPDATE shop.products SET category = NULL WHERE product_id > 'P00002'")
    found = in_parts(shop, tmp_path / "parts", load_fake, parts=4)
    whole = assign_everybody(shop, frozen_run(shop), load=load_fake)
    assert assigned_csv(found) == assigned_csv(whole) and found.departures == whole.departures


def test_parts_that_are_done_are_not_done_again(shop: Workspace, tmp_path: Path, load_fake: Callable) -> None:
    first = in_parts(shop, tmp_path / "parts", load_fake)
    files = {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").rglob("*.parquet")}
    done = sorted(path for path in files if path.parent.parent.name == "assigned")
    assert len(done) == 3
    done[1].unlink()
    again = in_parts(shop, tmp_path / "parts", load_fake)
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "parts").rglob("*.parquet")}
    assert after.keys() == files.keys()
    assert {path for path in files if after[path] != files[path]} == {done[1]}
    assert np.array_equal(first.assigned.segment, again.assigned.segment)


def test_other_orders_are_other_parts(shop: Workspace, tmp_path: Path, load_fake: Callable) -> None:
    in_parts(shop, tmp_path / "parts", load_fake)
    more = tmp_path / "more.csv"
    more.write_text("order_id,customer_id,order_date,amount\nO1,C-new,2025-01-03,9.5\n")
    load_file(shop, more)
    assert len(in_parts(shop, tmp_path / "parts", load_fake).assigned) == 401
    assert len(list((tmp_path / "parts").iterdir())) == 2
