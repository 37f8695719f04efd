"""The ledger of cleaning: for every file what each rule set aside or changed, and which rows those are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb
import pandas as pd

from segmentation.intake.cleaning.handed_on import Judged
from segmentation.intake.cleaning_rules import RULES, Cleaning, Rule
from segmentation.intake.roles import Upload
from segmentation.intake.shop import FileRows, LedgerEntry, Shop
from segmentation.intake.uploads.corrections import check_reads_rows, get_upload, rejects
from segmentation.intake.words import READ, RULE_WORDS, USED, effect_words
from segmentation.workspace import Workspace, quote_identifier

SAMPLED = 100
ORDER = tuple(Rule)


class Book:
    """Where the steps of intake write down what they set aside, while the shop is built.

    Beside the counts it keeps the line numbers of some rows of each rule in shop.ledger_lines, and `notes` of
    what more is to be said of the shop.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, cleaning: Cleaning) -> None:
        self.cleaning = cleaning
        self._cursor = cursor
        self._entries: list[LedgerEntry] = []
        self._files: list[FileRows] = []
        self.notes: list[str] = []

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """All that was written down; of a file in the order of the rules."""
        files = [file.upload_id for file in self._files]
        return tuple(
            sorted(self._entries, key=lambda one: (files.index(one.upload_id), ORDER.index(one.rule)))
        )

    @property
    def files(self) -> tuple[FileRows, ...]:
        """Rows read and used of every file."""
        return tuple(self._files)

    def open(self, upload: Upload) -> None:
        """Begin the account of a file, of which all rows that can be read count until told otherwise."""
        self._files.append(
            FileRows(upload.upload_id, upload.file_name, upload.rows + upload.rejected, upload.rows)
        )
        if upload.rejected:
            self._enter(upload, Rule.UNREADABLE, upload.rejected, None, True, "")

    def use(self, upload: Upload, rows: int) -> None:
        """Say how many rows of a file count."""
        self._files = [
            replace(file, used=rows) if file.upload_id == upload.upload_id else file for file in self._files
        ]

    def leave_out(self, upload: Upload, rows: int) -> None:
        """Say that so many rows more of a file do not count."""
        [used] = [file.used for file in self._files if file.upload_id == upload.upload_id]
        self.use(upload, used - rows)

    def tally(self, upload: Upload, judged: Judged, details: Mapping[Rule, str] | None = None) -> None:
        """Write down the judged rows of a file, and how many of them count."""
        found = self._cursor.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE tallied AS
            SELECT rule, spare, count(*) AS n, sum(amount) AS revenue,
                   arg_min(line, [pair, line], {SAMPLED}) FILTER (coalesce(rule, spare) IS NOT NULL) AS lines
            FROM {judged.table} GROUP BY rule, spare;
            SELECT rule, spare, n, revenue FROM tallied"""
        ).fetchall()
        self.use(upload, sum(row[2] for row in found if row[0] is None))
        for applied, column in ((True, "rule"), (False, "spare")):
            names = list(dict.fromkeys(row[not applied] for row in found if row[not applied]))
            if not names:
                continue
            for name in names:
                rows = [row for row in found if row[not applied] == name]
                money = [row[3] for row in rows if row[3] is not None]
                revenue = float(sum(money)) if money else None
                detail = (details or {}).get(Rule(name), "")
                self._enter(upload, Rule(name), sum(row[2] for row in rows), revenue, applied, detail)
            self._cursor.execute(
                f"INSERT INTO shop.ledger_lines SELECT ?, {column}, unnest(lines) FROM tallied"
                f" WHERE {column} IS NOT NULL",
                [upload.upload_id],
            )

    def record(self, upload: Upload, rule: Rule, lines: str, detail: str = "") -> int:
        """Write down the rows of one rule, given as SQL of their `line`; return how many there are."""
        rows = self._cursor.execute(
            f"SELECT count(*), min(line, {SAMPLED}) FROM ({lines})",
        ).fetchall()
        count, sampled = rows[0]
        if count:
            self._enter(upload, rule, count, None, self.cleaning.applies(rule), detail)
            self._cursor.execute(
                "INSERT INTO shop.ledger_lines SELECT ?, ?, unnest(?::BIGINT[])",
                [upload.upload_id, str(rule), sampled],
            )
        return int(count)

    def _enter(
        self, upload: Upload, rule: Rule, rows: int, revenue: float | None, applied: bool, detail: str
    ) -> None:
        self._entries.append(
            LedgerEntry(
                upload.upload_id,
                upload.file_name,
                rule,
                rows,
                revenue,
                RULES[rule].default,
                applied,
                detail,
            )
        )


def ledger_sample(workspace: Workspace, upload_id: str, rule: Rule, rows: int = 20) -> pd.DataFrame:
    """Return some rows that a rule found in a file, as texts; at most 100.

    :raises OptionError: if there is no such upload.
    :raises NotAllowedError: to who may not read contacts.
    """
    check_reads_rows(workspace)
    upload = get_upload(workspace, upload_id)
    if rule is Rule.UNREADABLE:
        return rejects(workspace, upload_id).head(rows)
    cells = ", ".join(f"coalesce(c{column.position}, '')" for column in upload.columns)
    with workspace.cursor() as cursor:
        sample = cursor.execute(
            f"""
            WITH found AS (SELECT line, rowid AS place FROM shop.ledger_lines
                           WHERE upload_id = ? AND rule = ? ORDER BY rowid LIMIT ?)
            SELECT line, {cells} FROM {quote_identifier(upload.raw_table)} JOIN found USING (line)
            ORDER BY place""",
            [upload_id, str(rule), rows],
        ).df()
    return sample.set_axis(["line", *(column.name for column in upload.columns)], axis=1)


def ledger_table(shop: Shop, upload_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the ledger as a table that adds up: of each file the rows read, by rule, and used."""
    rows: list[tuple[str, str, int, float | None, str, str]] = []
    for file in shop.files:
        if upload_ids is not None and file.upload_id not in upload_ids:
            continue
        rows.append((file.file_name, READ, file.read, None, "", ""))
        rows += [_as_row(entry) for entry in shop.ledger if entry.upload_id == file.upload_id]
        rows.append((file.file_name, USED, file.used, None, "", ""))
    return pd.DataFrame(rows, columns=["file", "what", "rows", "revenue", "effect", "detail"])


def _as_row(entry: LedgerEntry) -> tuple[str, str, int, float | None, str, str]:
    effect = effect_words(RULES[entry.rule].changes, entry.applied)
    return entry.file_name, RULE_WORDS[entry.rule].title, entry.rows, entry.revenue, effect, entry.detail
