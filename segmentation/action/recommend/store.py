"""Keep recommendations with the run they belong to, look one customer up, and write them as CSV."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

import pandas as pd
import pyarrow as pa

from segmentation.action.files.safe_csv import CsvWriter, to_csv_bytes
from segmentation.action.recommend.found import Recommended
from segmentation.action.recommend.tiles import tiles_at
from segmentation.action.recommend.words import REASONS, offers_table
from segmentation.jobs import Progress, silent
from segmentation.runs import View
from segmentation.runs.kept.standing import STANDING, STANDING_SQL
from segmentation.stages import Stage
from segmentation.workspace import Workspace
from segmentation.workspace.facts import converter

_TEMPLATES = " ".join(f"WHEN '{code}' THEN ${code}" for code in REASONS)
_SAID = f"""
replace(replace(replace(replace(
    CASE if(reason = 'again' AND orders <= 2, 'again_' || orders, reason) {_TEMPLATES} END,
    '{{orders}}', coalesce(orders::VARCHAR, '')),
    '{{every}}', coalesce(greatest(1, round(every_days))::INTEGER::VARCHAR, '')),
    '{{ago}}', coalesce(round(days_ago)::INTEGER::VARCHAR, '')),
    '{{because}}', coalesce(because, ''))
"""
"""The reason of a row in words, with the templates bound, so that millions are worded at once."""

COLUMNS = ("customer_id", "segment", "segment_name", "rank", "new_to_them", "product_id", "product", "reason")
_ROWS_AT_ONCE = 65_536
_CUSTOMERS_SHOWN = 50


@dataclass(frozen=True)
class Lists:
    """The customers' rows: how many customers are done and a table of the latest ones, again and again.

    `again` is which share of each product's buyers bought it again, `started` when the job began.
    """

    parts: Iterator[tuple[int, pa.Table]]
    again: Mapping[str, float]
    started: float


def keep_recommended(
    workspace: Workspace, run_id: str, found: Recommended, lists: Lists, on_progress: Progress = silent
) -> Recommended:
    """Keep the rows as they come and the rest beside them, all or nothing, in place of earlier ones."""
    with workspace.transaction() as cursor:
        for table in ("recommended", "recommendations"):
            cursor.execute(f"DELETE FROM {table} WHERE run_id = ?", [run_id])
        for done, part in lists.parts:
            cursor.register("part", part)
            cursor.execute("INSERT INTO recommendations SELECT ?, * FROM part", [run_id])
            cursor.unregister("part")
            on_progress(Stage.CHOOSING_FOR_CUSTOMERS, done, found.customers)
        tiles = {k: tiles_at(cursor, run_id, offers, lists.again) for k, offers in found.offers.items()}
        found = replace(found, tiles=tiles, seconds=time.monotonic() - lists.started)
        summary = json.dumps(converter().unstructure(found))
        cursor.execute("INSERT INTO recommended VALUES (?, ?)", [run_id, summary])
    return found


def load_recommended(workspace: Workspace, run_id: str) -> Recommended | None:
    """Read what was found for a run; None where nothing was recommended yet."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("SELECT summary FROM recommended WHERE run_id = ?", [run_id]).fetchall()
    return converter().structure(json.loads(rows[0][0]), Recommended) if rows else None


def recommendations_of(workspace: Workspace, run_id: str, customer_id: str) -> pd.DataFrame:
    """Return a customer's products in order: rank, is_new, product_id, product, reason, segment (from 0)."""
    query = f"""
        SELECT rank, is_new, product_id, product_name AS product, {_SAID} AS reason, segment
        FROM recommendations WHERE run_id = $run AND customer_id = $customer ORDER BY rank"""
    with workspace.cursor() as cursor:
        return cursor.execute(query, {"run": run_id, "customer": customer_id, **REASONS}).df()


def find_customers(workspace: Workspace, run_id: str, beginning: str) -> list[str]:
    """List customers whose number begins so, at most 50."""
    query = """
        SELECT DISTINCT customer_id FROM recommendations
        WHERE run_id = ? AND starts_with(lower(customer_id), lower(?)) ORDER BY customer_id LIMIT ?"""
    with workspace.cursor() as cursor:
        found = cursor.execute(query, [run_id, beginning.strip(), _CUSTOMERS_SHOWN]).fetchall()
    return [customer_id for (customer_id,) in found]


def write_recommendations(workspace: Workspace, view: View, stream: BinaryIO, marked: bool = False) -> int:
    """Write a row per customer and product as CSV, a part at a time; return how many rows.

    Of segments that are followed also where customers stand now, where before, and since when.

    :param marked: begin with the byte order mark that Excel wants.
    """
    names = pa.array(view.names, pa.string())
    follows = view.standing is not None
    query = f"""
        SELECT customer_id, offered.segment, rank, if(is_new, 'yes', 'no'), product_id, product_name, {_SAID}
               {f", {STANDING_SQL}" if follows else ""}
        FROM (SELECT *, rowid AS place FROM recommendations WHERE run_id = $run) AS offered
             {"LEFT JOIN standing USING (customer_id)" if follows else ""} ORDER BY place"""
    written, rows = CsvWriter(stream, [*COLUMNS, *(STANDING if follows else ())], marked), 0
    with workspace.cursor() as cursor:
        for batch in cursor.sql(query, params={"run": view.run.run_id, **REASONS}).to_arrow_reader(
            _ROWS_AT_ONCE
        ):
            customer, segment, rank, new, product, name, reason, *standing = batch.columns
            numbers = pa.array(segment.to_numpy().astype("int64") + 1)
            written.write(
                [customer, numbers, names.take(segment), rank, new, product, name, reason, *standing]
            )
            rows += batch.num_rows
    return rows


def recommendations_csv(workspace: Workspace, view: View) -> bytes:
    """Write the same as bytes, for a download."""
    stream = io.BytesIO()
    write_recommendations(workspace, view, stream, marked=True)
    return stream.getvalue()


def offers_csv(found: Recommended, view: View) -> bytes:
    """Write what to offer each segment as CSV."""
    return to_csv_bytes(offers_table(found.offers[view.k], view.names))
