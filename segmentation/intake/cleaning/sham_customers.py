"""Customers who do not count: tests and internal accounts by their addresses and names, and who objects."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.roles import Kind, Role
from segmentation.intake.typed_reading import Source

MOST_SUSPECTS = 0.2
MOST_AT_EXAMPLE = 0.05
_TEST_WORDS = (
    "(test|tests|testing|tester|testuser|testcustomer|testaccount|testkunde|testorder|dummy|example)"
)
_TEST_MAILBOX = rf"{_TEST_WORDS}[._-]?\d*(\+[^@]*)?@.*|[^@]*\+test\d*@.*"
_TEST_NAME = rf"({_TEST_WORDS}|test (user|customer|account|person|order|kunde|cliente|client))( test)?\s*\d*"
_AT_EXAMPLE = r".*@(.*\.)?example\.(com|org|net|edu)"
_INTERNAL = (
    r"(admin|administrator|webmaster|postmaster|no-?reply|staff|mailer-daemon)@.*"
    r"|.*[@.](internal|intern|staff|employees?|mitarbeiter)\..*"
    r"|.*@.*\.(local|internal|localhost|lan|corp|test|invalid)"
)


def find_suspects(cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> None:
    """Make the table `suspects` (customer_id, rule); a file where every fifth customer looks so has none."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE suspects (customer_id VARCHAR, rule VARCHAR)")
    for source in sources:
        if source.kind is Kind.PRODUCTS or not source.person:
            continue
        for column in source.columns(Role.EMAIL, Role.NAME):
            cell = f"lower(c{column.position})"
            if column.role is Role.NAME:
                test, internal = f"regexp_full_match(cell, '{_TEST_NAME}')", "false"
            else:
                test = (
                    f"regexp_full_match(cell, '{_TEST_MAILBOX}')"
                    f" OR (regexp_full_match(cell, '{_AT_EXAMPLE}') AND rare)"
                )
                internal = f"regexp_full_match(cell, '{_INTERNAL}')"
            cursor.execute(
                f"""
                INSERT INTO suspects
                WITH cells AS (SELECT DISTINCT customer_id, {cell} AS cell
                               FROM {source.raw} JOIN {source.table} AS typed USING (line)
                               WHERE customer_id IS NOT NULL),
                     shares AS (SELECT avg(regexp_full_match(cell, '{_AT_EXAMPLE}')::INT) < {MOST_AT_EXAMPLE}
                                       AS rare FROM cells),
                     judged AS (SELECT customer_id, CASE WHEN {test} THEN '{Rule.TEST_CUSTOMERS}'
                                                         WHEN {internal} THEN '{Rule.INTERNAL_CUSTOMERS}'
                                                    END AS rule
                                FROM cells, shares WHERE cell IS NOT NULL),
                     counts AS (SELECT count(rule) < greatest({MOST_SUSPECTS} * count(*), 2) AS few
                                FROM judged)
                SELECT DISTINCT customer_id, rule FROM judged, counts WHERE rule IS NOT NULL AND few"""
            )


def suspect_cases(cursor: duckdb.DuckDBPyConnection, cleaning: Cleaning) -> tuple[str, str]:
    """Return the SQL conditions by which a row is one of a suspect: those that apply, and the others."""
    present = {Rule(row[0]) for row in cursor.execute("SELECT DISTINCT rule FROM suspects").fetchall()}
    cases = {True: "", False: ""}
    for rule in (Rule.OBJECTIONS, Rule.TEST_CUSTOMERS, Rule.INTERNAL_CUSTOMERS):
        if rule in present:
            cases[cleaning.applies(rule)] += (
                f" WHEN customer_id IN (SELECT customer_id FROM suspects WHERE rule = '{rule}') THEN '{rule}'"
            )
    return cases[True], cases[False]
