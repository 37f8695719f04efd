"""From clean order lines in memory or in the workspace to customer features: Tessera, pandas and polars.

Run by `make bench STAGE=features SIZES="1000000 10000000" PEERS=1`; SIZES are numbers of order lines. Reading
the file is left out (STAGE=intake has it), and so is Tessera's cleaning. The last column counts the orders
of all customers, in which all ways have to agree.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure
from bench_intake import pandas_features, polars_features, read_by_pandas, read_by_polars, write_order_lines

ROUNDS = 3
Way = tuple[Callable[[str], Any], Callable[[Any], float]]


def shop(path: str) -> Any:
    """Read the file and link it, as the app has done before it asks for features."""
    from segmentation.intake.linking.build import build_shop
    from segmentation.intake.uploads.load import load_file
    from segmentation.workspace import Workspace

    workspace = Workspace.temporary()
    load_file(workspace, path)
    return workspace, build_shop(workspace)


def features(given: Any) -> float:
    from segmentation.features.build import build_features

    values = build_features(*given).values
    given[0].close()
    return float(values["frequency"].sum())


WAYS: dict[str, Way] = {
    "Tessera": (shop, features),
    "pandas": (read_by_pandas, lambda lines: float(pandas_features(lines)["frequency"].sum())),
    "polars": (read_by_polars, lambda lines: float(polars_features(lines)["frequency"].sum())),
}
PYTHONS = {"polars": measure.PEERS}


def main() -> None:
    """Print a table in Markdown with what it was measured on."""
    for lines in measure.sizes("1000000"):
        print(measure.surroundings(("duckdb", "pandas", "numpy")))
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "lines.csv")
            write_order_lines(path, lines)
            ways = {way: PYTHONS.get(way, measure.OURS) for way in WAYS}
            runs = measure.by_turns(__file__, ways, [path], ROUNDS)
            measure.show(measure.rows_of("features", lines, runs, lambda rounds: rounds[0][2]), "orders")


if __name__ == "__main__":
    if sys.argv[1:]:
        prepare, work = WAYS[sys.argv[1]]
        measure.run_way(lambda: prepare(sys.argv[2]), work)
    else:
        main()
