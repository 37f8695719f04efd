"""The uploads of a workspace: list, look inside, correct what was guessed, and really remove."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pandas as pd

from segmentation.errors import NotAllowedError, OptionError, UnknownColumnError
from segmentation.intake.meaning.date_and_time_columns import read_times, says_the_day, without_lone_times
from segmentation.intake.meaning.doubts import MONEY_QUESTIONS
from segmentation.intake.meaning.guess_roles import money_by_roles
from segmentation.intake.meaning.hidden_days import short_dates
from segmentation.intake.money_rule import MoneyRule
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.shop import TABLES
from segmentation.intake.uploads.ages import forget_newer, newer_than
from segmentation.intake.uploads.price_lists import forget_price_list
from segmentation.intake.uploads.said_beside import said_beside
from segmentation.intake.uploads.understood import (
    KeptQuestion,
    asked_first,
    doubts_of,
    load_understood,
    store,
)
from segmentation.intake.values.cast import HUNDREDTHS
from segmentation.intake.values.column_evidence import gather
from segmentation.intake.values.date_checks import share_read
from segmentation.intake.values.dates import MIN_SHARE, day_and_month_swapped
from segmentation.intake.words import BY_HAND, fault_words
from segmentation.workspace import Workspace, quote_identifier
from segmentation.workspace.derived import forget_derived

_SUMS = (Role.UNIT_PRICE, Role.AMOUNT, Role.DISCOUNT, Role.REFUND, Role.COST, Role.PROFIT)
_NUMBERS = (*_SUMS, Role.QUANTITY, Role.PIECES_BACK, Role.RATING, Role.NUMERIC)


def list_uploads(workspace: Workspace) -> tuple[Upload, ...]:
    """Return all uploads in the order in which they came."""
    with workspace.cursor() as cursor:
        return read_uploads(cursor)


def is_uploaded(workspace: Workspace, upload_id: str) -> bool:
    """Whether there is an upload of this id."""
    with workspace.cursor() as cursor:
        return bool(cursor.execute("SELECT 1 FROM uploads WHERE upload_id = ?", [upload_id]).fetchall())


def read_uploads(cursor: duckdb.DuckDBPyConnection) -> tuple[Upload, ...]:
    """Return all uploads, within the caller's transaction."""
    columns: dict[str, list[Column]] = {}
    for upload_id, *fields in cursor.execute(
        "SELECT upload_id, position, name, role, confidence, reason, value_format"
        " FROM upload_columns ORDER BY ALL"
    ).fetchall():
        position, name, role, confidence, reason, value_format = fields
        columns.setdefault(upload_id, []).append(
            Column(position, name, Role(role), confidence, reason, value_format)
        )
    rows = cursor.execute(
        "SELECT upload_id, file_name, digest, bytes, encoding, delimiter, kind, kind_confidence, kind_reason,"
        " row_count, rejected, loaded_at FROM uploads ORDER BY position"
    ).fetchall()
    understood, older = load_understood(cursor), newer_than(cursor)
    return tuple(
        Upload(  # type: ignore[call-arg]
            *row[:6],
            Kind(row[6]),
            *row[7:12],
            tuple(columns.get(row[0], ())),
            *_understood(understood.get(row[0])),
            older.get(row[0], ()),
        )
        for row in rows
    )


def _understood(found: tuple[MoneyRule | None, list[KeptQuestion]] | None) -> tuple[object, ...]:
    money, kept = found or (None, [])
    return money, asked_first(doubts_of(kept))


def get_upload(workspace: Workspace, upload_id: str) -> Upload:
    """Return one upload.

    :raises OptionError: if there is none of this id.
    """
    found = next((upload for upload in list_uploads(workspace) if upload.upload_id == upload_id), None)
    if found is None:
        raise OptionError(f"there is no upload “{upload_id}”.", "It may have been deleted: reload the page.")
    return found


