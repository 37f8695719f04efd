"""What columns and rows mean, guessed from headers and values, with confidence and reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_all import read_headers
from segmentation.intake.meaning import role_conditions as fits
from segmentation.intake.meaning.date_and_time_columns import join_times
from segmentation.intake.meaning.day_of_rows import find_written_day
from segmentation.intake.meaning.doubts import (
    OpenQuestion,
    Understanding,
    back_question,
    hundredths_question,
    mark_question,
    reading_question,
    sold_question,
    state_question,
    writing_questions,
)
from segmentation.intake.meaning.guess_by_structure import complete_structure, read_structure
from segmentation.intake.meaning.guess_by_values import role_by_values
from segmentation.intake.meaning.guess_kind import STATES_BY_VALUE
from segmentation.intake.meaning.header_rules import RULES
from segmentation.intake.meaning.hear import heard
from segmentation.intake.meaning.hidden_days import with_hidden_days
from segmentation.intake.meaning.money.columns import money_of, with_money_roles
from segmentation.intake.meaning.money.hundredths import may_be_hundredths, read_coins
from segmentation.intake.meaning.money.one_currency import counting_in_one
from segmentation.intake.meaning.money.questions import money_questions
from segmentation.intake.meaning.money.rates import RATES, rates_columns
from segmentation.intake.meaning.orders.hidden_states import hidden_states
from segmentation.intake.meaning.orders.marks import Marked, find_marks, find_references
from segmentation.intake.meaning.orders.order_numbers import number_orders
from segmentation.intake.meaning.orders.order_state_columns import unknown_states
from segmentation.intake.meaning.orders.pieces_back import find_pieces_back
from segmentation.intake.meaning.orders.running_numbers import with_running_numbers
from segmentation.intake.meaning.product_columns import name_goods
from segmentation.intake.meaning.readings import TableReading, Told, choose_reading, give_roles
from segmentation.intake.meaning.settle_roles import settle
from segmentation.intake.meaning.summing_rows import summing_lines, without_lines
from segmentation.intake.meaning.table_so_far import Table
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.values.cell_words import some_lost_digits
from segmentation.intake.values.column_evidence import Evidence, gather_all
from segmentation.intake.values.event_actions import known_actions
from segmentation.intake.values.number_separators import agree_on_separators
from segmentation.intake.values.order_states import State, state_of
from segmentation.jobs import Progress, silent

NOTHING_TOLD = Told()
KEYS = (Role.CUSTOMER_ID, Role.ORDER_ID, Role.SESSION_ID, Role.PRODUCT_ID)
MARKS = "the header says what orders are that have a day or a mark here, or lack it"
GIVEN_BACK = "the header says what was given back, and the values are sums of money"
STATES_ARE_ASKED = "whether its values mean that something was not sold is asked"


@dataclass(frozen=True)
class Guess:
    """What a file was understood to be, how sure its kind is (0..1) and why, and what is asked."""

    likely: Understanding
    confidence: float
    reason: str
    questions: tuple[OpenQuestion, ...] = ()


def guess(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    names: tuple[str, ...],
    on_progress: Progress = silent,
    told: Told = NOTHING_TOLD,
    said: Sequence[str] = (),
) -> Guess:
    """Guess the kind of a raw table, the role of each of its columns, and what its rows say was paid.

    :param told: what other files say of this one.
    :param said: what stands beside the table: the name of its file, and what is above its header.
    """
    measured = agree_on_separators(cursor, table, gather_all(cursor, table, len(names), on_progress))
    if sums := _summing_lines(cursor, table, measured):
        table = without_lines(cursor, table, sums)
        measured = agree_on_separators(cursor, table, gather_all(cursor, table, len(names)))
    spoken = heard(read_headers(names), measured)
    concepts = [told.concepts.get(place, found) for place, found in enumerate(spoken.concepts)]
    evidence = read_coins(names, concepts, with_hidden_days(cursor, table, concepts, measured, said))
    columns = [_guess_column(i, name, concepts[i], evidence[i]) for i, name in enumerate(names)]
    read = Table(cursor, table, columns, concepts, evidence, spoken.guessed - set(told.concepts))
    if rates := rates_columns(read):
        return Guess(Understanding(Kind.RATES, rates), 0.9, RATES)
    find_written_day(read)
    found = read_structure(with_running_numbers(read))
    number_orders(found)
    understood = choose_reading(found, told)
    likely = _complete(found, understood.best)
    questions = writing_questions(likely.columns, evidence) + money_questions(likely.columns, likely.money)
    if likely.kind is Kind.ORDERS:
        likely, asked = _asked_of_orders(found, likely)
        questions += asked
    if understood.rival:
        questions.insert(0, reading_question(likely, _complete(found, understood.rival)))
    return Guess(likely, understood.confidence, understood.reason, tuple(questions))


def _asked_of_orders(found: Table, likely: Understanding) -> tuple[Understanding, list[OpenQuestion]]:
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


def _hundredths_questions(table: Table, likely: Understanding) -> list[OpenQuestion]:
    """Ask whether all money is in hundredths where it may be."""
    if likely.money is None:
        return []
    paid = (c.position for c in likely.columns if c.role in (Role.AMOUNT, Role.UNIT_PRICE))
    numbers = table.numbers(place for place in paid if table.evidence[place].is_number)
    money = may_be_hundredths(likely.columns, table.evidence, numbers, likely.money.rule)
    return [hundredths_question(money)] if money else []


def _summing_lines(cursor: duckdb.DuckDBPyConnection, table: str, measured: Sequence[Evidence]) -> list[int]:
    """Return the lines that add others up."""
    numbers = {
        at: one.numbers.value_format for at, one in enumerate(measured) if one.numbers and not one.dates
    }
    words = [at for at, one in enumerate(measured) if one.filled and at not in numbers]
    return summing_lines(cursor, table, numbers, words)


def _with_pieces_back(table: Table, likely: Understanding) -> tuple[Understanding, list[OpenQuestion]]:
    """Give columns of pieces that came back their role where headers say so; else ask about one."""
    backs = find_pieces_back(table, likely.money.rule) if likely.money else []
    said = [back.column.position for back in backs if back.said]
    if not said:
        return likely, [back_question(back.column) for back in backs[:1]]
    for place in said:
        table.set(place, Role.PIECES_BACK, 0.85, "the header speaks of returns, in pieces")
    return replace(likely, columns=tuple(table.columns)), []


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


def _complete(table: Table, reading: TableReading) -> Understanding:
    """Give every column the role that it has under a reading, and find what was paid."""
    table = replace(table, columns=list(table.columns), numbered=dict(table.numbered))
    give_roles(table, reading)
    if reading.kind is Kind.ORDERS:
        number_orders(table)
    complete_structure(table)
    name_goods(table)
    money = money_of(table) if reading.kind is Kind.ORDERS else None
    if money:
        money = counting_in_one(table, money)
        with_money_roles(table, money)
        name_goods(table)
    settled = settle(reading.kind, table.columns, table.concepts, table.evidence)
    joined = join_times(table.cursor, table.name, settled, table.concepts, table.evidence)
    admitted = tuple(_admit(column, table.evidence[column.position]) for column in joined)
    return Understanding(reading.kind, admitted, money)


def money_by_roles(
    cursor: duckdb.DuckDBPyConnection, table: str, upload: Upload, chosen: int | None = None
) -> MoneyRule | None:
    """Find the money rule of a file by the roles that its columns have; None where its rows are no orders.

    :param chosen: the column that a person said is the amount.
    """
    if upload.kind is not Kind.ORDERS:
        return None
    names = [column.name for column in upload.columns]
    concepts = read_headers(names).concepts
    evidence = agree_on_separators(cursor, table, gather_all(cursor, table, len(concepts)))
    evidence = read_coins(names, concepts, evidence)
    read = Table(cursor, table, list(upload.columns), concepts, evidence)
    found = money_of(read, chosen)
    if found and chosen is None:
        found = counting_in_one(read, found)
    return found.rule if found else None


def _guess_column(position: int, name: str, concepts: frozenset[Concept], values: Evidence) -> Column:
    if not values.filled:
        return Column(position, name, Role.IGNORE, 1.0, "it is empty")
    if fits.is_state_of(name, values) and not fits.is_how_many(concepts, values):
        return Column(position, name, Role.ORDER_STATUS, 0.85, STATES_BY_VALUE)
    for rule in RULES:
        if rule.role is Role.QUANTITY and _counts_what_was_not_kept(name, values):
            continue
        if rule.needs <= concepts and not rule.without & concepts and rule.fits(values):
            reason = f"the header speaks of {_in_words(rule.role)} and {_describe(values)}"
            return Column(position, name, rule.role, rule.confidence, reason, _format_for(rule.role, values))
    if fits.is_given_back(name, values):
        return Column(position, name, Role.REFUND, 0.75, GIVEN_BACK, _format_for(Role.REFUND, values))
    role, confidence, reason = role_by_values(concepts, values)
    return Column(position, name, role, confidence, reason, _format_for(role, values))


def _counts_what_was_not_kept(name: str, values: Evidence) -> bool:
    """Whether a header speaks of what came back or was cancelled, which some rows have none of."""
    return values.minimum == 0 and state_of(name) in (State.RETURNED, State.CANCELLED)


def _admit(column: Column, values: Evidence) -> Column:
    """Add to the reason what the marketer should know before relying on the column."""
    if column.role in KEYS and some_lost_digits(values.sample):
        doubt = (
            "some were written like 1.23E+18 by another tool, so that digits are lost and ids may be mixed up"
        )
        return replace(column, confidence=0.5, reason=f"{column.reason}; {doubt}")
    if column.role is Role.TIMESTAMP and values.dates and not values.dates.certain:
        column = replace(column, confidence=0.5)
    if column.role is Role.TIMESTAMP and values.dates and values.dates.share < 0.995:
        lost = round((1 - values.dates.share) * values.filled)
        return replace(
            column, reason=f"{column.reason}; {lost:,} of {values.filled:,} are no dates and count as missing"
        )
    if column.role is Role.EVENT_TYPE and not known_actions(values.common):
        doubt = "what each value means is a guess" + (
            ": 1 viewed, 2 kept, 3 put in the cart, 4 bought"
            if values.minimum >= 1 and values.maximum <= 4
            else ""
        )
        return replace(column, confidence=0.5, reason=f"{column.reason}; {doubt}")
    return column


def _format_for(role: Role, values: Evidence) -> str:
    if role is Role.TIMESTAMP and values.dates:
        return values.dates.value_format
    return values.number_format or ""


def _describe(values: Evidence) -> str:
    if values.dates:
        return f"the values are dates ({values.dates.words})"
    if values.is_number:
        return f"the values are numbers from {values.minimum:g} to {values.maximum:g}"
    if values.is_text:
        return "the values are sentences"
    return f"there are {values.distinct:,} different values"


def _in_words(role: Role) -> str:
    return role.value.replace("_", " ").replace(" id", " ids")
