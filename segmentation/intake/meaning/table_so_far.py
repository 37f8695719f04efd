"""A raw table as a whole: what is known of its columns so far, and what can be measured between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np

from segmentation.intake.headers.concepts import Concept
from segmentation.intake.meaning.sample import Sample, draw_numbers, draw_sample
from segmentation.intake.roles import Column, Role
from segmentation.intake.values.cell_words import are_of_lengths, are_of_one_length
from segmentation.intake.values.column_evidence import LEAST_ID, Evidence, are_given_out

LOOKED_AT = 20_000
MOST_COLUMNS = 80
FEWEST_THINGS = 5
LARGE_PART = 0.05
ALWAYS, NEARLY_ALL, HARDLY_ANY = 0.98, 0.9, 0.1
MOST_LOST = 0.4
"""The largest share of rows that may have come back or never been sold."""
NOBODYS = ("0", "-1")
"""What stands for nobody in a column of customers' numbers."""

_MEANINGLESS = re.compile(
    r"(column|col|columna|coluna|colonne|colonna|kolom|spalte|feld|field|campo|champ|var|variable|attribute|attr"
    r"|unnamed|[vfcx]|列|字段|項目)[ _:.-]*\d+( \(\d+\))?|[a-z]|\d+",
    re.IGNORECASE,
)


@dataclass
class Table:
    """A raw table, what is known of its columns so far, and what can be measured between them.

    `guessed` are the columns of whose headers only the encoder says what they speak of; `drawn` holds the
    samples that were drawn, for whatever else the columns may be taken for, and `read` their numbers;
    `numbered` the orders of its rows, int64 (rows,), where the column of their numbers alone does not tell
    them apart, as long as it is taken for these.
    """

    cursor: duckdb.DuckDBPyConnection
    name: str
    columns: list[Column]
    concepts: Sequence[frozenset[Concept]]
    evidence: Sequence[Evidence]
    guessed: frozenset[int] = frozenset()
    drawn: dict[tuple[int, ...], Sample] = field(default_factory=dict)
    read: dict[int, np.ndarray] = field(default_factory=dict)
    numbered: dict[int, np.ndarray] = field(default_factory=dict)

    def find(self, *roles: Role) -> Column | None:
        """Return the first column that has one of these roles."""
        return next((column for column in self.columns if column.role in roles), None)

    def set(
        self, position: int, role: Role, confidence: float, reason: str, value_format: str | None = None
    ) -> None:
        """Give a column a role, and the format in which its values are written unless one is given."""
        values = self.evidence[position]
        dates = values.dates if role is Role.TIMESTAMP else None
        if value_format is None:
            value_format = dates.value_format if dates else values.number_format or ""
        self.columns[position] = replace(
            self.columns[position], role=role, confidence=confidence, reason=reason, value_format=value_format
        )

    @property
    def sample(self) -> Sample:
        """The first rows, with the values of every column that may tell one thing from another."""
        plain = (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE)
        filled = [column for column in self.columns if self.evidence[column.position].filled]
        telling = sorted(filled, key=lambda column: column.role in plain)[:MOST_COLUMNS]
        places = tuple(sorted(column.position for column in telling))
        if places not in self.drawn:
            self.drawn[places] = draw_sample(self.cursor, self.name, places)
        drawn = self.drawn[places]
        orders = {at: codes for at, codes in self.numbered.items() if self.columns[at].role is Role.ORDER_ID}
        return replace(drawn, codes={**drawn.codes, **orders}) if orders else drawn

    def numbers(self, places: Iterable[int]) -> dict[int, np.ndarray]:
        """Read columns of numbers in the rows of the sample: float64 (rows,), NaN where there is none."""
        wanted = list(places)
        missing = {at: self.evidence[at].number_format or "" for at in wanted if at not in self.read}
        self.read.update(draw_numbers(self.cursor, self.name, missing))
        return {place: self.read[place] for place in wanted}

    @property
    def mute(self) -> list[Column]:
        """The columns whose headers say nothing that is known and whose values alone gave them no role."""
        plain = (Role.NUMERIC, Role.CATEGORICAL, Role.IGNORE)
        return [c for c in self.columns if c.role in plain and self._is_mute(c)]

    def _is_mute(self, column: Column) -> bool:
        known = self.concepts[column.position] - {Concept.ALONE}
        return not known or self.is_meaningless(column)

    def is_meaningless(self, column: Column) -> bool:
        """Whether the header is none (column 1, field_2, a)."""
        return bool(_MEANINGLESS.fullmatch(column.name))

    def is_key(self, column: Column) -> bool:
        """Whether the values look like ids of many things."""
        values = self.evidence[column.position]
        many = values.distinct > 10 or values.distinct > 0.3 * values.filled
        shaped = values.codes > 0.8 if not values.is_number else are_of_one_length(values.sample)
        written = values.whole if values.is_number else values.dates is None
        return (many and shaped and written and values.mean_characters >= 2.9 and not values.is_row_number
                and not values.is_constant and not values.is_text)  # fmt: skip

    def may_be_key(self, column: Column) -> bool:
        """Whether the values are ids, be it of few things: codes of one length, with digits."""
        values = self.evidence[column.position]
        digits = sum(any(map(str.isdigit, text)) for text in values.sample)
        coded = digits >= NEARLY_ALL * len(values.sample) and not any(" " in text for text in values.sample)
        short = 3 <= values.mean_characters <= 40 and are_of_one_length(values.sample)
        plain = not values.is_number and values.dates is None and not values.is_constant
        if self.is_given_out(column) or (
            Concept.ID in self.concepts[column.position] and values.counts_things
        ):
            return True
        ids = [value for value in values.sample if value not in NOBODYS]
        least = (
            values.minimum
            if len(ids) == len(values.sample)
            else min(map(float, filter(str.isdecimal, ids)), default=0)
        )
        if values.whole and least >= LEAST_ID and are_of_lengths(ids, 2):
            return values.distinct > LARGE_PART * values.filled
        return self.is_key(column) or (plain and coded and short and values.distinct >= FEWEST_THINGS)

    def is_given_out(self, column: Column) -> bool:
        """Whether values are ids given out one by one, but for one that stands for many, as for guests."""
        values = self.evidence[column.position]
        if values.are_given_out:
            return True
        if not values.whole or values.minimum < LEAST_ID or values.most_common < LARGE_PART * values.filled:
            return False
        numbers = self.numbers([column.position])[column.position]
        known, counts = np.unique(numbers[~np.isnan(numbers)], return_counts=True)
        others = np.delete(known, counts.argmax())
        return are_given_out(len(others), float(others[0]), float(others[-1])) if len(others) else False

    def ask(self, fields: str, condition: str = "true") -> tuple[float, ...]:
        """Compute numbers over the first rows, as floats."""
        query = f"SELECT {fields} FROM (FROM {self.name} LIMIT {LOOKED_AT}) WHERE {condition}"
        return tuple(float(value or 0) for value in self.cursor.execute(query).fetchall()[0])


def determines(table: Table, key: str, other: str) -> bool:
    """Whether nearly every value of the key has one value of the other column only."""
    return share_determined(table, key, other) >= ALWAYS


def share_determined(table: Table, key: str, other: str) -> float:
    """Return the share of the key's values that have one value of the other column only."""
    keys, pairs = table.ask(
        f"count(DISTINCT {key}), count(DISTINCT ({key}, {other}))",
        f"{key} IS NOT NULL AND {other} IS NOT NULL",
    )
    return keys / pairs if pairs else 0.0
