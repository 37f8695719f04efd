"""Why no customer is left, for the error that says so."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.errors import NoCustomersError
from segmentation.intake.shop import LedgerEntry
from segmentation.intake.words import RULE_WORDS


def nobody_counts(ledger: Sequence[LedgerEntry]) -> NoCustomersError:
    """Make the error of a shop without customers: a rule sets most rows aside, or nobody is named."""
    applied = [entry for entry in ledger if entry.applied]
    if not applied:
        return NoCustomersError(
            "no row of the uploaded files has a customer id that can be read.",
            "Set the role of the column that says who the customer is, or upload a file that has one.",
        )
    most = max(applied, key=lambda entry: entry.rows)
    return NoCustomersError(
        f"no row counts; {most.rows:,} fall under “{RULE_WORDS[most.rule].title}”.",
        "Set the roles of the columns that say who, when and what was paid, or bring other rows.",
    )
