"""What the shop as a whole would be under each answer to what its files leave open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import duckdb

from segmentation.errors import NoCustomersError
from segmentation.intake.linking.file_ages import UnsureAge
from segmentation.intake.meaning.doubts import MOST
from segmentation.intake.roles import Doubt, Option, Upload
from segmentation.intake.uploads.ages import NEWER, with_newer
from segmentation.intake.uploads.doubt_words import NEWER_ANSWER, NEWER_QUESTION
from segmentation.intake.uploads.understood import KeptQuestion, apply_answer, differ, load_understood

MOST_ROWS = 100_000
"""Above so many rows the figures are those of the file alone: the shop is not built for every answer."""

Fill = Callable[[Sequence[Upload]], object]


def weigh_answers(
    cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload], fill: Fill
) -> tuple[Doubt, ...]:
    """Return the open questions of all files, with the figures of the whole shop for each answer.

    :param fill: fills the shop's tables from uploads; afterwards they hold any of the answers.
    """
    named = [(upload, doubt) for upload in uploads for doubt in upload.doubts]
    if sum(upload.rows for upload in uploads) > MOST_ROWS:
        return tuple(replace(doubt, upload_id=upload.upload_id) for upload, doubt in named)
    understood = load_understood(cursor)
    return tuple(
        _weigh(cursor, uploads, upload, doubt, kept, fill)
        for upload, doubt in named
        for kept in understood[upload.upload_id][1]
        if kept.open.code == doubt.code
    )


def _weigh(
    cursor: duckdb.DuckDBPyConnection,
    uploads: Sequence[Upload],
    upload: Upload,
    doubt: Doubt,
    kept: KeptQuestion,
    fill: Fill,
) -> Doubt:
    options = []
    for option, answer in zip(doubt.options, kept.open.answers, strict=True):
        read = apply_answer(upload, answer)
        try:
            fill([read if other is upload else other for other in uploads])
            options.append(_counted(cursor, option))
        except NoCustomersError:
            options.append(Option(option.answer, 0.0, 0, 0))
    return replace(doubt, options=tuple(options), upload_id=upload.upload_id)


def _counted(cursor: duckdb.DuckDBPyConnection, option: Option) -> Option:
    """Count what the shop's tables hold."""
    revenue, buyers, orders, first, last = cursor.execute(
        """
        SELECT sum(amount)::DOUBLE, count(DISTINCT customer_id),
               count(DISTINCT coalesce(order_id, customer_id || ordered_at::VARCHAR)) FILTER (NOT is_return),
               min(ordered_at), max(ordered_at)
        FROM shop.lines"""
    ).fetchall()[0]
    everybody = cursor.execute("SELECT count(*) FROM shop.customers").fetchall()[0][0]
    return Option(option.answer, revenue, buyers or everybody, orders, first, last)


def weigh_ages(
    cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload], unsure: Sequence[UnsureAge], fill: Fill
) -> tuple[Doubt, ...]:
    """Ask which of two files is newer, where that changes the shop; at most three questions.

    :param fill: as of `weigh_answers`.
    """
    names = {upload.upload_id: upload.file_name for upload in uploads}
    answered = {upload.upload_id: upload.newer_than for upload in uploads}
    doubts = []
    for one in unsure[:MOST]:
        options = []
        for newer, older in ((one.newer, one.older), (one.older, one.newer)):
            fill(with_newer(uploads, newer, older))
            options.append(_counted(cursor, Option(NEWER_ANSWER.format(file=names[newer]))))
        if differ(*options):
            question = NEWER_QUESTION.format(orders=one.orders, file=names[one.newer], other=names[one.older])
            given = one.older in answered[one.newer]
            doubts.append(Doubt(f"{NEWER}:{one.older}", question, tuple(options), 0, given, one.newer))
    return tuple(doubts)