def delete_upload(workspace: Workspace, upload_id: str) -> None:
    """Remove a file, all that came from it (segments and vectors of texts too), and its bytes on the disk.

    Segments that were found before the file came hold nothing of it, and stay.

    :raises OptionError: if there is none of this id.
    """
    upload = get_upload(workspace, upload_id)
    with workspace.deletion() as cursor:
        staying = runs_without(cursor, upload_id)
        remove_upload(cursor, upload)
        cursor.execute(TABLES)
        forget_derived(workspace, cursor, staying)


def runs_without(cursor: duckdb.DuckDBPyConnection, upload_id: str) -> list[str]:
    """Return the runs that were made when no file of this upload's name was there."""
    query = """
        SELECT run_id FROM data_seen SEMI JOIN runs USING (run_id)
        WHERE NOT list_contains(file_names, (SELECT file_name FROM uploads WHERE upload_id = ?))"""
    return [run_id for (run_id,) in cursor.execute(query, [upload_id]).fetchall()]


def remove_upload(cursor: duckdb.DuckDBPyConnection, upload: Upload) -> None:
    """Remove a file, and nothing that came from it, within the caller's deletion."""
    cursor.execute(f"DROP TABLE IF EXISTS {quote_identifier(upload.raw_table)}")
    for table in ("uploads", "upload_columns", "readings", "rejects", "workbooks"):
        cursor.execute(f"DELETE FROM {table} WHERE upload_id = ?", [upload.upload_id])
    same_file = "SELECT file_name FROM inbox WHERE upload_id = ?"
    cursor.execute(f"DELETE FROM inbox WHERE file_name IN ({same_file})", [upload.upload_id])
    forget_newer(cursor, upload.upload_id)
    forget_price_list(cursor, upload, read_uploads(cursor))


def check_reads_rows(workspace: Workspace) -> None:
    """Refuse rows as they stand in files, which may hold contacts, to who may not read contacts.

    :raises NotAllowedError: to them.
    """
    if not workspace.gives_contacts:
        raise NotAllowedError("rows of files are for editors and owners.", "Ask an owner of the workspace.")


def preview(workspace: Workspace, upload_id: str, rows: int = 5) -> pd.DataFrame:
    """Return the first rows as texts, with the file's headers; a missing value is an empty text.

    :raises NotAllowedError: to who may not read contacts.
    """
    check_reads_rows(workspace)
    upload = get_upload(workspace, upload_id)
    shown = ", ".join(
        f"coalesce(c{column.position}, '') AS {quote_identifier(column.name)}" for column in upload.columns
    )
    with workspace.cursor() as cursor:
        return cursor.execute(
            f"SELECT {shown} FROM {quote_identifier(upload.raw_table)} ORDER BY line LIMIT ?", [rows]
        ).df()


def rejects(workspace: Workspace, upload_id: str) -> pd.DataFrame:
    """Return the rows that could not be read: line, reason, content.

    :raises NotAllowedError: to who may not read contacts.
    """
    check_reads_rows(workspace)
    get_upload(workspace, upload_id)
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "SELECT line, reason, content FROM rejects WHERE upload_id = ? ORDER BY line", [upload_id]
        ).df()
    return found.assign(reason=found["reason"].map(fault_words))


def set_kind(workspace: Workspace, upload_id: str, kind: Kind | str) -> Upload:
    """Correct what one row of a file is."""
    get_upload(workspace, upload_id)
    with workspace.transaction() as cursor:
        cursor.execute(
            "UPDATE uploads SET kind = ?, kind_confidence = 1, kind_reason = ? WHERE upload_id = ?",
            [str(_as_kind(kind)), BY_HAND, upload_id],
        )
        _find_money_anew(cursor, upload_id)
    return get_upload(workspace, upload_id)


