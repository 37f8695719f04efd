"""A table that lies in many Parquet files, some of its columns said by the names of their folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from segmentation.intake.files.own_database import own_database
from segmentation.intake.values.cast import literal
from segmentation.jobs import Progress
from segmentation.stages import Stage
from segmentation.workspace import quote_identifier


@dataclass(frozen=True)
class TablePart:
    """One of the files, and the values that its folders say (“year=2024”) of each of its rows."""

    path: Path
    values: Mapping[str, str | None]


def join_parts(parts: Sequence[TablePart], into: Path, on_progress: Progress) -> None:
    """Write the rows of all parts into one Parquet file, in their order; a column that a part lacks is empty.

    :param into: a file in the folder of the parts.
    """
    on_progress(Stage.READING_FILE, 0, 1)
    together = groupby(parts, key=lambda part: dict(part.values))
    rows = " UNION ALL BY NAME ".join(_rows([one.path for one in some], values) for values, some in together)
    with own_database(into.parent) as database:
        database.execute(f"COPY ({rows}) TO {literal(str(into))} (FORMAT parquet)")
    on_progress(Stage.READING_FILE, 1, 1)


def _rows(paths: Sequence[Path], values: Mapping[str, str | None]) -> str:
    files = ", ".join(literal(str(path)) for path in paths)
    said = "".join(
        f", {'NULL' if value is None else literal(value)}::VARCHAR AS {quote_identifier(name)}"
        for name, value in values.items()
    )
    read = f"read_parquet([{files}], union_by_name = true, hive_partitioning = false)"
    return f"SELECT *{said} FROM {read}"
