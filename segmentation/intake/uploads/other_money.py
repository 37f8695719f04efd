"""Files of orders in which the same articles cost many times as much: in another currency, or in cents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from segmentation.intake.meaning.doubts import MONEY_QUESTIONS, MONEYS, OpenQuestion, ReadAs
from segmentation.intake.meaning.money.facts import Question
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.typed_money import paid_sql
from segmentation.intake.typed_reading import Source, fields_of
from segmentation.intake.uploads.understood import (
    KeptQuestion,
    apply_answer,
    keep_understood,
    load_understood,
)
from segmentation.intake.values.cast import HUNDREDTHS
from segmentation.intake.values.currencies import currency_in_header
from segmentation.intake.values.money_marks import currencies_in
from segmentation.intake.words import BY_HAND
from segmentation.workspace import quote_identifier

LOOKED_AT = 20_000
FEWEST, FAR, WITHIN, MOSTLY = 5, 3.5, 0.25, 0.8
HUNDRED, EXACTLY = 100, 0.01
GOODS = (Role.PRODUCT_ID, Role.PRODUCT_NAME)


@dataclass(frozen=True)
class _Apart:
    """Two files, by upload id, and how many times as much the same articles cost in the first."""

    mine: str
    other: str
    factor: float

    @property
    def is_in_cents(self) -> bool:
        """Whether it is a hundred times as much."""
        return abs(self.factor - HUNDRED) <= EXACTLY * HUNDRED


def ask_about_other_money(cursor: duckdb.DuckDBPyConnection, uploads: Sequence[Upload]) -> None:
    """Set the sums of a file aside and ask, where its articles cost many times as much in another, or less.

    Of two files that which says no currency, or that of fewer rows. A hundred times as much is read in cents.
    """
    kept = load_understood(cursor)
    open_ones = [one for one in uploads if _tells_sums(one) and not _is_asked(kept.get(one.upload_id))]
    files, asked = {one.upload_id: one for one in open_ones}, set[str]()
    for pair in _apart(cursor, files) if len(files) > 1 else ():
        pair_of = [files[pair.mine], files[pair.other]]
        silent = [one for one in pair_of if not _says_currency(cursor, one)]
        if silent and not asked & {pair.mine, pair.other}:
            odd = pair_of[0] if pair.is_in_cents else min(silent, key=lambda one: one.rows)
            _ask(cursor, odd, pair.is_in_cents)
            asked.add(odd.upload_id)


def _tells_sums(upload: Upload) -> bool:
    """Whether a file tells sums of goods, of which no person said that they are some."""
    sums = _sums(upload)
    told = bool(sums) and all(one.reason != BY_HAND for one in sums)
    return told and upload.kind is Kind.ORDERS and any(map(upload.column_of, GOODS))


def _says_currency(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> bool:
    """Whether a column, a header of sums or a mark beside them says in which currency they are."""
    if upload.column_of(Role.CURRENCY) or any(currency_in_header(one.name) for one in _sums(upload)):
        return True
    table = f"(FROM {quote_identifier(upload.raw_table)} LIMIT {LOOKED_AT})"
    marked = (one.position for one in _sums(upload) if one.value_format not in ("", HUNDREDTHS))
    return any(currencies_in(cursor, table, f"c{place}") for place in marked)


def _sums(upload: Upload) -> list[Column]:
    return [column for column in upload.columns if column.role in MONEYS] if upload.money else []


def _is_asked(understood: tuple[object, Sequence[KeptQuestion]] | None) -> bool:
    _, kept = understood or (None, ())
    return any(
        one.open.question is Question.OTHER_MONEY
        or (
            one.open.question is Question.HUNDREDTHS
            and (one.answered or one.open.answers[0].code == HUNDREDTHS)
        )
        for one in kept
    )


def _apart(cursor: duckdb.DuckDBPyConnection, uploads: Mapping[str, Upload]) -> list[_Apart]:
    """Find the pairs of files in which nearly all common articles cost the same many times as much in one."""
    prices = " UNION ALL ".join(_prices(upload) for upload in uploads.values())
    rows = cursor.execute(
        f"""
        WITH prices AS (FROM ({prices}) WHERE price > 0 AND thing IS NOT NULL),
             ratios AS (SELECT a.file AS mine, b.file AS other, a.price / b.price AS ratio
                        FROM prices AS a JOIN prices AS b ON a.thing = b.thing AND a.file <> b.file),
             usual AS (SELECT *, median(ratio) OVER (PARTITION BY mine, other) AS factor FROM ratios)
        SELECT mine, other, any_value(factor) FROM usual GROUP BY mine, other
        HAVING count(*) >= {FEWEST} AND any_value(factor) >= {FAR}
           AND avg((abs(ratio - factor) <= {WITHIN} * factor)::INT) >= {MOSTLY} ORDER BY mine, other"""
    ).fetchall()
    return [_Apart(*row) for row in rows]


def _prices(upload: Upload) -> str:
    """Return a query of what one piece of each article costs, by the first rows of a file."""
    fields = fields_of(Source(upload, None, ()))
    goods = next(fields[role.value] for role in GOODS if role.value in fields)
    paid, rows = paid_sql(upload, f"(FROM {quote_identifier(upload.raw_table)} LIMIT {LOOKED_AT})")
    pieces = f"greatest(abs(coalesce({fields.get('quantity', '1')}, 1)), 1)"
    return (
        f"SELECT '{upload.upload_id}' AS file, {goods}::VARCHAR AS thing,"
        f" median(abs(({paid})::DOUBLE / {pieces})) AS price FROM {rows} GROUP BY thing"
    )


def _ask(cursor: duckdb.DuckDBPyConnection, odd: Upload, in_cents: bool) -> None:
    sums = _sums(odd)
    plain = ReadAs(
        "as_written" if in_cents else "in_one_money",
        odd.money,
        {one.position: one.role for one in sums},
        {one.position: one.value_format for one in sums},
        Kind.ORDERS,
    )
    if in_cents:
        likely = replace(plain, code=HUNDREDTHS, formats=dict.fromkeys(plain.formats, HUNDREDTHS))
        question = OpenQuestion(Question.HUNDREDTHS, sums[0].name, (likely, plain))
    else:
        unknown = ReadAs("other_money", None, dict.fromkeys(plain.roles, Role.NUMERIC), kind=Kind.ORDERS)
        question = OpenQuestion(Question.OTHER_MONEY, sums[0].name, (unknown, plain))
    _, kept = load_understood(cursor).get(odd.upload_id, (None, []))
    asked = (*MONEY_QUESTIONS, Question.HUNDREDTHS)
    others = [one.open for one in kept if one.open.question not in asked]
    keep_understood(cursor, apply_answer(odd, question.answers[0]), [question, *others])
