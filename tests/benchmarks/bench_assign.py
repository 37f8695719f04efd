"""Customers put into frozen segments: all of a linked shop, without texts, into a file with a row for each.

Run by `make bench STAGE=assign SIZES="1000000"`; SIZES are numbers of customers, with four order lines each.
Segments are found on the first 20,000 of them; reading the files and linking them to a shop is left out
(STAGE=intake has it). The last column is how many of these first customers are where the run has them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import measure

FOUND_ON = 20_000
LINES = 4
ROUNDS = 3


def write_lines(path: Path, customers: range, seed: int) -> None:
    """Write four order lines of each of these customers, over two years."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(customers.start, customers.stop), LINES)
    spent = np.repeat(rng.lognormal(3, 1, len(customers)), LINES) * rng.lognormal(0, 0.3, len(who))
    days = np.repeat(rng.integers(0, 700, len(customers)), LINES) + rng.integers(0, 30, len(who))
    pd.DataFrame(
        {
            "order_id": np.arange(len(who)) + customers.start * LINES,
            "customer_id": pd.Series(who).map("C{:08d}".format),
            "order_date": np.datetime64("2024-01-01T09:30:00") + days * np.timedelta64(1, "D"),
            "quantity": rng.integers(1, 6, len(who)),
            "amount": spent.round(2),
        }
    ).to_csv(path, index=False)


def frozen_shop(folder: str) -> Any:
    """Find segments on the first customers, then read all others and link them."""
    from segmentation.intake.linking.build import build_shop
    from segmentation.intake.uploads.load import load_file
    from segmentation.pipeline import find_segments
    from segmentation.runs import RunOptions
    from segmentation.track.frozen import frozen_run
    from segmentation.workspace import Workspace

    workspace = Workspace.temporary()
    load_file(workspace, Path(folder) / "first.csv")
    options = RunOptions(model="none", k_range=(2, 6), resamples=1, resamples_of_suggested=1)
    find_segments(workspace, options)
    load_file(workspace, Path(folder) / "later.csv")
    build_shop(workspace)
    return workspace, frozen_run(workspace)


def assign_all(given: Any) -> Any:
    """Assign everybody, keep where they stand and write the file."""
    from segmentation.track.assign import assign_everybody
    from segmentation.track.assign.files import assigned_csv

    workspace, frozen = given
    found = assign_everybody(workspace, frozen)
    assigned_csv(found)
    return workspace, frozen, found


def stayed(answer: Any) -> float:
    """Return the share of the run's own customers who are where the run has them."""
    from segmentation.runs import load_customers
    from segmentation.runs.columns import segment_column

    workspace, frozen, found = answer
    was = load_customers(workspace, frozen.run).set_index("customer_id")[segment_column(found.k)]
    now = found.standing.set_index("customer_id")["segment"].reindex(was.index)
    workspace.close()
    return float((now == was).mean())


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    for customers in measure.sizes("1000000"):
        print(measure.surroundings(("duckdb", "numpy")))
        with tempfile.TemporaryDirectory() as folder:
            write_lines(Path(folder) / "first.csv", range(FOUND_ON), 1)
            write_lines(Path(folder) / "later.csv", range(FOUND_ON, customers), 2)
            runs = measure.by_turns(__file__, {"Tessera": measure.OURS}, [folder], ROUNDS)
            measure.show(measure.rows_of("assign", customers, runs, lambda rounds: rounds[0][2]), "stayed")


if __name__ == "__main__":
    if sys.argv[1:]:
        measure.run_way(lambda: frozen_shop(sys.argv[2]), assign_all, stayed)
    else:
        main()
