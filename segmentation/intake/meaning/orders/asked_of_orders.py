"""Which orders of a file were lost, came back or take others back: read where that is said, else asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from segmentation.intake.meaning.doubts import (
    OpenQuestion,
    Understanding,
    back_question,
    hundredths_question,
    mark_question,
    sold_question,
    state_question,
)
from segmentation.intake.meaning.money.hundredths import may_be_hundredths
from segmentation.intake.meaning.orders.hidden_states import hidden_states
from segmentation.intake.meaning.orders.marks import Marked, find_marks, find_references
from segmentation.intake.meaning.orders.order_state_columns import unknown_states
from segmentation.intake.meaning.orders.pieces_back import find_pieces_back
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.roles import Column, Role

MARKS = "the header says what orders are that have a day or a mark here, or lack it"
STATES_ARE_ASKED = "whether its values mean that something was not sold is asked"


def asked_of_orders(found: Table, likely: Understanding) -> tuple[Understanding, list[OpenQuestion]]:
    """Read which orders were lost, came back or take others back, and ask where that is not sure."""
    rule = likely.money.rule if likely.money else None
    likely, backs = _with_pieces_back(replace(found, columns=list(likely.columns)), likely)
    marks = find_marks(replace(found, columns=list(likely.columns)), rule)
    likely = replace(likely, columns=_as_marked(likely.columns, marks))
    table = replace(found, columns=list(likely.columns))
    hidden = hidden_states(table, rule)
    references = find_references(table, rule, [one.column for one in hidden])
    sold = [*map(mark_question, references), *map(sold_question, hidden)]
    likely = replace(likely, columns=_as_asked(likely.columns, sold))
    unknown = unknown_states(table.cursor, table.name, likely.columns, table.evidence)
    state = [state_question(unknown)] if unknown else []
    marked = [mark_question(one) for one in marks if not one.sure]
    likely = replace(likely, columns=_as_asked(likely.columns, [*state, *marked]))
    return likely, [*backs, *state, *sold, *marked, *_hundredths_questions(table, likely)]


def _as_marked(columns: Sequence[Column], marks: Sequence[Marked]) -> tuple[Column, ...]:
    """Read the columns of which the header says what their marks mean."""
    read = {one.column.position: one.lost for one in marks if one.sure}
    marked = Column(0, "", Role.ORDER_STATUS, 0.85, MARKS)
    return tuple(
        replace(marked, position=column.position, name=column.name, value_format=read[column.position])
        if column.position in read
        else column
        for column in columns
    )


def _as_asked(columns: Sequence[Column], asked: Sequence[OpenQuestion]) -> tuple[Column, ...]:
    """Read the columns that are asked about by the likelier answers, and say that it is a guess."""
    taken = {place: one.answers[0] for one in asked for place in one.answers[0].roles}
    return tuple(
        replace(
            column,
            role=taken[column.position].roles[column.position],
            value_format=taken[column.position].formats[column.position],
            confidence=min(column.confidence, 0.5),
            reason=f"{column.reason}; {STATES_ARE_ASKED}",
        )
        if column.position in taken
        else column
        for column in columns
    )


def _with_pieces_back(table: Table, likely: Understanding) -> tuple[Understanding, list[OpenQuestion]]:
    """Give columns of pieces that came back their role where headers say so; else ask about one."""
    backs = find_pieces_back(table, likely.money.rule) if likely.money else []
    said = [back.column.position for back in backs if back.said]
    if not said:
        return likely, [back_question(back.column) for back in backs[:1]]
    for place in said:
        table.set(place, Role.PIECES_BACK, 0.85, "the header speaks of returns, in pieces")
    return replace(likely, columns=tuple(table.columns)), []


def _hundredths_questions(table: Table, likely: Understanding) -> list[OpenQuestion]:
    """Ask whether all money is in hundredths where it may be."""
    if likely.money is None:
        return []
    paid = (c.position for c in likely.columns if c.role in (Role.AMOUNT, Role.UNIT_PRICE))
    numbers = table.numbers(place for place in paid if table.evidence[place].is_number)
    money = may_be_hundredths(likely.columns, table.evidence, numbers, likely.money.rule)
    return [hundredths_question(money)] if money else []
