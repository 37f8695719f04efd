"""A run: the segments of every k with all that a screen shows and a repeat needs, kept in the workspace."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from cattrs.preconf.json import JsonConverter, make_converter

from segmentation.clusters.quality import Quality
from segmentation.clusters.space import Column
from segmentation.clusters.suggest import Suggestion
from segmentation.errors import OptionError
from segmentation.features.table import Feature, LeftOut
from segmentation.insight.centroids import CentroidTable
from segmentation.intake.rules import Cleaning, Rule
from segmentation.text.block import BUNDLED, Reading, Theme
from segmentation.workspace import Workspace, rows_table

MOST_SEGMENTS = 255
LARGEST_SEED = 2**32 - 1
KEEP_RUNS = 3


@dataclass(frozen=True)
class RunOptions:
    """What a person may set before segments are looked for.

    `k` outside `k_range` extends the range to it. `text_weight` is the share of the texts (0..1), None as
    much as behaviour; `profile_weight` that of the profile columns where anything else exists; `off` names
    features that are not to define segments; `themes` the number of themes, None to choose it;
    `cleaning_off` and `cleaning_on` name the rules of cleaning that were switched against their default.

    :raises OptionError: for a value that makes no sense.
    """

    k: int | None = None
    k_range: tuple[int, int] = (2, 12)
    model: str = BUNDLED
    device: str | None = None
    text_weight: float | None = None
    profile_weight: float = 0.0
    off: frozenset[str] = frozenset()
    themes: int | None = None
    seed: int = 0
    resamples: int = 20
    cleaning_off: frozenset[str] = frozenset()
    cleaning_on: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        low, high = self.k_range
        if not 2 <= low <= high <= MOST_SEGMENTS:
            raise OptionError(
                f"the range of segments is {low} to {high}.", f"Give 2 ≤ from ≤ to ≤ {MOST_SEGMENTS}."
            )
        if self.k is not None and not 2 <= self.k <= MOST_SEGMENTS:
            raise OptionError(f"{self.k} segments were asked for.", f"Ask for 2 to {MOST_SEGMENTS}.")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise OptionError(f"the seed is {self.seed}.", f"Give a whole number from 0 to {LARGEST_SEED}.")
        for name, weight in (("text", self.text_weight), ("profile", self.profile_weight)):
            if weight is not None and not 0 <= weight <= 1:
                raise OptionError(f"the {name} weight is {weight}.", "Give a share between 0 and 1.")
        for rule in sorted((self.cleaning_off | self.cleaning_on) - set(Rule)):
            raise OptionError(f"there is no cleaning rule “{rule}”.", f"There are {', '.join(Rule)}.")

    @property
    def ks(self) -> tuple[int, ...]:
        """Every number of segments that is tried."""
        low, high = self.k_range
        return tuple(sorted({*range(low, high + 1), *([self.k] if self.k else [])}))

    @property
    def cleaning(self) -> Cleaning:
        """The rules of cleaning as they were switched."""
        return Cleaning(
            frozenset(Rule(rule) for rule in self.cleaning_off),
            frozenset(Rule(rule) for rule in self.cleaning_on),
        )


@dataclass(frozen=True)
class Segment:
    """One segment at one k: steady label, generated name, one sentence, how big, how steady (0..1)."""

    label: int
    name: str
    sentence: str
    size: int
    share: float
    revenue_share: float | None
    stability: float


@dataclass(frozen=True)
class Cut:
    """All customers in k segments."""

    k: int
    segments: tuple[Segment, ...]
    quality: Quality
    centroids: CentroidTable


@dataclass(frozen=True)
class Run:
    """The result of one job; `cuts` by k; the customers' own rows are read with `load_customers`.

    `centers` are the centroids of every k in the scaled space, and `columns` says how a raw value gets there.
    """

    run_id: str
    made_at: datetime
    fingerprint: str
    options: RunOptions
    customers: int
    customer_meaning: str
    currency: str | None
    as_of: datetime | None
    suggestion: Suggestion
    reason: str
    cuts: dict[int, Cut]
    features: tuple[Feature, ...]
    left_out: tuple[LeftOut, ...]
    readings: tuple[Reading, ...]
    themes: tuple[Theme, ...]
    block_shares: dict[str, float]
    map_explained: float
    columns: tuple[Column, ...]
    centers: dict[int, np.ndarray]
    versions: dict[str, str]
    names: dict[int, str] = field(default_factory=dict)

    @property
    def ks(self) -> list[int]:
        """Every number of segments there is, ascending."""
        return sorted(self.cuts)

    def names_at(self, k: int) -> list[str]:
        """Names of the segments of this k in label order; a person's own name follows the segment."""
        return [self.names.get(segment.label) or segment.name for segment in self.cuts[k].segments]


