"""Reading the states of orders: from the columns that tell them, each in its words, to one for a row."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import literal
from segmentation.intake.values.order_states import State, states_of

MOST_STATES = 1000


def order_state(cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]) -> str | None:
    """Return SQL of a row's state (`State`), NULL where no column says one; None where no column could.

    :param table: the raw table, quoted.
    """
    told = [column for column in columns if column.role is Role.ORDER_STATUS]
    return worst([_one(cursor, table, column) for column in told]) if told else None


def worst(states: Sequence[str]) -> str:
    """Return SQL of the gravest of several states in SQL; who paid owes nothing."""
    if len(states) == 1:
        return states[0]
    together = f"[{', '.join(states)}]"
    cases = " ".join(f"WHEN list_contains({together}, '{state}') THEN '{state}'" for state in State)
    return f"CASE {cases} END"


def _one(cursor: duckdb.DuckDBPyConnection, table: str, column: Column) -> str:
    cell = f"c{column.position}"
    cells = cursor.execute(
        f"SELECT DISTINCT {cell} FROM {table} WHERE {cell} IS NOT NULL ORDER BY 1 LIMIT {MOST_STATES + 1}"
    ).fetchall()
    unknown = f"WHEN {cell} IS NOT NULL THEN '{State.UNKNOWN}'"
    if len(cells) > MOST_STATES:
        return f"CASE {unknown} END"
    meant: dict[State, list[str]] = {}
    for value, state in states_of((value for (value,) in cells), column.name).items():
        meant.setdefault(state, []).append(literal(value))
    cases = " ".join(
        f"WHEN {cell} IN ({', '.join(values)}) THEN '{state}'"
        for state, values in meant.items()
        if state is not State.UNKNOWN
    )
    return f"CASE {cases} {unknown} END"
