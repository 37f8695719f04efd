"""Forget a customer: delete what the workspace holds of them, write the file anew, search what is left."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from segmentation.action.audience import normalise
from segmentation.action.files.export_log import Handover, exports_with, forget_members
from segmentation.errors import OptionError
from segmentation.intake.cleaning.forgotten_customers import StaysAway
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop, lines_of
from segmentation.intake.uploads.corrections import read_uploads
from segmentation.runs.kept.texts import forget_texts_learned
from segmentation.runs.store import forget_customers
from segmentation.text.encoders.vectors import holds_others, keep_texts
from segmentation.text.sources import hashes_without
from segmentation.workspace import Workspace, quote_identifier
from segmentation.workspace.derived import forget_derived

CHUNK = 1 << 24
VECTORS = "vectors of texts"
SET_ASIDE = frozenset({Rule.FORGOTTEN, Rule.OBJECTIONS, Rule.TEST_CUSTOMERS, Rule.INTERNAL_CUSTOMERS})
SHORTEST = 5
"""A shorter id stands in other numbers by chance, so the bytes are not searched for it."""


@dataclass(frozen=True)
class Forgotten:
    """What was deleted where, and what a search of the file found afterwards.

    `customer_ids` are the numbers the person had; `deleted` counts rows by place; `still_in` names the tables
    in which an id, e-mail or phone of theirs is left, and vectors where any is of a text that nobody else
    wrote; `in_bytes` says how many ids, e-mails and phones the file's bytes show; `exports` are the files
    handed over earlier that named them.
    """

    customer_ids: tuple[str, ...]
    deleted: Mapping[str, int]
    exports: tuple[Handover, ...]
    still_in: tuple[str, ...]
    in_bytes: int
    searched_for: int

    @property
    def is_gone(self) -> bool:
        """Whether the search found nothing."""
        return not self.still_in and not self.in_bytes


@dataclass(frozen=True)
class _Person:
    """All that names somebody: ids, addresses as written, and what they wrote."""

    customer_ids: tuple[str, ...]
    addresses: tuple[str, ...]
    texts: tuple[str, ...]


def forget_customer(
    workspace: Workspace, who: str, cleaning: Cleaning | None = None, region: str = ""
) -> Forgotten:
    """Delete a customer, told by id, e-mail or phone, from the workspace and from the bytes of its file.

    Rows of every file that lead to the customer go, and every row with one of their addresses; so do their
    rows in segments and in all that is kept by customer. Of vectors only those stay whose text somebody else
    wrote or a product has: the others may be of what an earlier file held of theirs. Where rows are the
    customers, their numbers change, so the segments go as well. What is cut short is finished at the next
    opening. Whoever was forgotten is set aside when a later file holds them, as `let_return` undoes.

    :param region: ISO code of the country of a phone without a country code.
    :raises OptionError: if nobody is called so.
    :raises WorkspaceError: if others go on for too long, or the disk is full.
    """
    cleaning = cleaning or Cleaning()
    # Who is set aside by a rule is held all the same, and can ask to be forgotten.
    build_shop(workspace, Cleaning(cleaning.off | SET_ASIDE, cleaning.on - SET_ASIDE))
    person = _find(workspace, who, region)
    if person is None:
        return _forgotten_before(workspace, who, region)
    exports = exports_with(workspace, person.customer_ids)
    names = (*person.customer_ids, *person.addresses)
    note = " ".join(sorted({digest for one in names for digest in _digests(one, region)}))
    with workspace.deletion(note) as cursor:
        of_others = hashes_without(cursor, person.customer_ids)
        deleted = _delete(workspace, cursor, person, cleaning, of_others)
        forget_members(cursor, person.customer_ids)
    return _proof(workspace, person, deleted, exports, of_others)


def _forgotten_before(workspace: Workspace, who: str, region: str) -> Forgotten:
    """Prove of somebody whose deletion was cut short, and finished later, that they are gone.

    :raises OptionError: if it is nobody of whom that is known.
    """
    if not _digests(who, region) & workspace.finish_deletions():
        raise OptionError(
            f"no customer has the id, e-mail or phone “{who}”.",
            "Write it as your files do; of a customer who was forgotten nothing is left to tell them by.",
        )
    with workspace.cursor() as cursor:
        of_others = hashes_without(cursor, [who])
    keep_texts(workspace, of_others)
    return _proof(workspace, _Person((who.strip(),), (), ()), {}, (), of_others)


def _proof(
    workspace: Workspace,
    person: _Person,
    deleted: Mapping[str, int],
    exports: tuple[Handover, ...],
    of_others: np.ndarray,
) -> Forgotten:
    """Search the tables, the vectors and all bytes for what is left."""
    with workspace.cursor() as cursor:
        left = list(_tables_with(cursor, person))
    if holds_others(workspace, of_others):
        left.append(VECTORS)
    needles = _needles(person)
    found = sum(any(_bytes_hold(path, needle) for path in workspace.beside.all_files()) for needle in needles)
    return Forgotten(person.customer_ids, deleted, exports, tuple(left), found, len(needles))


def _digests(name: str, region: str) -> set[str]:
    """Return what tells a name again, in each way that it may be written, without naming anybody."""
    written = {name.strip().lower(), normalise.email(name), normalise.phone(name, region)} - {""}
    return {hashlib.sha256(one.encode()).hexdigest() for one in written}


def _find(workspace: Workspace, who: str, region: str) -> _Person | None:
    address, number = normalise.email(who), normalise.phone(who, region)
    with workspace.cursor() as cursor:
        ids = cursor.execute(
            """
            SELECT DISTINCT customer_id FROM shop.customers LEFT JOIN shop.contacts USING (customer_id)
            WHERE customer_id = ? OR list_contains(emails, ?)
               OR list_contains([regexp_replace(p, '[^0-9+]', '', 'g') FOR p IN phones], ?) ORDER BY 1""",
            [who.strip(), address or None, number or None],
        ).fetchall()
        if not ids:
            return None
        found = [one for (one,) in ids]
        addresses = cursor.execute(
            "SELECT DISTINCT unnest(list_concat(coalesce(emails, []), coalesce(phones, [])))"
            " FROM shop.contacts WHERE list_contains(?::VARCHAR[], customer_id)",
            [found],
        ).fetchall()
        texts = cursor.execute(
            "SELECT text FROM shop.reviews"
            " WHERE text IS NOT NULL AND list_contains($ids::VARCHAR[], customer_id)"
            " UNION SELECT text FROM shop.notes WHERE list_contains($ids::VARCHAR[], customer_id)",
            {"ids": found},
        ).fetchall()
    return _Person(tuple(found), tuple(one for (one,) in addresses), tuple(text for (text,) in texts))


def _delete(
    workspace: Workspace,
    cursor: duckdb.DuckDBPyConnection,
    person: _Person,
    cleaning: Cleaning,
    of_others: np.ndarray,
) -> dict[str, int]:
    numbered = cursor.execute("SELECT count(sort_key) FROM shop.customers").fetchall()[0][0] > 0
    deleted: Counter[str] = Counter()
    deleted[VECTORS] = keep_texts(workspace, of_others) + forget_texts_learned(cursor, of_others)
    workspace.beside.delete_made()  # what is needed of it is made anew without them
    deleted["segments"] = forget_customers(cursor, person.customer_ids, person.texts)
    lines = lines_of(cursor, cleaning, person.customer_ids)
    for upload in read_uploads(cursor):
        table = quote_identifier(upload.raw_table)
        cells = ", ".join(f"lower(c{column.position})" for column in upload.columns)
        rows = _count(
            cursor,
            f"DELETE FROM {table} WHERE list_contains(?::BIGINT[], line)"
            f" OR list_has_any([{cells}], ?::VARCHAR[])",
            [lines[upload.upload_id], [one.lower() for one in person.addresses]],
        )
        deleted[upload.file_name] += rows
        cursor.execute(
            f"UPDATE uploads SET row_count = (SELECT count(*) FROM {table}) WHERE upload_id = ?",
            [upload.upload_id],
        )
    for needle in _needles(person):
        deleted["rows that could not be read"] += _count(
            cursor, "DELETE FROM rejects WHERE contains(lower(content), ?)", [needle.lower()]
        )
    deleted["kept workbooks"] = _count(cursor, "DELETE FROM workbooks", [])
    for table in _tables_by_customer(cursor):
        deleted[_place(table)] += _count(
            cursor,
            f"DELETE FROM {table} WHERE list_contains(?::VARCHAR[], customer_id)",
            [list(person.customer_ids)],
        )
    if numbered:
        forget_derived(workspace, cursor)
    cursor.execute("DELETE FROM meta WHERE key = 'shop'")
    StaysAway.load(cursor).with_person(() if numbered else person.customer_ids, person.addresses).keep(cursor)
    return {place: rows for place, rows in deleted.items() if rows}


def _count(cursor: duckdb.DuckDBPyConnection, statement: str, values: list[object]) -> int:
    return int(cursor.execute(statement, values).fetchall()[0][0])


def _tables_by_customer(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Name every table of the workspace that is kept by customer, those to come among them."""
    rows = cursor.execute(
        "SELECT schema_name, table_name FROM duckdb_columns() JOIN duckdb_tables()"
        " USING (database_name, schema_name, table_name)"
        " WHERE column_name = 'customer_id' AND NOT temporary AND database_name = current_database()"
        " ORDER BY ALL"
    ).fetchall()
    return [f"{quote_identifier(schema)}.{quote_identifier(table)}" for schema, table in rows]


