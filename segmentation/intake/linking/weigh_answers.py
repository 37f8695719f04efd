"""What the shop as a whole would be under each answer to what its files leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import duckdb

from segmentation.errors import NoCustomersError
from segmentation.intake.linking.file_ages import UnsureAge
from segmentation.intake.meaning.doubts import MOST
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.roles import Doubt, Option, Upload
from segmentation.intake.uploads.ages import NEWER, with_newer
from segmentation.intake.uploads.doubt_words import NEWER_ANSWER, NEWER_QUESTION, OF_FILE
from segmentation.intake.uploads.understood import (
    KeptQuestion,
    asked_first,
    differ,
    doubts_of,
    load_understood,
    taking,
)

MOST_ROWS, MOST_FILLED = 100_000, 1_200_000
"""Of more rows the shop is built for the first answers alone, until so many rows were filled."""

Fill = Callable[[Sequence[Upload]], object]


def weigh_answers(
    cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload], fill: Fill
) -> tuple[Doubt, ...]:
    """Return the open questions of all files, with the figures of the whole shop for each answer.

    Those whose answers make the same shop are not asked, so that others may be; what is open comes first.

    :param fill: fills the shop's tables from uploads; afterwards they hold any of the answers.
    """
    understood, budget = load_understood(cursor), _Budget(sum(upload.rows for upload in uploads))
    found: list[Doubt] = []
    for upload in uploads:
        _, kept = understood.get(upload.upload_id, (None, []))
        found += islice(_weighed(cursor, uploads, upload, kept, fill, budget), MOST)
    return asked_first(found, None)


def _weighed(
    cursor: duckdb.DuckDBPyConnection,
    uploads: Sequence[Upload],
    upload: Upload,
    kept: Sequence[KeptQuestion],
    fill: Fill,
    budget: _Budget,
) -> Iterator[Doubt]:
    """Yield the questions of a file that matter, with the figures of the shop as far as these are at hand."""
    open_ones = {one.open.code: one for one in kept}
    for doubt in (_of(upload, one) for one in asked_first(doubts_of(kept), None)):
        if not budget.allows(doubt):
            yield _of_file(uploads, doubt)
        elif _matters(weighed := _weigh(cursor, uploads, doubt, open_ones[doubt.code], fill)):
            yield weighed


@dataclass
class _Budget:
    """How many rows may be filled yet, of a shop of so many `rows`."""

    rows: int
    left: int = field(default_factory=lambda: MOST_FILLED)

    def allows(self, doubt: Doubt) -> bool:
        """Whether the shop may be filled for each answer; if so, count it."""
        if self.rows <= MOST_ROWS:
            return True
        self.left -= self.rows * len(doubt.options)
        return self.left >= 0


def _of_file(uploads: Sequence[Upload], doubt: Doubt) -> Doubt:
    """Say whose figures its answers have where the shop has other files as well."""
    return replace(doubt, question=OF_FILE.format(question=doubt.question)) if len(uploads) > 1 else doubt


def _of(upload: Upload, doubt: Doubt) -> Doubt:
    return replace(doubt, upload_id=upload.upload_id)


def _weigh(
    cursor: duckdb.DuckDBPyConnection,
    uploads: Sequence[Upload],
    doubt: Doubt,
    kept: KeptQuestion,
    fill: Fill,
) -> Doubt:
    options = []
    for at, option in enumerate(doubt.options):
        try:
            fill([taking(one, kept, at) if one.upload_id == doubt.upload_id else one for one in uploads])
            options.append(_counted(cursor, option))
        except NoCustomersError:
            options.append(Option(option.answer, 0.0, 0, 0))
    return replace(doubt, options=tuple(options))


def _matters(doubt: Doubt) -> bool:
    """Whether the answers make different shops, or somebody gave one.

    The same first and last day may stand in dates that were read in two ways.
    """
    taken = doubt.options[doubt.taken]
    of_dates = doubt.code.startswith(Question.DATES)
    return doubt.answered or of_dates or any(differ(taken, option) for option in doubt.options)


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
