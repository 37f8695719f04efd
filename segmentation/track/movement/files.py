"""The files of a movement: movement.csv with a row for each pair of segments, movers.csv for each mover."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from segmentation.action.files.safe_csv import to_csv_bytes, told_in
from segmentation.runs import View
from segmentation.track.movement.cells import Called, Cell, Look, count_cells, movers
from segmentation.track.movement.weight import direction_of, most_important, moved_of, worth_of_segments
from segmentation.track.movement.words import code_of, days_words, headline, reasons, side_name
from segmentation.workspace import Workspace

MOVEMENT, MOVERS = "movement.csv", "movers.csv"


def movement_files(workspace: Workspace, view: View, look: Look) -> dict[str, bytes]:
    """Write both files of a movement."""
    return {
        MOVEMENT: movement_csv(count_cells(workspace, look), view, look.called(view.names)),
        MOVERS: movers_csv(movers(workspace, look), view, look.called(view.names)),
    }


def movement_facts(workspace: Workspace, view: View, look: Look, last: datetime | None) -> dict[str, Any]:
    """Return what the command prints: the days, how many moved and why, and the most important move.

    :param last: the last day of the data.
    """
    cells, movement = count_cells(workspace, look), look.movement
    worth, moved = worth_of_segments(cells), moved_of(cells)
    first = most_important(cells, worth)
    days = days_words(movement, last)
    said = first and headline(
        first, look.called(view.names), direction_of(first.was, first.now, worth), days, view.run.currency
    )
    return {
        "run": movement.run_id,
        "from_run": movement.from_run,
        "k": look.k,
        "from": f"{movement.since:%Y-%m-%d}",
        "to": f"{movement.until:%Y-%m-%d}",
        "only_clear_moves": look.steady,
        **asdict(moved),
        "most_important": " ".join(said) if said else None,
    }


def movement_csv(cells: tuple[Cell, ...], view: View, called: Called) -> bytes:
    """Write from and to (segments from 1, new, gone, unknown), customers, money, the reasons, and names."""
    rows = pd.DataFrame(
        {
            **_sides([cell.was for cell in cells], [cell.now for cell in cells]),
            "customers": [cell.customers for cell in cells],
            "revenue": [cell.revenue for cell in cells],
            "did_something": [cell.did_something for cell in cells],
            "silence": [cell.silence for cell in cells],
            "border": [cell.border for cell in cells],
            "expected_value": pd.array([cell.expected for cell in cells], dtype="Float64"),
            **_names([cell.was for cell in cells], [cell.now for cell in cells], called),
        }
    )
    return to_csv_bytes(_in_money(rows, view))


def movers_csv(people: pd.DataFrame, view: View, called: Called) -> bytes:
    """Write everybody who is not where they were: from, to, what they did, what they pay, and why."""
    was, now = people["was"].to_list(), people["now"].to_list()
    rows = pd.DataFrame(
        {
            "customer_id": people["customer_id"],
            **_sides(was, now),
            "did_something": people["acted"],
            "border": people["border"],
            "why": reasons(people, view.run.currency),
            "orders": people["orders"],
            "paid": people["paid"],
            "revenue": people["revenue"],
            "expected_value": people["expected"].round(2),
            **_names(was, now, called),
        }
    )
    return to_csv_bytes(_in_money(rows, view))


def _in_money(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """Leave out what is known of nobody, and say the currency of amounts."""
    known = rows.drop(columns=[name for name in ("expected_value", "paid") if _is_empty(rows, name)])
    return told_in(known, None if _is_empty(rows, "revenue") else view.run.currency)


def _is_empty(rows: pd.DataFrame, column: str) -> bool:
    return column in rows and bool(rows[column].isna().all())


def _sides(was: list[int], now: list[int]) -> dict[str, list[str]]:
    return {
        "from": [code_of(side, before=True) for side in was],
        "to": [code_of(side, before=False) for side in now],
    }


def _names(was: list[int], now: list[int], called: Called) -> dict[str, np.ndarray]:
    return {
        "from_name": np.array([side_name(side, called, before=True) for side in was], dtype=object),
        "to_name": np.array([side_name(side, called, before=False) for side in now], dtype=object),
    }