@dataclass(frozen=True)
class Moves:
    """How two runs differ at one k: customers in both, of these the moved ones, new ones and gone ones."""

    k: int
    both: int
    moved: int
    new: int
    gone: int


def save_run(workspace: Workspace, run: Run, customers: pd.DataFrame) -> None:
    """Keep a run and its customers' rows in one transaction; only the latest runs keep their rows.

    Features are stored by position, since SQL takes names that differ only in case for the same.
    """
    columns = {feature.name: f"feature_{position}" for position, feature in enumerate(run.features)}
    with workspace.transaction() as cursor:
        cursor.register("run_customers", customers.rename(columns=columns))
        cursor.execute(f"CREATE TABLE {rows_table(run.run_id)} AS SELECT * FROM run_customers")
        cursor.unregister("run_customers")
        summary = json.dumps(_converter().unstructure(run))
        cursor.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?)", [run.run_id, run.made_at, run.fingerprint, summary]
        )
        old = cursor.execute(
            "SELECT run_id FROM runs ORDER BY made_at DESC, run_id OFFSET ?", [KEEP_RUNS]
        ).fetchall()
        for (run_id,) in old:
            cursor.execute(f"DROP TABLE IF EXISTS {rows_table(run_id)}")
            cursor.execute("DELETE FROM runs WHERE run_id = ?", [run_id])


def latest_run_id(workspace: Workspace) -> str | None:
    """Return the id of the newest run, if there is one."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT run_id FROM runs ORDER BY made_at DESC, run_id LIMIT 1").fetchall()
    return rows[0][0] if rows else None


def load_run(workspace: Workspace, run_id: str | None = None) -> Run | None:
    """Read a run, by default the newest one, with the names that people gave; None where there is none."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "SELECT summary FROM runs WHERE run_id = ?", [run_id or latest_run_id(workspace)]
        ).fetchall()
    if not rows:
        return None
    summary = json.loads(rows[0][0])
    summary["names"] = segment_names(workspace)
    return _converter().structure(summary, Run)


def load_customers(workspace: Workspace, run: Run, positions: np.ndarray | None = None) -> pd.DataFrame:
    """Read a row per customer: customer_id, segment_K and confidence_K for each k, map_x, map_y, features.

    :param positions: read only the customers at these places in the order of the run (ascending, from 0),
        which then are the index.
    """
    query = f"SELECT * FROM {rows_table(run.run_id)}"
    if positions is not None:
        query += " AS kept SEMI JOIN wanted ON kept.rowid = wanted.position ORDER BY kept.rowid"
    with workspace.cursor() as cursor:
        if positions is not None:
            cursor.register("wanted", pd.DataFrame({"position": positions}))
        rows = cursor.sql(query).df()
    features = [feature.name for feature in run.features]
    headers = [*rows.columns[: len(rows.columns) - len(features)], *features]
    return rows.set_axis(headers, axis=1).set_axis(positions if positions is not None else rows.index)


