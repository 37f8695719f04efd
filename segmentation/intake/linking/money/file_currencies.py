"""Files that are in one currency each, and say it by a sign of several countries or in their names alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

import duckdb

from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source
from segmentation.intake.values.currencies import codes_of_sign, currency_in_header
from segmentation.intake.values.money_marks import currencies_in

MONEY = (Role.AMOUNT, Role.UNIT_PRICE, Role.REFUND, Role.PROFIT, Role.COST)


def say_file_currencies(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> frozenset[str]:
    """Let the rows of each such file say its currency, where other files say another.

    A sign of several countries is that of what other files say where it can be.

    :return: the codes that only such a sign speaks of.
    """
    orders = [source for source in sources if source.kind is Kind.ORDERS]
    told = {source.upload.upload_id: _told(cursor, source) for source in orders} if len(orders) > 1 else {}
    silent = [source for source in orders if not told.get(source.upload.upload_id, {"?"})]
    said = {code for codes in told.values() for code in codes}
    signs = {source.upload.upload_id: mark for source in silent if (mark := written_currency(cursor, source))}
    by_sign = _by_signs(signs, said)
    by_name = _by_names([source for source in silent if source.upload.upload_id not in signs])
    for source in silent:
        code = (by_sign | by_name).get(source.upload.upload_id)
        if code:
            cursor.execute(f"UPDATE {source.typed_table} SET currency = ?", [code])
    return frozenset(by_sign.values())


def written_currency(cursor: duckdb.DuckDBPyConnection, source: Source) -> str | None:
    """Return the code that a header of money names, or the one mark of its amounts stands for."""
    for column in source.columns(*MONEY):
        if code := currency_in_header(column.name):
            return code
        if column.value_format:
            written = currencies_in(cursor, source.raw_table, f"c{column.position}")
            if len(set(written.values())) == 1:
                return next(iter(written.values()))
    return None


def _told(cursor: duckdb.DuckDBPyConnection, source: Source) -> set[str]:
    rows = cursor.execute(
        f"SELECT DISTINCT upper(currency) FROM {source.typed_view} WHERE currency IS NOT NULL"
    ).fetchall()
    return {code for (code,) in rows}


def _by_signs(signs: Mapping[str, str], said: set[str]) -> dict[str, str]:
    """Return the code of each file whose sign is of no currency that others say; none where all are one."""
    own = {file: code for file, code in signs.items() if not said & codes_of_sign(code)}
    return own if len(said | set(own.values())) > 1 else {}


def _by_names(sources: Sequence[Source]) -> dict[str, str]:
    """Return the codes that the names of files hold which are alike but for these."""
    named = [(source.upload.upload_id, *_name_and_code(source.upload.file_name)) for source in sources]
    names = [name for _, name, code in named if code]
    alike = {file: code for file, name, code in named if code and names.count(name) > 1}
    return alike if len(set(alike.values())) > 1 else {}


def _name_and_code(file_name: str) -> tuple[str, str | None]:
    """Part the code of a currency from the rest of a file's name."""
    words = PurePath(file_name).stem.lower().replace("_", " ").replace("-", " ").split()
    code = next((code for word in words if (code := currency_in_header(word))), None)
    return " ".join(word for word in words if currency_in_header(word) is None), code
