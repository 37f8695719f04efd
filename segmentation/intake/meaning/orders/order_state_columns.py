"""Reading the states of orders: from the columns that tell them, each in its words, to one for a row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from segmentation.intake.headers.state_words import sound_lost
from segmentation.intake.meaning.orders.filled_cells import filled_state, filling_of, is_of_orders
from segmentation.intake.meaning.orders.order_key import order_number
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cast import literal
from segmentation.intake.values.column_evidence import Evidence
from segmentation.intake.values.order_states import (
    LOST,
    State,
    is_state_flag,
    open_beside_paid,
    state_of,
    states_of,
)

MOST_STATES = 1000
MIN_ON_FIRST = 0.9
MIN_TOLD = 0.5
MATTERS, MOSTLY = 0.005, 0.5
MOST_ASKED = 3


def order_state(cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]) -> str | None:
    """Return SQL of a row's state (`State`), NULL where no column says one; None where no column could.

    :param table: the raw table, quoted.
    """
    told = [column for column in columns if column.role is Role.ORDER_STATUS]
    states = [filled_state(column, columns) or _one(cursor, table, column) for column in told]
    order = order_number(columns)
    if order and len(states) > 1:
        # A state that is written once for an order is lost where another column fills each row.
        states = [
            state if is_of_orders(column) else _said_of_orders(cursor, table, order, state)
            for column, state in zip(told, states, strict=True)
        ]
    return worst(states) if states else None


@dataclass(frozen=True)
class UnknownStates:
    """The states of a column that no list knows, those that may all be lost, and those that likely are."""

    column: Column
    values: tuple[str, ...]
    together: tuple[str, ...]
    likely: tuple[str, ...]


def unknown_states(
    cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column], evidence: Sequence[Evidence]
) -> UnknownStates | None:
    """Return the column whose states no list knows in rows that matter, or that say open beside paid.

    The commonest are first; where no state is known the rarest are, and all but the commonest may be lost.
    Rows of which another column says the state are not asked about; None where all others are known.
    """
    told = [column for column in columns if column.role is Role.ORDER_STATUS]
    open_ones = [column for column in told if _leaves_open(column, evidence[column.position].common)]
    for column in open_ones:
        found = _open_ones(cursor, table, told, column)
        if not found:
            continue
        some_known = len(found) < evidence[column.position].distinct
        values = tuple(found) if some_known else tuple(found)[::-1]
        together = values[:MOST_ASKED] if some_known else values[:-1][:MOST_ASKED]
        likely = tuple(value for value in together if found[value])
        return UnknownStates(column, values[:MOST_ASKED], together, likely)
    return None


def _leaves_open(column: Column, values: Sequence[str]) -> bool:
    """Whether some of the values are no known state, or say open beside paid; a yes or no is an answer."""
    told = filling_of(column.value_format) or said_states(column.value_format)
    if told or is_state_flag(column.name, values):
        return False
    unknown = State.UNKNOWN in states_of(values, column.name).values()
    return unknown or bool(open_beside_paid(values, column.name))


def _open_ones(
    cursor: duckdb.DuckDBPyConnection, table: str, told: Sequence[Column], column: Column
) -> dict[str, bool]:
    """Return the values that leave it open whether a row was sold, and whether each likely says that not.

    The commonest are first; what most rows say is sold.
    """
    state, going = order_state(cursor, table, told), f"'{State.UNKNOWN}', '{State.UNDER_WAY}'"
    found = cursor.execute(
        f"""
        WITH counted AS (SELECT c{column.position} AS said, {state} AS state FROM {table})
        SELECT said, count(*) > {MOSTLY} * (SELECT count(*) FROM counted) AS is_common
        FROM counted WHERE state IN ({going}) AND said IS NOT NULL
        GROUP BY said
        HAVING count(*) >= {MATTERS} * (SELECT count(*) FROM counted) ORDER BY count(*) DESC, said"""
    ).fetchall()
    given = [value for value, _ in found]
    everything = cursor.execute(f"SELECT DISTINCT c{column.position} FROM {table} LIMIT {MOST_STATES}")
    opened = open_beside_paid([value for (value,) in everything.fetchall() if value], column.name)
    unknown = [value for value, common in found if not common and state_of(value, column.name) is None]
    lost = {*opened, *sound_lost(unknown)}
    return {value: value in lost for value in given if value in unknown or value in opened}


def said_states(value_format: str) -> dict[str, State]:
    """Return what the values of a column of states mean by an answer: not paid, or taking back."""
    if value_format.startswith("["):
        return dict.fromkeys(json.loads(value_format), State.UNPAID)
    said = json.loads(value_format) if value_format.startswith("{") else {}
    return {value: State(state) for value, state in said.items()}


def as_said(states: Mapping[str, State]) -> str:
    """Write what values mean as the format of their column."""
    if set(states.values()) <= {State.UNPAID}:
        return json.dumps(list(states), ensure_ascii=False) if states else ""
    return json.dumps(states, ensure_ascii=False)


def said_sign(columns: Sequence[Column]) -> str:
    """Return SQL of how a row counts by what was answered of its state: 1, 0 unpaid, -1 taken back."""
    cases = [
        f"WHEN c{column.position} = {literal(value)} THEN {-1 if state is State.TAKES_BACK else 0}"
        for column in columns
        if column.role is Role.ORDER_STATUS
        for value, state in said_states(column.value_format).items()
        if state in LOST
    ]
    fillings = (filled_state(column, columns) for column in columns if column.role is Role.ORDER_STATUS)
    unpaid = ", ".join(f"'{state}'" for state in sorted(LOST - {State.TAKES_BACK}))
    for state in filter(None, fillings):
        cases += [f"WHEN {state} = '{State.TAKES_BACK}' THEN -1", f"WHEN {state} IN ({unpaid}) THEN 0"]
    return f"CASE {' '.join(cases)} ELSE 1 END" if cases else "1"


def are_of_orders(cursor: duckdb.DuckDBPyConnection, table: str, order: str, state: str) -> bool:
    """Whether nearly every order has a state, or most have and nearly all of these on their first line.

    :param order: SQL of the order of a row, as `state` of its state.
    """
    first, told = cursor.execute(
        f"""
        WITH orders AS (SELECT arg_min_null({state}, line) IS NOT NULL AS first, count({state}) > 0 AS told
                        FROM {table} WHERE {order} IS NOT NULL GROUP BY {order})
        SELECT coalesce(avg(first::INT) FILTER (told), 0), coalesce(avg(told::INT), 0) FROM orders"""
    ).fetchall()[0]
    return bool(told >= MIN_ON_FIRST or (first >= MIN_ON_FIRST and told >= MIN_TOLD))


def _said_of_orders(cursor: duckdb.DuckDBPyConnection, table: str, order: str, state: str) -> str:
    """Return SQL of a state that every line of an order has, where single lines tell it of the whole."""
    filled = cursor.execute(f"SELECT bool_and(({state}) IS NOT NULL) FROM {table}").fetchall()[0][0]
    if filled or not are_of_orders(cursor, table, order, state):
        return state
    whole = f"PARTITION BY coalesce({order}, line::VARCHAR)"
    return f"coalesce({state}, arg_min({state}, line) OVER ({whole}))"


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
    said = said_states(column.value_format)
    for value, state in (states_of((value for (value,) in cells), column.name) | said).items():
        meant.setdefault(state, []).append(literal(value))
    cases = " ".join(
        f"WHEN {cell} IN ({', '.join(values)}) THEN '{state}'"
        for state, values in meant.items()
        if state is not State.UNKNOWN
    )
    return f"CASE {cases} {unknown} END"