def load_map(workspace: Workspace, run: Run) -> dict[str, np.ndarray]:
    """Read where every customer is on the map, float32 x and y (n,), and the segment at the suggested k.

    A run of an earlier version keeps NaN for those who were not drawn.
    """
    query = (
        f"SELECT map_x AS x, map_y AS y, segment_{run.suggestion.k} AS segment FROM {rows_table(run.run_id)}"
    )
    with workspace.cursor() as cursor:
        return {name: np.asarray(values) for name, values in cursor.sql(query).fetchnumpy().items()}


def moved_customers(workspace: Workspace, before: str, after: str, k: int) -> Moves | None:
    """Compare two runs, given by their ids, at one k; None where either lacks it or is forgotten.

    Labels are aligned across runs, so that a changed label is a changed segment.
    """
    tables = [rows_table(run_id) for run_id in (before, after)]
    with workspace.cursor() as cursor:
        known = cursor.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE table_name IN (?, ?) AND column_name = ?",
            [f"run_{before}", f"run_{after}", f"segment_{k}"],
        ).fetchall()[0][0]
        if known < len({before, after}):
            return None
        both, moved, new, gone = cursor.execute(
            f"""
            SELECT count(*) FILTER (older.customer_id = newer.customer_id),
                   count(*) FILTER (older.segment_{k} <> newer.segment_{k}),
                   count(*) FILTER (older.customer_id IS NULL), count(*) FILTER (newer.customer_id IS NULL)
            FROM {tables[0]} AS older FULL JOIN {tables[1]} AS newer USING (customer_id)"""
        ).fetchall()[0]
    return Moves(k, both, moved, new, gone)


def run_before(workspace: Workspace, run_id: str) -> str | None:
    """Return the id of the run made just before this one, if it is still kept."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            """
            SELECT older.run_id FROM runs AS older JOIN runs AS newer ON newer.run_id = ?
            WHERE older.made_at < newer.made_at ORDER BY older.made_at DESC, older.run_id LIMIT 1""",
            [run_id],
        ).fetchall()
    return rows[0][0] if rows else None


def labels_before(workspace: Workspace, customer_ids: np.ndarray) -> dict[int, np.ndarray]:
    """Return for every k of the newest run these customers' labels, int16 (n,), -1 for those it lacks."""
    run_id = latest_run_id(workspace)
    if run_id is None:
        return {}
    wanted = pd.DataFrame({"position": np.arange(len(customer_ids)), "customer_id": customer_ids})
    with workspace.cursor() as cursor:
        cursor.register("wanted", wanted)
        table = rows_table(run_id)
        query = f"SELECT position, COLUMNS('^segment_[0-9]+$') FROM wanted JOIN {table} USING (customer_id)"
        found = cursor.execute(query).fetchnumpy()
    positions = found.pop("position")
    labels = {}
    for column, values in found.items():
        labels[int(column.removeprefix("segment_"))] = of_k = np.full(len(customer_ids), -1, dtype=np.int16)
        of_k[positions] = values
    return labels


def segment_names(workspace: Workspace) -> dict[int, str]:
    """Return the names that people gave, by the segment's steady label."""
    with workspace.cursor() as cursor:
        return dict(cursor.execute("SELECT identity, name FROM segment_names").fetchall())


def rename_segment(workspace: Workspace, label: int, name: str) -> None:
    """Give a segment a name of one's own; an empty one brings the generated name back."""
    tidy = " ".join(name.split())[:60]
    with workspace.transaction() as cursor:
        cursor.execute("DELETE FROM segment_names WHERE identity = ?", [label])
        if tidy:
            cursor.execute("INSERT INTO segment_names VALUES (?, ?)", [label, tidy])


@cache
def _converter() -> JsonConverter:
    converter = make_converter()
    converter.register_unstructure_hook(
        np.ndarray, lambda array: [str(array.dtype), array.shape, array.ravel().tolist()]
    )
    converter.register_structure_hook(np.ndarray, _array)
    return converter


def _array(stored: list[Any], _: type) -> np.ndarray:
    dtype, shape, values = stored
    return np.array(values, dtype=dtype).reshape(shape)
