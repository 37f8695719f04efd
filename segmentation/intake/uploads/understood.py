"""What a file was understood to say, kept with it: its money rule, its open questions, and their answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf

import duckdb

from segmentation.intake.meaning.doubts import MOST, OpenQuestion, ReadAs
from segmentation.intake.money_rule import MoneyRule, carried
from segmentation.intake.roles import Column, Doubt, Option, Upload
from segmentation.intake.typed_reading import figures_of
from segmentation.intake.uploads.doubt_words import answer_words, question_words
from segmentation.intake.uploads.total_rows import raw_total_lines
from segmentation.workspace.facts import converter

MATTERS = 0.01
DAY = timedelta(days=1)


@dataclass(frozen=True)
class KeptQuestion:
    """A question with the figures of each answer, in the order of its answers, and the answer in use.

    `answered` says that a person gave it.
    """

    open: OpenQuestion
    figures: tuple[AnswerFigures, ...]
    taken: int = 0
    answered: bool = False


@dataclass(frozen=True)
class AnswerFigures:
    """What a file says under one reading."""

    revenue: float | None
    customers: int | None
    orders: int | None
    first: datetime | None
    last: datetime | None


def header_of(columns: Sequence[Column]) -> str:
    """Return the digest of a header, by which answers are found again."""
    return hashlib.sha256(json.dumps([column.name for column in columns]).encode()).hexdigest()[:16]


def keep_understood(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, questions: Sequence[OpenQuestion]
) -> Upload:
    """Keep the money rule and the questions whose answers differ; return the upload as it is read.

    The questions stand by how much hangs on them. One that was answered for an earlier file of the same
    header is answered alike.
    """
    given = dict(
        cursor.execute(
            "SELECT code, answer FROM answers WHERE header = ?", [header_of(upload.columns)]
        ).fetchall()
    )
    totals = raw_total_lines(cursor, upload) if questions else []
    weighed = [_weigh(cursor, upload, question, totals) for question in questions]
    matter = sorted((one for one in weighed if _matters(one.figures)), key=_consequence, reverse=True)
    kept = [_answered(one, given.get(one.open.code)) for one in matter]
    for first, one in zip(matter, kept, strict=True):
        upload = taking(upload, first, one.taken)
    store(cursor, upload, weighed_anew(cursor, upload, kept) if any(one.taken for one in kept) else kept)
    return upload


def weighed_anew(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, kept: Sequence[KeptQuestion]
) -> list[KeptQuestion]:
    """Count anew what each answer comes to, as an answer to another question changes it."""
    totals = raw_total_lines(cursor, upload)
    return [replace(one, figures=_figures(cursor, upload, one, totals)) for one in kept]


def keep_reasons(cursor: duckdb.DuckDBPyConnection, upload_id: str, columns: Sequence[Column]) -> None:
    """Write down why the columns of a file are what they are, and how surely."""
    cursor.executemany(
        "UPDATE upload_columns SET confidence = ?, reason = ? WHERE upload_id = ? AND position = ?",
        [[column.confidence, column.reason, upload_id, column.position] for column in columns],
    )


def store(cursor: duckdb.DuckDBPyConnection, upload: Upload, kept: Sequence[KeptQuestion]) -> None:
    """Write the money rule and the questions of a file down, and what its columns mean."""
    money = json.dumps(converter().unstructure(upload.money)) if upload.money else None
    doubts = json.dumps([converter().unstructure(one) for one in kept])
    cursor.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", [upload.upload_id, money, doubts])
    cursor.execute("UPDATE uploads SET kind = ? WHERE upload_id = ?", [str(upload.kind), upload.upload_id])
    cursor.execute(
        "UPDATE upload_columns AS mine SET role = said.role, value_format = said.value_format"
        " FROM (SELECT unnest(?) AS position, unnest(?) AS role, unnest(?) AS value_format) AS said"
        " WHERE upload_id = ? AND mine.position = said.position",
        [
            [column.position for column in upload.columns],
            [str(column.role) for column in upload.columns],
            [column.value_format for column in upload.columns],
            upload.upload_id,
        ],
    )


def load_understood(
    cursor: duckdb.DuckDBPyConnection,
) -> dict[str, tuple[MoneyRule | None, list[KeptQuestion]]]:
    """Read the money rule and the questions of every file, by its upload id."""
    rows = cursor.execute("SELECT upload_id, money, doubts FROM readings").fetchall()
    return {
        upload_id: (
            converter().structure(json.loads(money), MoneyRule) if money else None,
            [converter().structure(one, KeptQuestion) for one in json.loads(doubts or "[]")],
        )
        for upload_id, money, doubts in rows
    }


def doubts_of(kept: Sequence[KeptQuestion]) -> tuple[Doubt, ...]:
    """Put questions into words."""
    return tuple(
        Doubt(
            one.open.code,
            question_words(one.open),
            tuple(
                Option(
                    answer_words(one.open, answer),
                    found.revenue,
                    found.customers,
                    found.orders,
                    found.first,
                    found.last,
                )
                for answer, found in zip(one.open.answers, one.figures, strict=True)
            ),
            one.taken,
            one.answered,
        )
        for one in kept
    )  # fmt: skip


def apply_answer(upload: Upload, answer: ReadAs) -> Upload:
    """Return the upload as this answer reads it."""
    columns = tuple(
        replace(
            column,
            role=answer.roles.get(column.position, column.role),
            value_format=answer.formats.get(column.position, column.value_format),
        )
        for column in upload.columns
    )
    money = answer.money if answer.kind else answer.money or upload.money
    return replace(upload, columns=columns, kind=answer.kind or upload.kind, money=money)


def taking(upload: Upload, kept: KeptQuestion, option: int) -> Upload:
    """Return the upload as another answer to a question reads it; what others changed stays.

    :param kept: with the answer by which the upload is read so far.
    """
    taken, answer = kept.open.answers[kept.taken], kept.open.answers[option]
    roles = {place: role for place, role in answer.roles.items() if taken.roles.get(place) is not role}
    formats = {place: one for place, one in answer.formats.items() if taken.formats.get(place) != one}
    money = answer.money
    if money and taken.money:
        money = carried(money, taken.money, upload.money) if upload.money else None
    return apply_answer(upload, replace(answer, roles=roles, formats=formats, money=money))


def asked_first(doubts: Sequence[Doubt], most: int | None = MOST) -> tuple[Doubt, ...]:
    """Return the questions that are asked at once, those that nobody has answered first."""
    return tuple(sorted(doubts, key=lambda doubt: doubt.answered)[:most])


def _weigh(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, question: OpenQuestion, totals: Sequence[int]
) -> KeptQuestion:
    """Count what each answer comes to."""
    kept = KeptQuestion(question, ())
    return replace(kept, figures=_figures(cursor, upload, kept, totals))


def _figures(
    cursor: duckdb.DuckDBPyConnection, upload: Upload, kept: KeptQuestion, totals: Sequence[int]
) -> tuple[AnswerFigures, ...]:
    read = (taking(upload, kept, option) for option in range(len(kept.open.answers)))
    return tuple(AnswerFigures(*figures_of(cursor, one, totals)) for one in read)


def _matters(figures: Sequence[AnswerFigures]) -> bool:
    return any(differ(figures[0], one) for one in figures[1:])


def _consequence(one: KeptQuestion) -> float:
    """Return how far the answers are from the first one, as a share (0..2) of what they come to."""
    first, *others = one.figures
    return max(consequence(first, other) for other in others)


def consequence(one: AnswerFigures | Option, other: AnswerFigures | Option) -> float:
    """Return by how much two readings differ at most, as a share of revenue, customers, orders or days."""
    figures = ((one.revenue, other.revenue), (one.customers, other.customers), (one.orders, other.orders))
    shares = [_share(left or 0, right or 0) for left, right in figures]
    days = [end for end in (one.first, one.last, other.first, other.last) if end]
    if (one.first, one.last) != (other.first, other.last):
        ends = ((one.first, other.first), (one.last, other.last))
        moved = max(abs((left - right) / DAY) if left and right else inf for left, right in ends)
        shares.append(min(1.0, moved / max(1.0, (max(days) - min(days)) / DAY)))
    return max(shares)


def _share(left: float, right: float) -> float:
    return abs(left - right) / max(abs(left), abs(right), 1e-9)


def differ(one: AnswerFigures | Option, other: AnswerFigures | Option) -> bool:
    """Whether two readings come to other figures, or to other days."""
    return (one.first, one.last) != (other.first, other.last) or consequence(one, other) > MATTERS


def _answered(one: KeptQuestion, code: str | None) -> KeptQuestion:
    codes = [answer.code for answer in one.open.answers]
    return replace(one, taken=codes.index(code), answered=True) if code in codes else one