def set_role(workspace: Workspace, upload_id: str, column_name: str, role: Role | str) -> Upload:
    """Correct what a column means; how its values are written is decided anew.

    :raises UnknownColumnError: if the file has no such column, or there is no such role.
    :raises OptionError: if the role needs dates or numbers and the values are none.
    """
    upload, role = get_upload(workspace, upload_id), _as_role(role)
    column = next((column for column in upload.columns if column.name == column_name), None)
    if column is None:
        raise UnknownColumnError.from_missing_and_available(column_name, [c.name for c in upload.columns])
    with workspace.transaction() as cursor:
        value_format = _format_for(cursor, upload, column, role)
        cursor.execute(
            "UPDATE upload_columns SET role = ?, confidence = 1, reason = ?, value_format = ?"
            " WHERE upload_id = ? AND position = ?",
            [str(role), BY_HAND, value_format, upload_id, column.position],
        )
        _set_lone_times_aside(cursor, upload_id)
        _find_money_anew(cursor, upload_id, column.position if role is Role.AMOUNT else None)
    return get_upload(workspace, upload_id)


def _find_money_anew(cursor: duckdb.DuckDBPyConnection, upload_id: str, chosen: int | None = None) -> None:
    """Find the money rule by the roles as they are now; questions about money are asked no more."""
    upload = next(one for one in read_uploads(cursor) if one.upload_id == upload_id)
    found = money_by_roles(cursor, quote_identifier(upload.raw_table), upload, chosen)
    _, kept = load_understood(cursor).get(upload_id, (None, []))
    others = [one for one in kept if one.open.question not in MONEY_QUESTIONS]
    store(cursor, replace(upload, money=found), others)


def swap_day_and_month(workspace: Workspace, upload_id: str, column_name: str) -> Upload:
    """Read the dates of a column with day and month the other way round.

    :raises OptionError: if most values would then be no dates.
    """
    upload = get_upload(workspace, upload_id)
    column = next(column for column in upload.columns if column.name == column_name)
    swapped = day_and_month_swapped(column.value_format)
    with workspace.transaction() as cursor:
        table, cell = quote_identifier(upload.raw_table), f"c{column.position}"
        share = share_read(cursor, table, cell, swapped, "true") if swapped else 0.0
        if share < MIN_SHARE:
            raise OptionError(
                f"the other way round, only {share:.0%} of “{column_name}” are dates.", "Leave it as it is."
            )
        cursor.execute(
            "UPDATE upload_columns SET value_format = ?, confidence = 1, reason = ?"
            " WHERE upload_id = ? AND position = ?",
            [swapped, BY_HAND, upload_id, column.position],
        )
    return get_upload(workspace, upload_id)


def _set_lone_times_aside(cursor: duckdb.DuckDBPyConnection, upload_id: str) -> None:
    columns = next(upload.columns for upload in read_uploads(cursor) if upload.upload_id == upload_id)
    for column in set(without_lone_times(columns)) - set(columns):
        cursor.execute(
            "UPDATE upload_columns SET role = ?, reason = ?, value_format = ''"
            " WHERE upload_id = ? AND position = ?",
            [str(column.role), column.reason, upload_id, column.position],
        )


def _format_for(cursor: duckdb.DuckDBPyConnection, upload: Upload, column: Column, role: Role) -> str:
    if role is not Role.TIMESTAMP and role not in _NUMBERS:
        return ""
    if column.value_format == HUNDREDTHS and role in (*_SUMS, Role.NUMERIC):
        return HUNDREDTHS
    values = gather(cursor, quote_identifier(upload.raw_table), column.position)
    examples = ", ".join(f"“{value[:30]}”" for value in values.sample[:3])
    if role is Role.TIMESTAMP:
        if times := says_the_day(upload.columns) and read_times(values.sample):
            return times
        said = said_beside(cursor, upload.upload_id, upload.file_name)
        short = short_dates(cursor, quote_identifier(upload.raw_table), column.position, values, said)
        dates = values.dates or values.serials or short
        if dates is None:
            raise OptionError(
                f"the values of “{column.name}” are no dates ({examples}).", "Choose another role."
            )
        return dates.value_format
    if values.number_format is None:
        raise OptionError(
            f"the values of “{column.name}” are no numbers ({examples}).", "Choose another role."
        )
    return values.number_format


def _as_role(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise UnknownColumnError(f"there is no role “{role}”.", f"There are: {', '.join(Role)}.") from None


def _as_kind(kind: Kind | str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise UnknownColumnError(f"there is no kind “{kind}”.", f"There are: {', '.join(Kind)}.") from None
