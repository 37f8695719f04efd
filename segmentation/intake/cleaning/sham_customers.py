"""Customers who do not count: tests and internal accounts by their addresses and names, and who objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from segmentation.intake.cleaning.handed_on import KnownPeople
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


@dataclass(frozen=True)
class Suspects:
    """Customers who may not count (`customer_id`, `rule`), and the rules that find any."""

    table: str
    rules: frozenset[Rule]

    def under(self, rule: Rule) -> str:
        """Return SQL of the customers that a rule finds."""
        return f"SELECT customer_id FROM {self.table} WHERE rule = '{rule}'"

    def cases(self, cleaning: Cleaning) -> tuple[str, str]:
        """Return the SQL conditions by which a row is one of a suspect: those that apply, and the others."""
        cases = {True: "", False: ""}
        for rule in (Rule.FORGOTTEN, Rule.OBJECTIONS, Rule.TEST_CUSTOMERS, Rule.INTERNAL_CUSTOMERS):
            if rule in self.rules:
                cases[cleaning.applies(rule)] += f" WHEN customer_id IN ({self.under(rule)}) THEN '{rule}'"
        return cases[True], cases[False]


def find_suspects(
    cursor: duckdb.DuckDBPyConnection, sources: Sequence[Source], known: Mapping[Rule, KnownPeople]
) -> Suspects:
    """Find tests and internal accounts; a file where every fifth customer looks so has none.

    :param known: suspects as well, by the rules that find them.
    """
    listed = (f"SELECT customer_id, '{rule}' AS rule FROM {people.table}" for rule, people in known.items())
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE suspects AS {' UNION ALL '.join(listed)}")
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
                               FROM {source.raw_table} JOIN {source.typed_view} AS typed USING (line)
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
    found = cursor.execute("SELECT DISTINCT rule FROM suspects").fetchall()
    return Suspects("suspects", frozenset(Rule(rule) for (rule,) in found))