def _place(table: str) -> str:
    name = table.rpartition(".")[2].strip('"')
    return "segments" if name.startswith("run_") else name.replace("_", " ")


def _needles(person: _Person) -> tuple[str, ...]:
    """Return what to look for anywhere: addresses, and ids too long to stand in a number by chance."""
    return tuple(one for one in (*person.addresses, *person.customer_ids) if len(one) >= SHORTEST)


def _tables_with(cursor: duckdb.DuckDBPyConnection, person: _Person) -> Iterator[str]:
    """Name the tables of which some text still holds one of the person's addresses or ids."""
    needles = [needle.lower() for needle in _needles(person)]
    columns = cursor.execute(
        "SELECT schema_name, table_name, list(column_name) FROM duckdb_columns()"
        " WHERE data_type IN ('VARCHAR', 'VARCHAR[]') AND database_name = current_database() AND NOT internal"
        " GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for schema, table, names in columns:
        held = " OR ".join(
            f"list_bool_or([contains(lower({cell}::VARCHAR), needle) FOR needle IN $needles])"
            for cell in map(quote_identifier, names)
        )
        place = f"{quote_identifier(schema)}.{quote_identifier(table)}"
        if cursor.execute(f"SELECT count(*) FROM {place} WHERE {held}", {"needles": needles}).fetchall()[0][
            0
        ]:
            yield table


def _bytes_hold(path: Path, needle: str) -> bool:
    """Whether the file's bytes show a text; what the database has packed does not show."""
    wanted = needle.encode()
    with path.open("rb") as stream:
        tail = b""
        while block := stream.read(CHUNK):
            if wanted in tail + block:
                return True
            tail = block[-len(wanted) :]
    return False
